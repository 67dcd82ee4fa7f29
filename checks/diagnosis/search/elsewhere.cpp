// SPDX-License-Identifier: MIT
#include "diagnosis/search/elsewhere.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/rounding.hpp"

namespace gradproof::diagnosis {
namespace {

// The gradients of this network, with dA[L], and how far rounding can move them.
struct Right {
    Gradients<double> gradients;
    Roundings roundings;
};
Right right_for(const Network<double>& network, const Submission& s, double u) {
    const Cache<double> cache = forward(network, s.X);
    Right right{.gradients = right_gradients(network, cache, s.Y, s.gradients.dA[0].size() > 0), .roundings = {}};
    right.roundings = roundings_of(network, cache, s.Y, right.gradients, u);
    add_up(right.gradients, s.ties);
    add_up(right.roundings.gradients, s.ties);
    return right;
}

bool all_agree(const Submission& s, const Right& right) {
    for (const Place place : backward_order(s.L())) {
        const Tensor yours = tensor_of(s.gradients, place.step, place.l);
        if (yours.size() == 0) continue;
        const Tensor expected = tensor_of(right.gradients, place.step, place.l);
        const Tensor rounding = tensor_of(right.roundings.gradients, place.step, place.l);
        if (!((yours - expected).array().abs() <= 4 * rounding.array()).all()) return false;
    }
    return true;
}

Place first_place(const Submission& s) {
    for (const Place place : backward_order(s.L()))
        if (tensor_of(s.gradients, place.step, place.l).size() > 0) return place;
    return {Step::dW, 1};
}

bool is_the_same(const Network<double>& a, const Network<double>& b) {
    bool same = name_of(a.loss) == name_of(b.loss);
    for (std::size_t l = 1; l <= a.depth(); ++l)
        same = same && name_of(a.layer(l).activation) == name_of(b.layer(l).activation);
    return same;
}

// A cheap look at db of the last layer before the whole pass is computed.
bool output_may_agree(const Submission& s, const AnyActivation& output, const AnyLoss& loss, const Tensor& Z) {
    const Vector<double>& yours = s.gradients.db[s.L()];
    if (yours.size() == 0) return true;
    const Tensor A = activate(output, Z);
    const Tensor dZ =
        weighted(s.network, is_canonical_pair(output, loss) ? dZ_as_a_minus_y(A, s.Y)
                                                            : pull_back(output, Z, loss_derivative(loss, A, s.Y)));
    return (bias_gradient(dZ) - yours).norm() <= 1e-3 * yours.norm();
}

Network<double> before_update(const Submission& s, double alpha) {
    Network<double> network = s.network;
    for (std::size_t l = 1; l <= s.L(); ++l) {
        network.layer(l).dense.W += alpha * s.gradients.dW[l];
        network.layer(l).dense.b += alpha * s.gradients.db[l];
    }
    return network;
}

// The searches below take hundreds of passes; above this many multiplications each, nobody would wait for them.
bool may_be_searched(const Submission& s) {
    constexpr double largest_pass = 5e6;
    double multiplications = 0;
    for (const auto& layer : s.network.layers) multiplications += static_cast<double>(layer.dense.W.size()) * s.m();
    if (multiplications > largest_pass) return false;
    for (std::size_t l = 1; l <= s.L(); ++l)
        if (s.gradients.dW[l].size() == 0 || s.gradients.db[l].size() == 0 || !s.gradients.dW[l].allFinite() ||
            !s.gradients.db[l].allFinite())
            return false;
    return true;
}

// The number for which the network has the user's gradients, by Gauss and Newton from `start`; nothing if they do not
// come to rest.
std::optional<double> number_without_lack(const Submission& s, double start,
                                          const std::function<Network<double>(double)>& network_with) {
    // What the right gradients lack to the user's, as one long vector.
    const auto lack = [&](double number) {
        const Network<double> network = network_with(number);
        Gradients<double> right = backward(network, forward(network, s.X), s.Y);
        add_up(right, s.ties);
        std::vector<double> out;
        for (std::size_t l = 1; l <= s.L(); ++l) {
            const Tensor dW = right.dW[l] - s.gradients.dW[l];
            out.insert(out.end(), dW.data(), dW.data() + dW.size());
            const Vector<double> db = right.db[l] - s.gradients.db[l];
            out.insert(out.end(), db.data(), db.data() + db.size());
        }
        return Eigen::VectorXd(Eigen::Map<const Eigen::VectorXd>(out.data(), static_cast<Eigen::Index>(out.size())));
    };
    double number = start;
    for (int iteration = 0; iteration < 20; ++iteration) {
        constexpr double h = 1e-5;
        const Eigen::VectorXd here = lack(number);
        const Eigen::VectorXd slope = (lack(number + h) - lack(number - h)) / (2 * h);
        const double step = here.dot(slope) / slope.squaredNorm();
        if (!std::isfinite(step)) break;
        number -= step;
        if (std::abs(step) <= 1e-15 * std::abs(number)) break;
    }
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

// A number that somebody typed has few digits.
double as_typed(double number) {
    const double typed = std::stod(fmt::format("{:.6g}", number));
    return std::abs(typed - number) <= 1e-7 * std::abs(number) ? typed : number;
}

}  // namespace

std::optional<Finding> right_for_another_network(const Submission& s, double unit_roundoff) {
    Network<double> network = s.network;
    // Without hidden layers there is nothing to choose for them, and one round tries every output.
    const std::vector<AnyActivation> hidden_choices =
        s.L() > 1 ? all_activations() : std::vector<AnyActivation>{s.network.layers.back().activation};
    for (const AnyActivation& hidden : hidden_choices) {
        for (std::size_t l = 1; l < s.L(); ++l) network.layer(l).activation = hidden;
        const Tensor Z = forward(network, s.X).Z.back();
        for (const AnyActivation& output : all_activations()) {
            network.layers.back().activation = output;
            for (const AnyLoss& loss : all_losses()) {
                network.loss = loss;
                if (is_the_same(network, s.network) || !are_compatible(output, loss) ||
                    !output_may_agree(s, output, loss, Z) || !all_agree(s, right_for(network, s, unit_roundoff)))
                    continue;
                return Finding{.place = first_place(s),
                               .mistake = &mistake_named("another-network"),
                               .detail = fmt::format("right for {}--output {} --loss {}",
                                                     s.L() > 1 ? fmt::format("--hidden {} ", name_of(hidden)) : "",
                                                     name_of(output), name_of(loss))};
            }
        }
    }
    return std::nullopt;
}

std::optional<Finding> right_before_an_update(const Submission& s, double unit_roundoff) {
    if (!may_be_searched(s)) return std::nullopt;
    for (const double start : {0.0, 0.001, 0.01, 0.1, 1.0}) {
        const auto alpha = number_without_lack(s, start, [&](double number) { return before_update(s, number); });
        if (!alpha || !(std::abs(*alpha) > 1e-9)) continue;
        // A learning rate is typed, so it has few digits; the search leaves it with rounding in the last ones.
        const Network<double> network = before_update(s, as_typed(*alpha));
        // Taking the update back rounds the parameters once more.
        if (all_agree(s, right_for(network, s, 4 * unit_roundoff)))
            return Finding{.place = first_place(s),
                           .mistake = &mistake_named("stale-cache"),
                           .detail = "right for the parameters before the update W -= alpha * dW, with alpha",
                           .parameter = *alpha};
    }
    return std::nullopt;
}

std::optional<Finding> right_for_another_parameter(const Submission& s, double unit_roundoff) {
    if (!may_be_searched(s)) return std::nullopt;
    for (std::size_t first = 1; first <= s.L(); ++first) {
        const AnyActivation& activation = s.network.layer(first).activation;
        for (const ParameterValue& parameter : activation.facts().parameters) {
            // All layers with this activation are given the same number.
            const auto with = [&](double number) {
                Network<double> network = s.network;
                if (!parameter.range.contains(number)) return network;
                for (auto& layer : network.layers)
                    if (layer.activation.facts().id == activation.facts().id)
                        layer.activation = layer.activation.with(parameter.name, number);
                return network;
            };
            for (const double start : {0.1, 0.3, 1.0}) {
                const auto number = number_without_lack(s, start, with);
                if (!number || !parameter.range.contains(*number)) continue;
                const Network<double> network = with(as_typed(*number));
                if (!all_agree(s, right_for(network, s, unit_roundoff))) continue;
                return Finding{.place = first_place(s),
                               .mistake = &mistake_named("another-network"),
                               .detail = fmt::format("right for {}", name_of(network.layer(first).activation))};
            }
        }
    }
    return std::nullopt;
}

}  // namespace gradproof::diagnosis
