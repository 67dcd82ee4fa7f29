// SPDX-License-Identifier: MIT
#pragma once

#include "differences/dense/entry_sums.hpp"
#include "differences/dense/moved_layer.hpp"
#include "differences/dense/unit_profile.hpp"

namespace gradproof::checks {

/// Adds to `sums` what example i contributes when kinks leave no room for the profile's steps: the careful stencil for
/// each entry, three steps to either side, with shorter ones for the entries that still meet a kink. Entry n moves
/// Z[l](j, i) by `move(n)` times its own step; one that does not move adds nothing, one that finds no room an infinite
/// bar. `slopes`, if given, are those of an example with units on a kink.
void add_near_kink(const MovedLayer& layer, Eigen::Index j, Eigen::Index i, const ExampleProfile& profile,
                   const KinkSlopes* slopes, const EntryLanes& move, LaneForward::Workspace& workspace,
                   EntrySums& sums);

}  // namespace gradproof::checks
