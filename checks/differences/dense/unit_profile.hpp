// SPDX-License-Identifier: MIT
//
// All entries of row j of W[l] move the same number of an example, Z[l](j, i), each by its own step. The loss of the
// example is one function of that number; its profile says, once for all those entries, how far the number may move
// without meeting a kink, how the difference quotient over a move t departs from the derivative, and by how much the
// two together may be wrong:
//
//     (loss(t) - loss(-t)) / 2t = derivative + c₁ t² + c₂ t⁴ + c₃ t⁶ + ...
//     (loss(t) - loss(0)) / t   = derivative + c₁ t + c₂ t² + c₃ t³ + ...     where a kink is near on the other side
//
// derivations/finite_differences.md
#pragma once

#include <array>

#include "differences/dense/lane_forward.hpp"
#include "differences/network/roundoff.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// Which way the number is moved.
enum class Side { below = -1, both = 0, above = 1 };

struct ExampleProfile {
    Side side = Side::both;
    double reach = 0;                   ///< the farthest move; 0 if kinks leave no room for any
    std::array<double, 3> departure{};  ///< c₁, c₂, c₃ with t in units of the reach
    double slope = 0;                   ///< the derivative itself, extrapolated
    double error_bar = 0;               ///< of `slope`, and of every corrected quotient with moves up to `reach`
    double unmoved = 0;                 ///< the loss of the unchanged pass, evaluated the same way
};

inline Method method_of(const ExampleProfile& profile) {
    return profile.side == Side::both ? Method::central_difference : Method::one_sided_difference;
}

/// The profile of example i when Z[l](j, i) or A[l](j, i), l < L, moves; `rounding` bounds the rounding error of its
/// losses.
ExampleProfile profile_of(const LaneForward& forward, const Row& row, Eigen::Index i, RoundingOfLoss<double> rounding,
                          LaneForward::Workspace& workspace);

}  // namespace gradproof::checks
