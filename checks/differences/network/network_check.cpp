// SPDX-License-Identifier: MIT
#include "gradproof/checks/network_check.hpp"

#include <fmt/format.h>

#include <cmath>

#include "differences/network/network_probe.hpp"

namespace gradproof::checks {
namespace {

// Below this, 0 passes for a gradient under an absolute tolerance of 1e-5.
constexpr double fixed_tolerances_see_nothing_below = 1e-5;

void warn_of_sizes(const Network<double>& network, Eigen::Index m, std::vector<Warning>& warnings) {
    if (m == 1)
        warnings.push_back(
            {Blindness::single_example, "m = 1: a missing or doubled 1/m does not show; take two examples or more"});
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& W = network.layer(l).dense.W;
        if (W.rows() == W.cols() && W.rows() > 1)
            warnings.push_back({Blindness::equal_sizes,
                                fmt::format("W{} is square ({} x {}): a missing transpose fits its shape, so only its "
                                            "numbers can show it; take layers of different sizes",
                                            l, W.rows(), W.cols())});
    }
}

void warn_of_dead_units(const Network<double>& network, const Cache<double>& cache, std::vector<Warning>& warnings) {
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& activation = network.layer(l).activation;
        if (kink_points(activation).empty()) continue;
        // Moved a little to either side, does the unit answer in any example?
        const auto moves = [&](double by) -> Matrix<double> {
            return activate(activation, Matrix<double>(cache.Z[l].array() + by)) - cache.A[l];
        };
        const Matrix<double> answer = moves(0x1p-20).cwiseAbs().cwiseMax(moves(-0x1p-20).cwiseAbs());
        std::string dead;
        for (Eigen::Index j = 0; j < answer.rows(); ++j)
            if ((answer.row(j).array() == 0.0).all()) dead += fmt::format("{}{}", dead.empty() ? "" : ", ", j + 1);
        if (!dead.empty())
            warnings.push_back(
                {Blindness::dead_unit,
                 fmt::format("layer {}: no example moves unit {}: the gradients of its weights are 0 and "
                             "show nothing; take other examples, or weights drawn again",
                             l, dead)});
    }
}

void warn_of_saturation(const Network<double>& network, const Cache<double>& cache, std::vector<Warning>& warnings) {
    const Interval range = network.layers.back().activation.facts().range;
    Eigen::Index saturated = 0;
    for (const double a : cache.A.back().reshaped())
        if ((std::isfinite(range.upper) && !range.closed_above && a >= range.upper) ||
            (std::isfinite(range.lower) && !range.closed_below && a <= range.lower))
            ++saturated;
    if (saturated > 0)
        warnings.push_back({Blindness::saturated_output,
                            fmt::format("{} of {} predictions have rounded to the edge of the range of {}: dA[L] and "
                                        "g'(Z[L]) are lost there; take smaller weights",
                                        saturated, cache.A.back().size(), name_of(network.layers.back().activation))});
}

void warn_of_vanishing(const Gradients<double>& gradients, std::vector<Warning>& warnings) {
    for (std::size_t l = 1; l < gradients.dW.size(); ++l) {
        const Matrix<double>& dW = gradients.dW[l];
        if (dW.size() == 0 || !dW.allFinite()) continue;
        const double largest = dW.cwiseAbs().maxCoeff();
        if (largest == 0) {
            warnings.push_back({Blindness::zero_gradient,
                                fmt::format("every entry of dW{} is exactly 0: nothing of layer {} is exercised; take "
                                            "other examples, or weights drawn again",
                                            l, l)});
        } else if (largest < fixed_tolerances_see_nothing_below) {
            warnings.push_back({Blindness::vanishing_gradient,
                                fmt::format("dW{} vanishes (largest entry {:.1e}): judged here by its own size, but a "
                                            "fixed tolerance of 1e-5 would accept 0 in its place; take larger weights",
                                            l, largest)});
        }
    }
}

}  // namespace

std::vector<Warning> blindness_of(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y) {
    const Cache<double> cache = forward(network, X);
    std::vector<Warning> warnings;
    warn_of_sizes(network, X.cols(), warnings);
    warn_of_dead_units(network, cache, warnings);
    warn_of_saturation(network, cache, warnings);
    warn_of_vanishing(backward(network, cache, Y), warnings);
    return warnings;
}

std::vector<TensorVerdict> judge_gradients(const Gradients<double>& gradients, const NetworkEstimates& estimates,
                                           int required_digits) {
    std::vector<TensorVerdict> tensors;
    const auto judge_all = [&](const auto& computed, const std::vector<TensorEstimate>& expected) {
        for (std::size_t l = 0; l < computed.size() && l < expected.size(); ++l)
            if (computed[l].size() > 0 && !expected[l].entries.empty())
                tensors.push_back(judge_tensor(computed[l], expected[l], required_digits));
    };
    judge_all(gradients.dW, estimates.dW);
    judge_all(gradients.db, estimates.db);
    judge_all(gradients.dZ, estimates.dZ);
    judge_all(gradients.dA, estimates.dA);
    return tensors;
}

NetworkVerdict check_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                             const Gradients<double>& gradients, const DifferenceOptions& options) {
    return {
        .tensors = judge_gradients(gradients, differentiate_network(network, X, Y, options), options.required_digits),
        .warnings = blindness_of(network, X, Y)};
}

}  // namespace gradproof::checks
