// SPDX-License-Identifier: MIT
#include "differences/dense/row_differences.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "differences/network/example_stencil.hpp"
#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

template <class S>
struct Stencil {
    std::array<std::array<Matrix<S>, steps_a_side>, 2> losses;  // [0] above, [1] below
    std::array<std::vector<Crossing>, 2> crossings;             // the worst of the three steps

    ExampleStencil<S> example(std::size_t n, S unmoved, S step, RoundingOfLoss<S> rounding) const {
        ExampleStencil<S> one{.losses = {},
                              .crossings = {crossings[0][n], crossings[1][n]},
                              .unmoved = unmoved,
                              .step = step,
                              .rounding = rounding.unmoved,
                              .rounding_grows = rounding.grows};
        for (std::size_t side = 0; side < 2; ++side)
            for (std::size_t k = 0; k < steps_a_side; ++k)
                one.losses[side][k] = losses[side][k](0, static_cast<Eigen::Index>(n));
        return one;
    }
};

template <class S>
Stencil<S> evaluate(const RowProbe<S>& probe, const Row& row, const Matrix<S>& direction, S step) {
    Stencil<S> stencil;
    std::vector<Crossing> crossings;
    for (std::size_t side = 0; side < 2; ++side) {
        auto& worst = stencil.crossings[side];
        worst.assign(static_cast<std::size_t>(direction.cols()), Crossing::none);
        for (std::size_t k = 0; k < steps_a_side; ++k) {
            const S signed_step = std::ldexp(side == 0 ? step : -step, -static_cast<int>(k));
            stencil.losses[side][k] = losses_at(probe, row, Matrix<S>(direction * signed_step), &crossings);
            for (std::size_t i = 0; i < worst.size(); ++i) merge(worst[i], crossings[i]);
        }
    }
    return stencil;
}

// How far each example's row may move with the losses still smooth: 1 in units of a pre-activation; for A[L] 1 or the
// distance to the edge of what the loss accepts, if that is nearer.
template <class S>
Matrix<S> length_of(const RowProbe<S>& probe, const Row& row) {
    Matrix<S> length = Matrix<S>::Ones(1, probe.Y.cols());
    if (row.of == Row::Of::pre_activation) return length;
    if (row.l < probe.network->depth()) return length * length_of_activation(*probe.network, row.l, row.j);
    const Interval domain = std::visit([](const auto& loss) { return loss.prediction_domain; }, probe.network->loss);
    for (Eigen::Index i = 0; i < length.cols(); ++i) {
        const S a = probe.cache.A[row.l](row.j, i);
        if (std::isfinite(domain.lower)) length(0, i) = std::min(length(0, i), a - S(domain.lower));
        if (std::isfinite(domain.upper)) length(0, i) = std::min(length(0, i), S(domain.upper) - a);
        length(0, i) = std::max(length(0, i), S(0));
    }
    return length;
}

template <class S>
Estimate divided(Estimate estimate, S by) {
    for (double* part :
         {&estimate.value, &estimate.error_bar, &estimate.scale, &estimate.from_below, &estimate.from_above})
        *part = static_cast<double>(static_cast<S>(*part) / by);
    return estimate;
}

}  // namespace

template <Scalar S>
RowDifferences<S>::RowDifferences(std::shared_ptr<const RowProbe<S>> probe_, Row::Of of_, std::size_t l_)
    : probe(std::move(probe_)),
      of(of_),
      l(l_),
      first_step(S(0)),
      rounding_grows(rounding_grows_with_loss(*probe->network)) {
    const std::size_t start = of == Row::Of::pre_activation ? l : l + 1;
    first_step = first_step_for<S>(probe->has_kinks_from(start));
    rounding = rounding_of_losses(*probe, start);
    unmoved = losses_at(*probe, {of, l, 0}, Matrix<S>(Matrix<S>::Zero(1, probe->Y.cols())));
}

template <Scalar S>
RowDifferences<S> RowDifferences<S>::restricted_to(const std::vector<Eigen::Index>& examples) const {
    RowDifferences few(*this);
    few.probe = std::make_shared<const RowProbe<S>>(probe->restricted_to(examples));
    few.rounding = Matrix<S>(rounding(Eigen::all, examples));
    few.unmoved = Matrix<S>(unmoved(Eigen::all, examples));
    return few;
}

template <Scalar S>
std::vector<Estimate> RowDifferences<S>::along(Eigen::Index j, const Matrix<S>& direction) const {
    const Row row{of, l, j};
    std::vector<Estimate> estimates(static_cast<std::size_t>(direction.cols()));
    const Matrix<S> length = length_of(*probe, row);
    // The examples share one step, in units of the length of each, such that the one that moves farthest moves by
    // first_step. An example at the edge of the domain has no room to move at all.
    const Matrix<S> motion = direction.cwiseProduct(length);
    S farthest = S(0);
    std::vector<Eigen::Index> left;
    for (Eigen::Index i = 0; i < direction.cols(); ++i) {
        if (direction(0, i) == S(0)) continue;
        if (length(0, i) > S(0)) {
            farthest = std::max(farthest, std::abs(direction(0, i)));
            left.push_back(i);
        } else {
            estimates[static_cast<std::size_t>(i)].error_bar = std::numeric_limits<double>::infinity();
        }
    }
    if (left.empty()) return estimates;
    const bool all = left.size() == estimates.size();
    S step = first_step / farthest;
    for (int round = 0; round <= most_shrinkings && !left.empty(); ++round, step /= S(shrinking)) {
        const bool whole = round == 0 && all;
        const Stencil<S> stencil =
            whole ? evaluate(*probe, row, motion, step)
                  : evaluate(probe->restricted_to(left), row, Matrix<S>(motion(Eigen::all, left)), step);
        std::vector<Eigen::Index> still_left;
        for (std::size_t n = 0; n < left.size(); ++n) {
            const Eigen::Index i = left[n];
            if (const auto estimate =
                    stencil.example(n, unmoved(0, i), step, {rounding(0, i), rounding_grows}).estimate()) {
                estimates[static_cast<std::size_t>(i)] = *estimate;
            } else {
                still_left.push_back(i);
            }
        }
        left = std::move(still_left);
    }
    for (const Eigen::Index i : left)
        estimates[static_cast<std::size_t>(i)].error_bar = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < estimates.size(); ++i)
        if (const S own = length(0, static_cast<Eigen::Index>(i)); own > S(0) && own != S(1))
            estimates[i] = divided(estimates[i], own);
    return estimates;
}

template struct RowDifferences<double>;
template struct RowDifferences<long double>;

}  // namespace gradproof::checks
