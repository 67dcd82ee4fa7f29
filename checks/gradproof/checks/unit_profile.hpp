// SPDX-License-Identifier: MIT
//
// All entries of row j of W[l] move the same number of an example, Z[l](j, i), each by its own step. The loss of the
// example is one function of that number; its profile says, once for all those entries, how far the number may move
// without meeting a kink, how the central difference quotient over a move t departs from the derivative, and by how much
// the two together may be wrong:
//
//     (loss(t) - loss(-t)) / 2t = derivative + second t² + fourth t⁴ + ...     derivations/finite_differences.md
#pragma once

#include <vector>

#include "gradproof/checks/lane_forward.hpp"

namespace gradproof::checks {

struct ExampleProfile {
    double reach = 0;      ///< the farthest move; 0 if kinks (or losses that are not finite) leave no room for any
    double per_reach = 0;  ///< 1 / (2 reach)
    double second = 0;     ///< second reach²
    double fourth = 0;     ///< fourth reach⁴
    double slope = 0;      ///< the derivative itself, extrapolated
    double error_bar = 0;  ///< of `slope`, and of every corrected quotient with moves up to `reach`
    double unmoved = 0;    ///< the loss of the unchanged pass, evaluated the same way
};

/// The profile of example i when Z[l](j, i) or A[l](j, i), l < L, moves; `rounding` bounds the rounding error of its
/// loss.
ExampleProfile profile_of(const LaneForward& forward, const Row& row, Eigen::Index i, double rounding,
                          LaneForward::Workspace& workspace);

}  // namespace gradproof::checks
