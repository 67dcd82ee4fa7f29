// SPDX-License-Identifier: MIT
#include "differences/dense/lane_block.hpp"

#include <cmath>

#include "differences/dense/lanes.hpp"
#include "gradproof/pairing.hpp"

namespace gradproof::checks {
namespace {

Lanes lane_value(const Identity&, Lanes z) {
    return z;
}
Lanes lane_value(const Relu&, Lanes z) {
    return larger(z, Lanes{});
}
Lanes lane_value(const LeakyRelu&, Lanes z) {
    return z > 0.0 ? z : LeakyRelu::slope<double>() * z;
}
Lanes lane_value(const Tanh&, Lanes z) {
    return lane_tanh(z);
}
Lanes lane_value(const Sigmoid&, Lanes z) {
    return lane_sigmoid(z);
}
Lanes lane_value(const Softplus&, Lanes z) {
    return lane_softplus(z);
}
Lanes lane_value(const Exponential&, Lanes z) {
    return lane_exp(z);
}

Lanes lane_value_from_pre_activation(const SquaredError&, Lanes z, double y) {
    return 0.5 * (z - y) * (z - y);
}
Lanes lane_value_from_pre_activation(const BinaryCrossEntropy&, Lanes z, double y) {
    return lane_softplus(z) - y * z;
}
Lanes lane_value_from_pre_activation(const PoissonNegativeLogLikelihood&, Lanes z, double y) {
    return lane_exp(z) - y * z;
}

template <class G>
concept HasLaneValue = requires(const G& g, Lanes z) {
    lane_value(g, z);
};
template <class L>
concept HasLaneValueFromPreActivation = requires(const L& loss, Lanes z) {
    lane_value_from_pre_activation(loss, z, 0.0);
};

// Whether the vectorised form holds for these numbers: all are within the limit of the exponential, or none is taken of
// a number that could leave it.
template <class F>
bool vectorised_form_holds(const double* z, Eigen::Index size) {
    if constexpr (std::same_as<F, Identity> || std::same_as<F, Relu> || std::same_as<F, LeakyRelu> ||
                  std::same_as<F, Tanh> || std::same_as<F, SquaredError>) {
        return true;
    } else {
        LaneBits outside{};
        for (Eigen::Index n = 0; n < size; n += Eigen::Index{lane_width})
            outside |= ~(absolute(load(z + n)) <= exponent_limit);
        return !any(outside);
    }
}

template <class G>
void activate_in_place(const G& g, Block& z, Eigen::Index rows) {
    double* const begin = z.data();
    const Eigen::Index size = rows * block_lanes;
    if constexpr (HasLaneValue<G>) {
        if (vectorised_form_holds<G>(begin, size)) {
            for (Eigen::Index n = 0; n < size; n += Eigen::Index{lane_width})
                store(begin + n, lane_value(g, load(begin + n)));
            return;
        }
    }
    if constexpr (ElementwiseActivation<G>) {
        for (Eigen::Index n = 0; n < size; ++n) begin[n] = g.value(begin[n]);
    } else {
        for (Eigen::Index lane = 0; lane < block_lanes; ++lane)
            z.row(lane).head(rows) = g.value(Vector<double>(z.row(lane).head(rows))).transpose();
    }
}

// Takes the largest z of each lane from its column; returns the sum of the exponentials of what is left, and leaves
// those in `exponentials` if it is given.
BlockRow shift_and_sum(Block& z, Eigen::Index rows, bool keep_exponentials) {
    BlockRow sum;
    for (Eigen::Index lane = 0; lane < block_lanes; lane += Eigen::Index{lane_width}) {
        const auto at = [&](Eigen::Index r) { return z.data() + r * block_lanes + lane; };
        Lanes largest = load(at(0));
        for (Eigen::Index r = 1; r < rows; ++r) largest = larger(load(at(r)), largest);
        Lanes total{};
        for (Eigen::Index r = 0; r < rows; ++r) {
            const Lanes shifted = load(at(r)) - largest;
            const Lanes exponential = lane_exp(shifted);
            total += exponential;
            store(at(r), keep_exponentials ? exponential : shifted);
        }
        store(sum.data() + lane, total);
    }
    return sum;
}

// Differences of two numbers within half the limit are within the limit.
bool differences_within_limit(const Block& z, Eigen::Index rows) {
    LaneBits outside{};
    for (Eigen::Index n = 0; n < rows * block_lanes; n += Eigen::Index{lane_width})
        outside |= ~(absolute(load(z.data() + n)) <= exponent_limit / 2);
    return !any(outside);
}

void activate_in_place(const Softmax& g, Block& z, Eigen::Index rows) {
    if (!differences_within_limit(z, rows)) return activate_in_place<Softmax>(g, z, rows);
    const BlockRow sum = shift_and_sum(z, rows, true);
    for (Eigen::Index r = 0; r < rows; ++r) z.col(r).array() /= sum;
}

template <class L>
void sum_values(const L& loss, const Block& a, Eigen::Index rows, const double* y, BlockRow& losses) {
    losses.setZero();
    for (Eigen::Index r = 0; r < rows; ++r)
        for (Eigen::Index lane = 0; lane < block_lanes; ++lane) losses(lane) += loss.value(a(lane, r), y[r]);
}

template <class L>
void sum_values_from_pre_activations(const L& loss, const Block& z, Eigen::Index rows, const double* y,
                                     BlockRow& losses) {
    losses.setZero();
    if constexpr (HasLaneValueFromPreActivation<L>) {
        if (vectorised_form_holds<L>(z.data(), rows * block_lanes)) {
            for (Eigen::Index r = 0; r < rows; ++r)
                for (Eigen::Index lane = 0; lane < block_lanes; lane += Eigen::Index{lane_width}) {
                    const Lanes value =
                        lane_value_from_pre_activation(loss, load(z.data() + r * block_lanes + lane), y[r]);
                    store(losses.data() + lane, load(losses.data() + lane) + value);
                }
            return;
        }
    }
    for (Eigen::Index r = 0; r < rows; ++r)
        for (Eigen::Index lane = 0; lane < block_lanes; ++lane)
            losses(lane) += loss.value_from_pre_activation(z(lane, r), y[r]);
}

template <class L>
void sum_values_from_columns(const L& loss, Block& z, Eigen::Index rows, const double* y, BlockRow& losses) {
    const Vector<double> labels = Eigen::Map<const Vector<double>>(y, rows);
    for (Eigen::Index lane = 0; lane < block_lanes; ++lane)
        losses(lane) = loss.value_from_pre_activation(Vector<double>(z.row(lane).head(rows)), labels);
}

void sum_values_from_columns(const CategoricalCrossEntropy& loss, Block& z, Eigen::Index rows, const double* y,
                             BlockRow& losses) {
    if (!differences_within_limit(z, rows))
        return sum_values_from_columns<CategoricalCrossEntropy>(loss, z, rows, y, losses);
    const BlockRow log_sum = shift_and_sum(z, rows, false).unaryExpr([](double sum) { return std::log(sum); });
    losses.setZero();
    for (Eigen::Index r = 0; r < rows; ++r) losses += y[r] * (log_sum - z.col(r).array());
}

}  // namespace

void activate_block(const AnyActivation& activation, Block& z, Eigen::Index rows) {
    std::visit([&](const auto& g) { activate_in_place(g, z, rows); }, activation);
}

void losses_of_block(const AnyActivation& activation, const AnyLoss& loss, Block& z, Eigen::Index rows, const double* y,
                     BlockRow& losses) {
    std::visit(
        [&]<class G, class L>(const G& g, const L& l) {
            if constexpr (is_canonical<G, L> && VectorActivation<G>) {
                sum_values_from_columns(l, z, rows, y, losses);
            } else if constexpr (is_canonical<G, L>) {
                sum_values_from_pre_activations(l, z, rows, y, losses);
            } else {
                activate_in_place(g, z, rows);
                sum_values(l, z, rows, y, losses);
            }
        },
        activation, loss);
}

void losses_of_predictions(const AnyLoss& loss, const Block& a, Eigen::Index rows, const double* y, BlockRow& losses) {
    std::visit([&](const auto& l) { sum_values(l, a, rows, y, losses); }, loss);
}

}  // namespace gradproof::checks
