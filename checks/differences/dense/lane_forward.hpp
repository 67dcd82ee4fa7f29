// SPDX-License-Identifier: MIT
//
// The fast twin of RowProbe: for one example at a time, the losses of `block_lanes` different moves of one row of Z[l].
// The next layer answers to a moved row by a rank-one change, the layers behind it are small products on whole blocks.
// It is a forward pass like RowProbe's, tested equal to it to the last digits. derivations/finite_differences.md
// (incremental)
#pragma once

#include <array>

#include "differences/dense/lane_block.hpp"
#include "differences/network/network_probe.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {

/// What a kink did to each lane.
using BlockCrossings = std::array<Crossing, static_cast<std::size_t>(block_lanes)>;

/// An index for each lane.
using BlockIndices = std::array<Eigen::Index, static_cast<std::size_t>(block_lanes)>;

class LaneForward {
  public:
    /// Memory for one thread.
    struct Workspace {
        Block z;
        Block next;
        explicit Workspace(const LaneForward& forward);
    };

    /// The probe must outlive this.
    explicit LaneForward(const RowProbe<double>& probe);

    /// The losses of example i with Z[l](j, i) or A[l](j, i), l < L, changed by each of `changes`. `crossings`, if
    /// given, says of each lane whether a kink lies between it and the unchanged pass, every movement of a
    /// pre-activation taken `guard` times as large as it is.
    void losses_at(const Row& row, Eigen::Index i, const BlockRow& changes, Workspace& workspace, BlockRow& losses,
                   BlockCrossings* crossings = nullptr, double guard = 1) const;

    /// The same with the row of A[l] chosen for each lane.
    void losses_with_A(std::size_t l, const BlockIndices& rows, Eigen::Index i, const BlockRow& changes,
                       Workspace& workspace, BlockRow& losses, BlockCrossings* crossings = nullptr,
                       double guard = 1) const;

    /// How far the row may move while the pre-activations that move with it move by at most 1.
    double length_of(const Row& row) const;

    /// Whether nothing behind Z[l](j, i) or A[l](j, i) moves with it: its derivative is 0, not just too small to see.
    /// Told by dual numbers, since differences cannot tell.
    bool is_dead(const Row& row, Eigen::Index i) const;

  private:
    bool is_dead_Z(std::size_t l, Eigen::Index j, Eigen::Index i) const;
    void losses_with_Z(std::size_t l, Eigen::Index j, Eigen::Index i, const BlockRow& changes, Workspace& workspace,
                       BlockRow& losses, BlockCrossings* crossings, double guard) const;
    void losses_from(std::size_t l, Eigen::Index i, Workspace& workspace, BlockRow& losses, BlockCrossings* crossings,
                     double guard) const;
    void compare_with_kinks(std::size_t l, Eigen::Index r, Eigen::Index i, const BlockRow& z, BlockCrossings& crossings,
                            double guard) const;

    const RowProbe<double>* probe_;
    Network<Dual<double>> dual_network_;  // without the weights of layer 1, which no pre-activation moves
};

}  // namespace gradproof::checks
