// SPDX-License-Identifier: MIT
#include "differences/dense/row_differences.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <utility>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

// How far each example's row may move with the losses still smooth: 1 in units of a pre-activation; for A[L] 1 or the
// distance to the edge of what the loss accepts, if that is nearer.
template <class S>
Matrix<S> lengths_of(const RowProbe<S>& probe, const Row& row, const Examples& examples) {
    const auto count = static_cast<Eigen::Index>(examples.size());
    Matrix<S> length = Matrix<S>::Ones(1, count);
    if (row.of == Row::Of::pre_activation) return length;
    if (row.l < probe.network->depth()) return length * length_of_activation(*probe.network, row.l, row.j);
    const Interval domain = probe.network->loss.facts().prediction_domain;
    for (Eigen::Index n = 0; n < count; ++n) {
        const S a = probe.cache.A[row.l](row.j, examples[static_cast<std::size_t>(n)]);
        if (std::isfinite(domain.lower)) length(0, n) = std::min(length(0, n), a - S(domain.lower));
        if (std::isfinite(domain.upper)) length(0, n) = std::min(length(0, n), S(domain.upper) - a);
        length(0, n) = std::max(length(0, n), S(0));
    }
    return length;
}

template <class S>
Estimate divided(Estimate estimate, S by) {
    if (by == S(1)) return estimate;
    for (double* part :
         {&estimate.value, &estimate.error_bar, &estimate.scale, &estimate.from_below, &estimate.from_above})
        *part = static_cast<double>(static_cast<S>(*part) / by);
    return estimate;
}

template <class T>
std::vector<T> selected(const std::vector<T>& from, const std::vector<std::size_t>& indices) {
    std::vector<T> some;
    for (const std::size_t n : indices) some.push_back(from[n]);
    return some;
}

}  // namespace

template <class S>
LossDerivatives differentiate_losses(
    const StepRange& range, const Examples& examples, const Matrix<S>& lengths, const UnmovedLosses<S>& unmoved,
    const std::function<MovedLosses<S>(const Examples&, const Matrix<S>&)>& moved_losses, const IsEnough& is_enough) {
    const S first_step = std::ldexp(S(1), range.first_exponent);
    std::vector<HalvedSteps<S>> steps;
    steps.reserve(examples.size());
    for (const Eigen::Index i : examples) steps.emplace_back(unmoved.losses(0, i), unmoved.rounding_of(i));
    LossDerivatives found{
        .estimates = std::vector(examples.size(), smooth_estimate(0, std::numeric_limits<double>::infinity(), 0)),
        .moves = {}};
    std::vector<std::size_t> left;
    for (std::size_t n = 0; n < examples.size(); ++n)
        if (lengths(0, static_cast<Eigen::Index>(n)) > S(0)) left.push_back(n);
    S step = first_step;
    for (std::size_t round = 0; round < range.most_rounds && !left.empty(); ++round) {
        const MovedLosses<S> losses_at = moved_losses(selected(examples, left), Matrix<S>(lengths(Eigen::all, left)));
        for (std::size_t k = 0; k < range.steps_per_round; ++k, step /= S(2)) {
            std::array<std::vector<Crossing>, 2> crossings;
            const Matrix<S> above = losses_at(step, crossings[0]);
            const Matrix<S> below = losses_at(-step, crossings[1]);
            for (std::size_t n = 0; n < left.size(); ++n) {
                const auto column = static_cast<Eigen::Index>(n);
                steps[left[n]].add({above(0, column), below(0, column)}, {crossings[0][n], crossings[1][n]});
            }
        }
        std::erase_if(left, [&](std::size_t n) {
            const auto estimate = steps[n].estimate();
            if (!estimate) return false;
            found.estimates[n] = divided(*estimate, S(first_step * lengths(0, static_cast<Eigen::Index>(n))));
            const S narrowest = steps[n].narrowest_of_further_steps();
            return estimate->error_bar <= static_cast<double>(narrowest) || is_enough(found.estimates[n]);
        });
    }
    for (const HalvedSteps<S>& one : steps) found.moves.push_back(one.has_moved());
    return found;
}

template <Scalar S>
RowDifferences<S>::RowDifferences(const RowProbe<S>& probe_, Row::Of of_, std::size_t l_)
    : probe(&probe_),
      of(of_),
      l(l_),
      unmoved{.losses = losses_of_row(probe_, {of_, l_, 0}, Matrix<S>(Matrix<S>::Zero(1, probe_.Y.cols()))),
              .rounding = rounding_of_losses(probe_, of_ == Row::Of::pre_activation ? l_ : l_ + 1),
              .rounding_grows = rounding_grows_with_loss(*probe_.network)} {}

template <Scalar S>
LossDerivatives RowDifferences<S>::of_row(const StepRange& range, Eigen::Index j, const Examples& examples,
                                          const IsEnough& is_enough) const {
    const auto moved_losses = [&](const Examples& some, const Matrix<S>& lengths) -> MovedLosses<S> {
        const bool all = static_cast<Eigen::Index>(some.size()) == probe->Y.cols();
        const auto few = all ? nullptr : std::make_shared<const RowProbe<S>>(probe->restricted_to(some));
        return [&whole = *probe, row = row(j), few, lengths](S t, std::vector<Crossing>& crossings) {
            return losses_of_row(few ? *few : whole, row, Matrix<S>(lengths * t), &crossings);
        };
    };
    return differentiate_losses<S>(range, examples, lengths_of(*probe, row(j), examples), unmoved, moved_losses,
                                   is_enough);
}

template LossDerivatives differentiate_losses(
    const StepRange&, const Examples&, const Matrix<double>&, const UnmovedLosses<double>&,
    const std::function<MovedLosses<double>(const Examples&, const Matrix<double>&)>&, const IsEnough&);
template struct RowDifferences<double>;
template struct RowDifferences<long double>;

}  // namespace gradproof::checks
