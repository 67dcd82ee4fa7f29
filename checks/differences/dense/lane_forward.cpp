// SPDX-License-Identifier: MIT
#include "differences/dense/lane_forward.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "differences/dense/lanes.hpp"

namespace gradproof::checks {
namespace {

// The tile of a product that stays in registers: so many rows by so many vectors of lanes.
constexpr Eigen::Index tile_rows = 4;
constexpr std::size_t tile_vectors = lane_width == 8 ? 4 : 2;

// `rows` rows of b + W in, from row `first` on.
template <Eigen::Index rows>
void product_of_rows(const Matrix<double>& W, const Vector<double>& b, const Block& in, Eigen::Index first,
                     Block& out) {
    constexpr auto lanes_a_tile = static_cast<Eigen::Index>(tile_vectors * lane_width);
    for (Eigen::Index lane = 0; lane < block_lanes; lane += lanes_a_tile) {
        Lanes sum[rows][tile_vectors];
        for (Eigen::Index r = 0; r < rows; ++r)
            for (std::size_t v = 0; v < tile_vectors; ++v) sum[r][v] = broadcast(b(first + r));
        for (Eigen::Index c = 0; c < W.cols(); ++c) {
            const double* const weights = W.data() + c * W.rows() + first;
            const double* const a = in.data() + c * block_lanes + lane;
            Lanes operand[tile_vectors];
            for (std::size_t v = 0; v < tile_vectors; ++v) operand[v] = load(a + v * lane_width);
            for (Eigen::Index r = 0; r < rows; ++r)
                for (std::size_t v = 0; v < tile_vectors; ++v) sum[r][v] += weights[r] * operand[v];
        }
        for (Eigen::Index r = 0; r < rows; ++r)
            for (std::size_t v = 0; v < tile_vectors; ++v)
                store(out.data() + (first + r) * block_lanes + lane + v * lane_width, sum[r][v]);
    }
}

// out = b + W in, a small product: Eigen's own, made for large ones, packs its operands first.
void product(const Matrix<double>& W, const Vector<double>& b, const Block& in, Block& out) {
    Eigen::Index r = 0;
    for (; r + tile_rows <= W.rows(); r += tile_rows) product_of_rows<tile_rows>(W, b, in, r, out);
    switch (W.rows() - r) {
        case 3:
            return product_of_rows<3>(W, b, in, r, out);
        case 2:
            return product_of_rows<2>(W, b, in, r, out);
        case 1:
            return product_of_rows<1>(W, b, in, r, out);
        default:
            return;
    }
}

bool does_not_move(const Dual<double>& number) {
    return number.derivative == 0 && number.magnitude == 0;
}

// Whether A does not move with Z: then nothing behind it does. An elementwise activation only.
bool is_flat_at(const AnyActivation& activation, double z) {
    return std::visit(
        [z]<class G>(const G& g) {
            if constexpr (ElementwiseActivation<G>) {
                return does_not_move(g.value(Dual<double>(z, 1)));
            } else {
                return false;
            }
        },
        activation);
}

Eigen::Index most_rows(const RowProbe<double>& probe) {
    Eigen::Index rows = 0;
    for (const auto& layer : probe.network->layers) rows = std::max(rows, layer.W.rows());
    return rows;
}

}  // namespace

LaneForward::LaneForward(const RowProbe<double>& probe)
    : probe_(&probe), dual_network_{.layers = {}, .loss = probe.network->loss, .lambda = {}} {
    for (const auto& layer : probe.network->layers)
        dual_network_.layers.push_back(
            {dual_network_.layers.empty() ? Matrix<Dual<double>>() : Matrix<Dual<double>>(layer.W.cast<Dual<double>>()),
             layer.b.cast<Dual<double>>(), layer.activation});
}

double LaneForward::length_of(const Row& row) const {
    return row.of == Row::Of::pre_activation ? 1 : length_of_activation(*probe_->network, row.l, row.j);
}

bool LaneForward::is_dead(const Row& row, Eigen::Index i) const {
    if (row.of == Row::Of::pre_activation) return is_dead_Z(row.l, row.j, i);
    const auto weights = probe_->network->layer(row.l + 1).W.col(row.j);
    for (Eigen::Index r = 0; r < weights.size(); ++r)
        if (weights(r) != 0 && !is_dead_Z(row.l + 1, r, i)) return false;
    return true;
}

bool LaneForward::is_dead_Z(std::size_t l, Eigen::Index j, Eigen::Index i) const {
    using Number = Dual<double>;
    if (l < probe_->network->depth() && is_flat_at(probe_->network->layer(l).activation, probe_->cache.Z[l](j, i)))
        return true;
    Cache<Number> cache;
    const auto cast = [i](const std::vector<Matrix<double>>& from, std::vector<Matrix<Number>>& to) {
        to.emplace_back();
        for (std::size_t behind = 1; behind < from.size(); ++behind) to.push_back(from[behind].col(i).cast<Number>());
    };
    cast(probe_->cache.Z, cache.Z);
    cast(probe_->cache.A, cache.A);
    const RowProbe<Number> probe(dual_network_, std::move(cache), probe_->Y.col(i).cast<Number>(), {});
    return does_not_move(probe.losses_with_Z(l, j, Matrix<Number>::Constant(1, 1, Number(0, 1)))(0, 0));
}

LaneForward::Workspace::Workspace(const LaneForward& forward)
    : z(block_lanes, most_rows(*forward.probe_)), next(block_lanes, most_rows(*forward.probe_)) {}

void LaneForward::losses_with_Z(std::size_t l, Eigen::Index j, Eigen::Index i, const BlockRow& changes,
                                Workspace& workspace, BlockRow& losses, BlockCrossings* crossings, double guard) const {
    const Network<double>& network = *probe_->network;
    const Matrix<double>& Z = probe_->cache.Z[l];
    const bool moves_one_row_of_A = is_elementwise(network.layer(l).activation);
    if (l == network.depth() || !moves_one_row_of_A) {
        for (Eigen::Index r = 0; r < Z.rows(); ++r) workspace.z.col(r).setConstant(Z(r, i));
        workspace.z.col(j) = Z(j, i) + changes;
        return losses_from(l, i, workspace, losses, crossings, guard);
    }
    workspace.z.col(0) = Z(j, i) + changes;
    if (crossings) compare_with_kinks(l, j, i, workspace.z.col(0), *crossings, guard);
    activate_block(network.layer(l).activation, workspace.z, 1);
    const Matrix<double>& W = network.layer(l + 1).W;
    const double before = probe_->cache.A[l](j, i);
    for (Eigen::Index r = 0; r < W.rows(); ++r) {
        const double rest = probe_->cache.Z[l + 1](r, i) - W(r, j) * before;
        for (Eigen::Index lane = 0; lane < block_lanes; lane += Eigen::Index{lane_width})
            store(workspace.next.data() + r * block_lanes + lane, rest + W(r, j) * load(workspace.z.data() + lane));
    }
    std::swap(workspace.z, workspace.next);
    losses_from(l + 1, i, workspace, losses, crossings, guard);
}

void LaneForward::losses_with_A(std::size_t l, const BlockIndices& rows, Eigen::Index i, const BlockRow& changes,
                                Workspace& workspace, BlockRow& losses, BlockCrossings* crossings, double guard) const {
    const Matrix<double>& W = probe_->network->layer(l + 1).W;
    if (crossings) crossings->fill(Crossing::none);
    for (Eigen::Index lane = 0; lane < block_lanes; ++lane) {
        const double* const weights = W.col(rows[static_cast<std::size_t>(lane)]).data();
        for (Eigen::Index r = 0; r < W.rows(); ++r)
            workspace.z(lane, r) = probe_->cache.Z[l + 1](r, i) + weights[r] * changes(lane);
    }
    losses_from(l + 1, i, workspace, losses, crossings, guard);
}

void LaneForward::losses_at(const Row& row, Eigen::Index i, const BlockRow& changes, Workspace& workspace,
                            BlockRow& losses, BlockCrossings* crossings, double guard) const {
    if (row.of == Row::Of::pre_activation) {
        if (crossings) crossings->fill(Crossing::none);
        losses_with_Z(row.l, row.j, i, changes, workspace, losses, crossings, guard);
    } else {
        BlockIndices rows;
        rows.fill(row.j);
        losses_with_A(row.l, rows, i, changes, workspace, losses, crossings, guard);
    }
}

void LaneForward::losses_from(std::size_t l, Eigen::Index i, Workspace& workspace, BlockRow& losses,
                              BlockCrossings* crossings, double guard) const {
    const Network<double>& network = *probe_->network;
    while (true) {
        const Layer<double>& layer = network.layer(l);
        if (crossings)
            for (Eigen::Index r = 0; r < layer.W.rows(); ++r)
                compare_with_kinks(l, r, i, workspace.z.col(r), *crossings, guard);
        if (l == network.depth()) break;
        activate_block(layer.activation, workspace.z, layer.W.rows());
        ++l;
        product(network.layer(l).W, network.layer(l).b, workspace.z, workspace.next);
        std::swap(workspace.z, workspace.next);
    }
    const auto& last = network.layers.back();
    losses_of_block(last.activation, network.loss, workspace.z, last.W.rows(), probe_->Y.col(i).data(), losses);
}

void LaneForward::compare_with_kinks(std::size_t l, Eigen::Index r, Eigen::Index i, const BlockRow& z,
                                     BlockCrossings& crossings, double guard) const {
    for (const double kink : probe_->kinks[l]) {
        const double before = probe_->cache.Z[l](r, i);
        const double margin = probe_->margins[l](r, i);
        if (std::abs(before - kink) > margin) {  // crossing_of off a kink, for all lanes at once
            const double side = before < kink ? -1 : 1;
            for (std::size_t lane = 0; lane < crossings.size(); ++lane) {
                const double after = before + guard * (z(static_cast<Eigen::Index>(lane)) - before);
                crossings[lane] = side * (after - kink) > 0 ? crossings[lane] : Crossing::crossed;
            }
        } else {
            for (std::size_t lane = 0; lane < crossings.size(); ++lane)
                merge(
                    crossings[lane],
                    crossing_of(before, before + guard * (z(static_cast<Eigen::Index>(lane)) - before), kink, margin));
        }
    }
}

}  // namespace gradproof::checks
