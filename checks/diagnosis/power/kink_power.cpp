// SPDX-License-Identifier: MIT
#include "diagnosis/power/kink_power.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/power/power_points.hpp"
#include "diagnosis/submissions/read_submission.hpp"
#include "differences/network/network_probe.hpp"
#include "gradproof/checks/course_random.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

constexpr std::array<std::string_view, 2> kinked_activations{"relu", "leaky_relu"};
constexpr int repeats = 4;        // networks a setting; in every second one examples are repeated
constexpr int nodes = 32;         // of c, between which backpropagation's value is looked at
constexpr double clearly = 1e-3;  // of the examples' interval: nearer values are not planted
constexpr double step = 0x1p-16;  // of the one-sided differences that tell the cost's sides
constexpr std::size_t draws = 2;  // an entry

struct Spread {
    double lower = std::numeric_limits<double>::infinity();
    double upper = -std::numeric_limits<double>::infinity();

    void reach(double value) {
        lower = std::min(lower, value);
        upper = std::max(upper, value);
    }
    double width() const { return upper - lower; }
    double at(double share) const { return lower + share * width(); }
    bool holds(double value, double margin) const { return lower - margin <= value && value <= upper + margin; }
};

// The gradients dW and db if a unit on a kink takes the slope (1 - c) left + c right, c by example.
Gradients<double> backward_with(const Submission& s, const Cache<double>& cache,
                                const std::function<double(Eigen::Index i)>& convention) {
    Gradients<double> g = empty_gradients(s.L());
    const Situation at_output{s.network, cache, s.Y, g, s.L()};
    for (std::size_t l = s.L(); l >= 1; --l) {
        const Situation situation{s.network, cache, s.Y, g, l};
        if (l == s.L()) g.dA[l] = right_value(Step::dA_output, at_output);
        g.dZ[l] = right_value(l == s.L() ? Step::dZ_output : Step::dZ, situation);
        for (const double kink : checks::kink_points(situation.activation())) {
            const auto slope_beside = [&](double side) {
                return situation.derivative_at(Tensor::Constant(1, 1, std::nextafter(kink, side)))(0, 0);
            };
            constexpr double far = std::numeric_limits<double>::infinity();
            const double left = slope_beside(-far);
            const double right = slope_beside(far);
            for (Eigen::Index i = 0; i < g.dZ[l].cols(); ++i)
                for (Eigen::Index unit = 0; unit < g.dZ[l].rows(); ++unit) {
                    if (cache.Z[l](unit, i) != kink) continue;
                    const double c = convention(i);
                    g.dZ[l](unit, i) = g.dA[l](unit, i) * ((1 - c) * left + c * right);
                }
        }
        g.dW[l] = right_value(Step::dW, situation);
        g.db[l] = right_value(Step::db, situation);
        g.dA[l - 1] = s.network.layer(l).dense.W.transpose() * g.dZ[l];
    }
    for (auto* tensors : {&g.dZ, &g.dA})
        for (Tensor& tensor : *tensors) tensor.resize(0, 0);
    return g;
}

double& entry_of(Gradients<double>& g, std::size_t l, Eigen::Index n) {
    return n < g.dW[l].size() ? g.dW[l].data()[n] : g.db[l].data()[n - g.dW[l].size()];
}

// Between the derivatives of the cost from either side, by differences whose leading error is taken out.
Spread sides_of(const Submission& s, std::size_t l, Eigen::Index n) {
    const auto cost_at = [&](double by) {
        Network<double> moved = s.network;
        auto& layer = moved.layer(l);
        (n < layer.dense.W.size() ? layer.dense.W.data()[n] : layer.dense.b.data()[n - layer.dense.W.size()]) += by;
        return cost(moved, forward(moved, s.X), s.Y);
    };
    const double here = cost_at(0);
    Spread sides;
    for (const double h : {step, -step}) sides.reach((4 * cost_at(h / 2) - cost_at(h) - 3 * here) / h);
    return sides;
}

