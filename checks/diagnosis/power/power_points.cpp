// SPDX-License-Identifier: MIT
#include "diagnosis/power/power_points.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

#include "diagnosis/power/fixed_rules.hpp"
#include "diagnosis/rounding.hpp"
#include "diagnosis/submissions/read_submission.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr std::array<std::string_view, 4> hidden_activations{"tanh", "relu", "sigmoid", "softplus"};
constexpr std::array scales{1.0, 0.1, 0.01};
constexpr std::array lambdas{0.0, 0.7};

Submission drawn(const PowerSetting& setting, std::size_t number) {
    static const std::array<std::pair<std::vector<Eigen::Index>, Eigen::Index>, 3> shapes{{
        {{4, 5, 3, 2}, 6},
        {{3, 4, 4, 3}, 5},
        {{5, 5, 5, 2}, 5},
    }};
    const auto& [sizes, m] = shapes[number % shapes.size()];
    checks::CourseRandom random(static_cast<std::uint32_t>(1000 * setting.seed) + static_cast<std::uint32_t>(number));
    Submission s;
    s.file = "planted";
    s.X = random.randn(sizes[0], m);
    for (std::size_t l = 1; l < sizes.size(); ++l)
        s.network.layers.push_back(
            {{setting.scale * random.randn(sizes[l], sizes[l - 1]), setting.scale * random.randn(sizes[l], 1)},
             activation_named(l + 1 < sizes.size() ? setting.hidden : setting.output)});
    s.network.loss = loss_named(setting.loss);
    s.network.lambda = setting.lambda;
    s.Y = labels_for(s.network, sizes.back(), m, random);
    s.cache.Z.resize(sizes.size());
    s.cache.A.resize(sizes.size());
    return s;
}

}  // namespace

const std::array<std::pair<std::string_view, std::string_view>, 6>& output_pairs() {
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> pairs{{
        {"sigmoid", "binary_cross_entropy"},
        {"softmax", "categorical_cross_entropy"},
        {"identity", "squared_error"},
        {"exponential", "poisson_negative_log_likelihood"},
        {"sigmoid", "squared_error"},
        {"tanh", "squared_error"},
    }};
    return pairs;
}

Tensor labels_for(const Network<double>& network, Eigen::Index rows, Eigen::Index m, checks::CourseRandom& random) {
    const LossFacts& loss = network.loss.facts();
    const bool is_probability = network.layers.back().activation.facts().range.is_within(closed_unit_interval);
    Tensor Y = Tensor::Zero(rows, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        if (loss.labels == Labels::distribution) {
            Y(static_cast<Eigen::Index>(random.rand() * static_cast<double>(rows)), i) = 1;
            continue;
        }
        for (double& y : Y.col(i)) {
            const double number_drawn = random.rand();
            if (loss.labels == Labels::signs) {
                y = number_drawn < 0.5 ? -1 : 1;
            } else if (loss.labels == Labels::counts) {
                y = std::floor(4 * number_drawn);
            } else if (is_probability) {
                y = number_drawn < 0.5 ? 0 : 1;
            } else {
                y = 2 * number_drawn - 1;
            }
        }
    }
    return Y;
}

std::vector<PowerSetting> power_settings(int seeds) {
    std::vector<PowerSetting> out;
    for (int seed = 1; seed <= seeds; ++seed)
        for (const auto hidden : hidden_activations)
            for (const auto& [output, loss] : output_pairs())
                for (const double scale : scales)
                    for (const double lambda : lambdas) out.push_back({hidden, output, loss, scale, lambda, seed});
    return out;
}

PowerPoint power_point(const PowerSetting& setting, std::size_t number) {
    PowerPoint point{.submission = drawn(setting, number),
                     .estimates = {},
                     .right = {},
                     .roundings = {},
                     .rule_numbers = {},
                     .name = {},
                     .scale = {}};
    const Submission& s = point.submission;
    const Cache<double> cache = forward(s.network, s.X);
    point.estimates = checks::differentiate_network(s.network, s.X, s.Y);
    point.right = right_gradients(s.network, cache, s.Y);
    point.roundings = roundings_of(s.network, cache, s.Y, point.right, double_roundoff).gradients;
    for (const FixedRule& rule : fixed_rules()) point.rule_numbers.push_back(numerical_for(rule, s.network, s.X, s.Y));
    point.scale = fmt::format("{}", setting.scale);
    point.name = fmt::format("{} {} {} weights {} lambda {} seed {}", setting.hidden, setting.output, setting.loss,
                             setting.scale, setting.lambda, setting.seed);
    return point;
}

}  // namespace gradproof::diagnosis
