// SPDX-License-Identifier: MIT
#include "differences/dense/directional_check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <random>

#include "gradproof/checks/differences.hpp"

namespace gradproof::checks {
namespace {

// Halvings of the step from which the Taylor remainder's rate is read.
constexpr int taylor_steps = 6;

template <class Parameter>
Parameter random_signs(const Parameter& like, std::uint32_t seed) {
    std::mt19937 generator(seed);
    Parameter signs(like.rows(), like.cols());
    // The bits of the generator are the same everywhere; those of std's distributions are not.
    for (Eigen::Index n = 0; n < signs.size(); ++n) signs.data()[n] = (generator() & 0x80000000U) != 0 ? 1 : -1;
    return signs;
}

struct Taylor {
    TaylorOpinion opinion;
    double rate;
};

// The remainders |f(t) - f(0) - t slope| while t halves, as far as they stand clear of the noise.
Taylor taylor_opinion(const RealFunction& f, double slope, double step, double noise) {
    const double at_0 = f(0);
    std::vector<double> remainders;
    for (int n = 0; n < taylor_steps; ++n) {
        const double t = std::ldexp(step, -n);
        const double remainder = std::abs(f(t) - at_0 - t * slope);
        if (!(remainder > 16 * noise)) break;
        remainders.push_back(remainder);
    }
    if (remainders.size() < 2) return {TaylorOpinion::agrees, std::numeric_limits<double>::quiet_NaN()};
    const double rate = std::log2(remainders.front() / remainders.back()) / static_cast<double>(remainders.size() - 1);
    // The remainder of a right slope shrinks with the square of the step, or faster; of a wrong one with the step, once
    // its part is the larger. Halfway between lies neither.
    if (rate > 1.7) return {TaylorOpinion::agrees, rate};
    return {rate > 0.7 && rate < 1.3 ? TaylorOpinion::disagrees : TaylorOpinion::unclear, rate};
}

// `move(network, t)` moves the layer's parameter by t along the direction.
template <class Parameter, class Move>
DirectionalVerdict check_direction(std::string name, std::uint32_t seed, const Network<double>& network,
                                   const Matrix<double>& X, const Matrix<double>& Y, const Parameter& gradient,
                                   const Parameter& direction, const Move& move, int required_digits) {
    Network<double> moved = network;
    const auto difference_of_costs = [&, at_0 = example_losses(network, forward(network, X), Y)](double t) {
        move(moved, t);
        // Each example's loss is subtracted before the sum: of two summed costs most digits would cancel.
        const double losses = (example_losses(moved, forward(moved, X), Y) - at_0).mean();
        const double weights =
            network.lambda / (2 * static_cast<double>(X.cols())) * (squared_weights(moved) - squared_weights(network));
        return losses + weights;
    };
    const double slope = gradient.cwiseProduct(direction).sum();
    Estimate estimate = derivative_with_error_bar(difference_of_costs, 0);
    // Terms of the inner product cancel; whoever rounds them rounds their sum of magnitudes.
    const double terms = gradient.cwiseAbs().sum();
    estimate.scale = std::max(estimate.scale, terms);
    estimate.error_bar += static_cast<double>(gradient.size() + 64) * 0x1p-53 * terms;
    DirectionalVerdict verdict{
        .name = std::move(name), .seed = seed, .verdict = judge(slope, estimate, required_digits)};
    const double noise = noise_of(difference_of_costs, 0, 0x1p-40);
    // Along n signs the pre-activations move with the square root of n.
    const double step = 0.25 / std::sqrt(static_cast<double>(gradient.size()));
    const auto [opinion, rate] = taylor_opinion(difference_of_costs, slope, step, noise);
    verdict.taylor = opinion;
    verdict.rate = rate;
    // A single wrong entry moves the slope by its error, whatever its sign.
    verdict.smallest_seen = 2 * estimate.error_bar;
    const double largest = gradient.cwiseAbs().maxCoeff();
    verdict.smallest_seen_relative =
        largest > 0 ? verdict.smallest_seen / largest : std::numeric_limits<double>::infinity();
    return verdict;
}

}  // namespace

std::vector<DirectionalVerdict> directional_check(const Network<double>& network, const Matrix<double>& X,
                                                  const Matrix<double>& Y, const Gradients<double>& gradients,
                                                  const DirectionalOptions& options) {
    check_shapes(network, X, &Y);
    using detail::require, detail::shape;
    require(gradients.dW.size() == network.depth() + 1 && gradients.db.size() == network.depth() + 1,
            "gradients are needed for every layer");
    std::vector<DirectionalVerdict> verdicts;
    std::uint32_t seed = options.seed;
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& [W, b, activation] = network.layer(l);
        require(gradients.dW[l].rows() == W.rows() && gradients.dW[l].cols() == W.cols(),
                fmt::format("dW{} is {}, but W{} is {}", l, shape(gradients.dW[l].rows(), gradients.dW[l].cols()), l,
                            shape(W.rows(), W.cols())));
        require(gradients.db[l].size() == b.size(),
                fmt::format("db{} has {} entries, but b{} has {}", l, gradients.db[l].size(), l, b.size()));
        for (int n = 0; n < options.directions; ++n, ++seed) {
            const Matrix<double> of_W = random_signs(W, seed);
            verdicts.push_back(check_direction(
                fmt::format("dW{}", l), seed, network, X, Y, gradients.dW[l], of_W,
                [&, l](Network<double>& moved, double t) { moved.layer(l).W = network.layer(l).W + t * of_W; },
                options.required_digits));
            const Vector<double> of_b = random_signs(b, seed);
            verdicts.push_back(check_direction(
                fmt::format("db{}", l), seed, network, X, Y, gradients.db[l], of_b,
                [&, l](Network<double>& moved, double t) { moved.layer(l).b = network.layer(l).b + t * of_b; },
                options.required_digits));
        }
    }
    return verdicts;
}

std::string_view name_of(TaylorOpinion opinion) {
    switch (opinion) {
        case TaylorOpinion::agrees:
            return "agrees";
        case TaylorOpinion::disagrees:
            return "disagrees";
        case TaylorOpinion::unclear:
            return "unclear";
    }
    return "";
}

std::string describe(const std::vector<DirectionalVerdict>& verdicts) {
    std::string text = fmt::format("{:<8} {:>6} {:>10} {:>7} {:>9} {:>10} {:>6} {:>14}\n", "tensor", "seed", "verdict",
                                   "digits", "bar", "Taylor", "rate", "would miss");
    for (const DirectionalVerdict& one : verdicts)
        text += fmt::format("{:<8} {:>6} {:>10} {:>7.1f} {:>9.1e} {:>10} {:>6.2f} {:>14}\n", one.name, one.seed,
                            name_of(one.verdict.outcome), one.verdict.digits, one.verdict.estimate.error_bar,
                            name_of(one.taylor), one.rate, fmt::format("{:.1e} of max", one.smallest_seen_relative));
    return text;
}

}  // namespace gradproof::checks