void count(KinkPowerCounts& counts, Outcome outcome) {
    ++counts.submissions;
    counts.confirmed += outcome == Outcome::confirmed;
    counts.undecided += outcome == Outcome::undecided;
    counts.refuted += outcome == Outcome::refuted;
}

class KinkedPoint {
  public:
    KinkedPoint(Submission s, std::string name)
        : s_(std::move(s)),
          name_(std::move(name)),
          cache_(forward(s_.network, s_.X)),
          estimates_(checks::differentiate_network(s_.network, s_.X, s_.Y, {.activations = false})) {
        for (int node = 0; node <= nodes; ++node)
            by_c_.push_back(with([&](Eigen::Index) { return static_cast<double>(node) / nodes; }));
        for (Eigen::Index one = 0; one < s_.X.cols(); ++one)
            one_on_the_right_.push_back(with([&](Eigen::Index i) { return i == one ? 1.0 : 0.0; }));
    }

    void measure(KinkPower& power) {
        for (const int node : {0, nodes / 2, nodes})
            judge(by_c_[static_cast<std::size_t>(node)], false, fmt::format("convention {}", node), power.conventions,
                  power);
        Gradients<double> subgradient = by_c_.front();
        Gradients<double> half = with([](Eigen::Index i) { return i % 2 == 0 ? 1.0 : 0.0; });
        bool half_is_wrong = false;
        for (std::size_t l = 1; l <= s_.L(); ++l) {
            const Eigen::Index entries = s_.network.layer(l).dense.W.size() + s_.network.layer(l).dense.b.size();
            for (Eigen::Index n = 0; n < entries; ++n) {
                Spread by_example = interval_by_example(l, n);
                if (!(by_example.width() > 1e-9)) continue;  // no example lies on a kink here
                const Spread sides = sides_of(s_, l, n);
                Spread conventions;
                for (Gradients<double>& g : by_c_) conventions.reach(entry_of(g, l, n));
                const auto is_clearly_wrong = [&](double value) {
                    const double margin = clearly * by_example.width();
                    return !sides.holds(value, margin) && !conventions.holds(value, margin);
                };
                // What differences tell of the sides is off by little; so the values keep off them.
                if (sides.width() > clearly * by_example.width())
                    entry_of(subgradient, l, n) = sides.at(0.01 + 0.98 * random_.rand());
                half_is_wrong = half_is_wrong || is_clearly_wrong(entry_of(half, l, n));
                for (std::size_t draw = 0; draw < draws; ++draw) {
                    const double value = by_example.at(random_.rand());
                    if (!is_clearly_wrong(value)) continue;
                    Gradients<double> planted = by_c_.front();
                    entry_of(planted, l, n) = value;
                    judge(planted, true, fmt::format("entry {} of layer {}: {}", n, l, value), power.between_examples,
                          power);
                }
            }
        }
        judge(subgradient, false, "each entry its own", power.subgradients, power);
        if (half_is_wrong) judge(half, true, "half of the examples", power.half_of_examples, power);
    }

  private:
    Gradients<double> with(const std::function<double(Eigen::Index)>& convention) const {
        return backward_with(s_, cache_, convention);
    }

    // The sum over the examples of the interval that each one's two conventions span.
    Spread interval_by_example(std::size_t l, Eigen::Index n) {
        const double left = entry_of(by_c_.front(), l, n);
        Spread sum{left, left};
        for (Gradients<double>& g : one_on_the_right_) {
            const double other = entry_of(g, l, n) - left;
            sum.lower += std::min(other, 0.0);
            sum.upper += std::max(other, 0.0);
        }
        return sum;
    }

    void judge(const Gradients<double>& gradients, bool is_wrong, const std::string& what, KinkPowerCounts& counts,
               KinkPower& power) {
        Submission s = s_;
        s.gradients = gradients;
        const Outcome outcome = diagnose(s, estimates_).outcome();
        count(counts, outcome);
        if (outcome == (is_wrong ? Outcome::confirmed : Outcome::refuted))
            power.examples.push_back(fmt::format("{} in {} is {}", what, name_, checks::name_of(outcome)));
    }

