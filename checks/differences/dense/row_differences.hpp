// SPDX-License-Identifier: MIT
//
// The derivative of every example's loss in one row of Z[l] or A[l]: losses at halved steps to either side, all
// examples at once, with shorter steps for those that kinks or curvature keep from a narrow error bar. In any ordered
// floating-point scalar. derivations/finite_differences.md
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <vector>

#include "differences/dense/halved_steps.hpp"

namespace gradproof::checks {

using Examples = std::vector<Eigen::Index>;

/// Which steps are taken: the first is 2^first_exponent times the distance over which losses are smooth, and so many
/// halvings are evaluated before it is asked whether shorter steps may do better.
struct StepRange {
    int first_exponent;
    std::size_t steps_per_round;
    std::size_t most_rounds;
};
/// For the narrowest bars in double. Those of six central differences are near 1e-13 of the loss: 256 roundings, and
/// less truncation than that even where derivatives grow like those of tanh.
inline constexpr StepRange narrowest_steps{.first_exponent = -2, .steps_per_round = 6, .most_rounds = 7};
/// For six digits, with half as many evaluations.
inline constexpr StepRange fewest_steps{.first_exponent = -6, .steps_per_round = 3, .most_rounds = 13};
/// With a 64-bit mantissa: bars near 1e-15 of the loss from four steps.
inline constexpr StepRange extended_steps{.first_exponent = -6, .steps_per_round = 4, .most_rounds = 10};
static_assert(std::ranges::all_of(std::array{narrowest_steps, fewest_steps, extended_steps},
                                  [](const StepRange& range) {
                                      return range.steps_per_round * range.most_rounds <=
                                             HalvedSteps<double>::most_steps;
                                  }));

/// The losses of the unchanged pass (1 × m), evaluated the way moved ones are, and their rounding.
template <class S>
struct UnmovedLosses {
    Matrix<S> losses;
    Matrix<S> rounding;
    bool rounding_grows = false;  ///< with a loss that moves (rounding_grows_with_loss)

    RoundingOfLoss<S> rounding_of(Eigen::Index i) const { return {rounding(0, i), rounding_grows}; }
};

/// The losses of some examples (1 × n) with something in the network moved by t, and the kinks in between.
template <class S>
using MovedLosses = std::function<Matrix<S>(S t, std::vector<Crossing>& crossings)>;

/// Whether an estimate is narrow enough: if not, shorter steps are tried as long as they may narrow it.
using IsEnough = std::function<bool(const Estimate&)>;
inline bool never_enough(const Estimate&) {
    return false;
}

/// Of each of some examples.
struct LossDerivatives {
    std::vector<Estimate> estimates;
    std::vector<bool> moves;  ///< whether a step changed the loss before it met a kink
};

/// The derivatives of the examples' losses in t, at t = 0. `moved_losses` gives the losses of any of the examples; it
/// is told how far each may move with its loss still smooth (1 × n), which t = 1 moves by. An example without room, or
/// whose kinks leave none for a step, has an infinite error bar.
template <class S>
LossDerivatives differentiate_losses(
    const StepRange& range, const Examples& examples, const Matrix<S>& lengths, const UnmovedLosses<S>& unmoved,
    const std::function<MovedLosses<S>(const Examples&, const Matrix<S>& lengths)>& moved_losses,
    const IsEnough& is_enough);

extern template LossDerivatives differentiate_losses(
    const StepRange&, const Examples&, const Matrix<double>&, const UnmovedLosses<double>&,
    const std::function<MovedLosses<double>(const Examples&, const Matrix<double>&)>&, const IsEnough&);

/// The losses (1 × m) with `change` (1 × m) added to the row.
template <class S>
Matrix<S> losses_of_row(const RowProbe<S>& probe, const Row& row, const Matrix<S>& change,
                        std::vector<Crossing>* crossings = nullptr) {
    return row.of == Row::Of::pre_activation ? probe.losses_with_Z(row.l, row.j, change, crossings)
                                             : probe.losses_with_A(row.l, row.j, change, crossings);
}

/// The probe with what it needs for every row of the same Z[l] or A[l]. The probe must outlive this.
template <Scalar S>
struct RowDifferences {
    const RowProbe<S>* probe;
    Row::Of of;
    std::size_t l;
    UnmovedLosses<S> unmoved;

    RowDifferences(const RowProbe<S>& probe_, Row::Of of_, std::size_t l_);

    Row row(Eigen::Index j) const { return {of, l, j}; }

    /// The derivatives of the losses of these examples in row j.
    LossDerivatives of_row(const StepRange& range, Eigen::Index j, const Examples& examples,
                           const IsEnough& is_enough = never_enough) const;
};

extern template struct RowDifferences<double>;
extern template struct RowDifferences<long double>;

}  // namespace gradproof::checks
