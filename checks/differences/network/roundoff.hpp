// SPDX-License-Identifier: MIT
//
// What one operation rounds, in any floating-point scalar.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <limits>

#include "differences/network/extended_roundoff.hpp"
#include "gradproof/dense.hpp"

namespace gradproof::checks {

/// Half an ulp of 1: what a rounded operation is off by, relative to its result; of a long double, what can be relied
/// on.
template <class S>
constexpr S unit_roundoff() {
    if constexpr (std::same_as<S, long double>)
        return extended_roundoff();
    else
        return std::numeric_limits<S>::epsilon() / S(2);
}

/// Below the normal numbers an ulp no longer shrinks: there a rounded operation is off by up to half of this.
template <class S>
inline constexpr S smallest_number = std::numeric_limits<S>::denorm_min();

/// An elementary function of std is good to a unit in the last place, and a formula chains a few of them.
template <class S>
constexpr S formula_roundoff() {
    return S(6) * unit_roundoff<S>();
}

/// What a sum of n products is off by, in unit roundoffs of the sum of their sizes: at worst of each of them once and a
/// few more. The errors add up like a walk: each is evenly spread over at most a unit roundoff of the sum so far, which
/// makes √n / 3 for the standard deviation of terms of one sign, and less for others. Nine of them.
template <class S>
S roundings_of_sum_of_products(Eigen::Index n) {
    const auto terms = static_cast<S>(n);
    return std::min(terms + S(2), S(3) * std::sqrt(terms) + S(2));
}

/// What a loss rounds of the amount by which a move changed it, through the sums of all layers behind the move. Their
/// errors add up like a walk, so this is wide enough for sums of a thousand terms.
template <class S>
constexpr S roundoff_of_change() {
    return S(64) * unit_roundoff<S>();
}

/// What the loss of one example is off by, and how that changes where a move changed the loss.
template <class S>
struct RoundingOfLoss {
    S unmoved = S(0);    ///< of the unmoved loss
    bool grows = false;  ///< whether it grows with the loss, as at the pole of log(1 - a)

    S after(S change) const {
        // 1 / (1 - a) is e to the loss; beyond such a factor nothing is known of a loss anyway.
        constexpr S most = S(60);
        return (grows ? unmoved * std::exp(std::min(change, most)) : unmoved) + roundoff_of_change<S>() * change;
    }
};

/// |x|, entry by entry.
template <class S, int columns>
Eigen::Matrix<S, Eigen::Dynamic, columns> absolute_values(const Eigen::Matrix<S, Eigen::Dynamic, columns>& x) {
    return entrywise([](const S& entry) -> S { return std::abs(entry); }, x);
}

/// The sums of the absolute values of the terms of Z: |W||A_prev| + |b|.
template <class S>
Matrix<S> terms_of_Z(const Dense<S>& dense, const Matrix<S>& A_prev) {
    return Dense<S>{absolute_values(dense.W), absolute_values(dense.b)}.forward(absolute_values(A_prev));
}

/// A bound on them by the norms of rows and columns, which needs no copy of A_prev: it may be large.
template <class S>
Matrix<S> largest_terms_of_Z(const Dense<S>& dense, const Matrix<S>& norms_of_A_prev) {
    return Dense<S>{dense.W.rowwise().norm(), absolute_values(dense.b)}.forward(norms_of_A_prev);
}

}  // namespace gradproof::checks
