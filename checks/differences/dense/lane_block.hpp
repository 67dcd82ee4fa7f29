// SPDX-License-Identifier: MIT
//
// A layer's numbers for many moves of one example at once: a block holds `block_lanes` of them for each row.
// Activations and losses work on blocks. Those of the library have vectorised values; one that is new runs through its
// own formula, number by number, and gives the same.
#pragma once

#include <Eigen/Core>

#include "gradproof/activation_list.hpp"
#include "gradproof/loss_list.hpp"

namespace gradproof::checks {

inline constexpr Eigen::Index block_lanes = 32;

/// Row r of a layer is column r here, so that its lanes are contiguous.
using Block = Eigen::Matrix<double, block_lanes, Eigen::Dynamic>;
using BlockRow = Eigen::Array<double, block_lanes, 1>;

/// g(z) in place in the first `rows` rows.
void activate_block(const AnyActivation& activation, Block& z, Eigen::Index rows);

/// The losses of each lane, from the pre-activations of the output layer, which are overwritten; y holds the labels of
/// the one example. Canonical pairings take the stable form, as the library does.
void losses_of_block(const AnyActivation& activation, const AnyLoss& loss, Block& z, Eigen::Index rows, const double* y,
                     BlockRow& losses);

/// The losses of each lane, from predictions.
void losses_of_predictions(const AnyLoss& loss, const Block& a, Eigen::Index rows, const double* y, BlockRow& losses);

}  // namespace gradproof::checks