    Submission s_;
    std::string name_;
    Cache<double> cache_;
    checks::NetworkEstimates estimates_;
    std::vector<Gradients<double>> by_c_;
    std::vector<Gradients<double>> one_on_the_right_;
    checks::CourseRandom random_{1};
};

// Whole numbers: what cancels does so exactly, and no other kink is nearer than the smallest of their products.
Submission drawn(std::string_view hidden, std::string_view output, std::string_view loss, bool repeated, int seed) {
    checks::CourseRandom random(static_cast<std::uint32_t>(7000 + seed));
    const std::array<Eigen::Index, 4> sizes{3, 4, 3, 2};
    constexpr Eigen::Index m = 6;
    const auto whole = [&](Eigen::Index rows, Eigen::Index columns) {
        return Tensor(Tensor::NullaryExpr(rows, columns, [&] { return std::floor(5 * random.rand()) - 2; }));
    };
    Submission s;
    s.file = "planted";
    for (std::size_t l = 1; l < sizes.size(); ++l) {
        const bool is_output = l + 1 == sizes.size();
        s.network.layers.push_back(
            {{whole(sizes[l], sizes[l - 1]) * (is_output ? 0x1p-5 : 1.0), Vector<double>::Zero(sizes[l])},
             activation_named(is_output ? output : hidden)});
    }
    s.network.loss = loss_named(loss);
    s.network.lambda = 0;
    s.X = whole(sizes.front(), m);
    s.X.col(0).setZero();
    if (repeated)
        for (Eigen::Index i = 1; i < m; ++i)
            if (random.rand() < 0.7) s.X.col(i) = s.X.col(1) * (random.rand() < 0.5 ? 1.0 : -1.0);
    s.Y = labels_for(s.network, sizes.back(), m, random);
    s.cache.Z.resize(sizes.size());
    s.cache.A.resize(sizes.size());
    return s;
}

}  // namespace

std::size_t count_of_kink_networks(int seeds) {
    return static_cast<std::size_t>(seeds) * kinked_activations.size() * output_pairs().size() * repeats;
}

KinkPower measure_kink_power(int seeds, const std::stop_token& stop, const std::function<void()>& done) {
    KinkPower power;
    for (int seed = 1; seed <= seeds; ++seed)
        for (const auto hidden : kinked_activations)
            for (const auto& [output, loss] : output_pairs())
                for (int repeat = 0; repeat < repeats; ++repeat) {
                    if (stop.stop_requested()) break;
                    const bool repeated = repeat % 2 == 1;
                    const int number = static_cast<int>(power.networks);
                    KinkedPoint(drawn(hidden, output, loss, repeated, number),
                                fmt::format("{} {} {}{} seed {}", hidden, output, loss,
                                            repeated ? " repeated examples" : "", number))
                        .measure(power);
                    ++power.networks;
                    done();
                }
    power.networks_left_out = count_of_kink_networks(seeds) - power.networks;
    return power;
}

std::string kink_power_text(const KinkPower& power) {
    std::string text = fmt::format(
        "\n| at exact kinks, {} networks | submissions | confirmed | undecided | refuted |\n"
        "| --- | ---: | ---: | ---: | ---: |\n",
        power.networks);
    const auto row = [&](std::string_view name, const KinkPowerCounts& counts) {
        text += fmt::format("| {} | {} | {} | {} | {} |\n", name, counts.submissions, counts.confirmed,
                            counts.undecided, counts.refuted);
    };
    row("right: conventions 0, 1/2 and 1", power.conventions);
    row("open: each entry somewhere else between the one-sided derivatives", power.subgradients);
    row("wrong: half of the examples on the other side", power.half_of_examples);
    row("wrong: an entry inside the examples' own intervals", power.between_examples);
    return text;
}

}  // namespace gradproof::diagnosis
