// SPDX-License-Identifier: MIT
#include "differences/dense/spot_check.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index fewest_moved = 4;
constexpr Eigen::Index most_moved = 16;
constexpr double golden_ratio = 0.61803398874989485;  // whose multiples, modulo 1, spread evenly

// Operations that one move of a pre-activation of layer l takes behind it, an activation counted as so many.
double operations_behind(const Network<double>& network, std::size_t l) {
    constexpr double an_activation = 16;
    double operations = an_activation;
    for (std::size_t behind = l + 1; behind <= network.depth(); ++behind) {
        const auto& W = network.layer(behind).dense.W;
        const auto products = static_cast<double>(behind == l + 1 ? W.rows() : W.size());
        operations += products + an_activation * static_cast<double>(W.rows());
    }
    return operations;
}

// So many of `all` numbers from 0 on, in ascending order; each of them, if there are no more.
std::vector<Eigen::Index> spread_over(Eigen::Index all, Eigen::Index count) {
    std::vector<Eigen::Index> chosen;
    for (Eigen::Index n = 0; n < std::min(all, count); ++n) {
        const double place = static_cast<double>(n + 1) * golden_ratio;
        chosen.push_back(
            all <= count ? n : static_cast<Eigen::Index>((place - std::floor(place)) * static_cast<double>(all)));
    }
    std::sort(chosen.begin(), chosen.end());
    return chosen;
}

// One unit of a layer by itself.
DenseWithActivation<double> unit_of(const DenseWithActivation<double>& layer, Eigen::Index j) {
    return {{layer.dense.W.row(j), layer.dense.b.segment(j, 1)}, layer.activation};
}

}  // namespace

std::vector<WeightEntry> entries_to_move(const Network<double>& network, std::size_t l) {
    const Matrix<double>& W = network.layer(l).dense.W;
    const Eigen::Index columns = W.cols() + 1;
    const Eigen::Index all = W.rows() * columns;
    const double behind = operations_behind(network, l);
    const double affordable = static_cast<double>(W.rows()) * behind / (static_cast<double>(columns) + behind);
    const auto count = static_cast<Eigen::Index>(
        std::clamp(affordable, static_cast<double>(fewest_moved), static_cast<double>(most_moved)));
    std::vector<WeightEntry> entries;
    for (const Eigen::Index at : spread_over(all, count)) entries.push_back({at / columns, at % columns});
    return entries;
}

std::vector<ActivationEntry> activations_to_move(Eigen::Index units, Eigen::Index m) {
    std::vector<ActivationEntry> entries;
    for (const Eigen::Index at : spread_over(units * m, most_moved)) entries.push_back({at / m, at % m});
    return entries;
}

Estimate differentiate_entry(const LayerDifferences& layer, const WeightEntry& entry, const RowDerivatives& row) {
    const RowDifferences<double>& differences = layer.differences();
    const RowProbe<double>& probe = *differences.probe;
    const Matrix<double>& A_prev = probe.A(differences.l - 1);
    const DenseWithActivation<double> unmoved = unit_of(probe.network->layer(differences.l), entry.j);
    const bool is_bias = entry.k == A_prev.rows();
    const Eigen::Index m = A_prev.cols();
    const double largest = is_bias ? 1 : A_prev.row(entry.k).cwiseAbs().maxCoeff();
    if (largest == 0) return Estimate{};

    const auto losses_at = [&](double t, std::vector<Crossing>* crossings) {
        DenseWithActivation<double> unit = unmoved;
        (is_bias ? unit.dense.b(0) : unit.dense.W(0, entry.k)) += t;
        const Matrix<double> change = unit.dense.forward(A_prev) - probe.cache.Z[differences.l].row(entry.j);
        return losses_of_row(probe, differences.row(entry.j), change, crossings);
    };
    // The row of Z[l] is a sum of its own in every evaluation.
    Matrix<double> of_row = unmoved.dense.W.cwiseAbs().lazyProduct(A_prev.cwiseAbs());  // no copy of X
    of_row.array() += std::abs(unmoved.dense.b(0));
    of_row *= 2 * roundings_of_sum_of_products<double>(A_prev.rows()) * unit_roundoff<double>();
    UnmovedLosses<double> losses{.losses = losses_at(0, nullptr),
                                 .rounding = differences.unmoved.rounding,
                                 .rounding_grows = differences.unmoved.rounding_grows};
    for (Eigen::Index i = 0; i < m; ++i)
        losses.rounding(0, i) += of_row(0, i) * row.estimates[static_cast<std::size_t>(i)].scale;

    Examples all(static_cast<std::size_t>(m));
    std::iota(all.begin(), all.end(), Eigen::Index{0});
    const auto moved_losses = [&](const Examples& some, const Matrix<double>& lengths) -> MovedLosses<double> {
        return [&losses_at, some, length = lengths(0, 0)](double t, std::vector<Crossing>& crossings) {
            std::vector<Crossing> of_all;
            const Matrix<double> moved = losses_at(t * length, &of_all);
            for (const Eigen::Index i : some) crossings.push_back(of_all[static_cast<std::size_t>(i)]);
            return Matrix<double>(moved(Eigen::all, some));
        };
    };
    const auto is_enough = [&](const Estimate& estimate) { return is_narrow(estimate); };
    const LossDerivatives found = differentiate_losses<double>(
        fewest_steps, all, Matrix<double>::Constant(1, m, 1 / largest), losses, moved_losses, is_enough);
    Estimate mean{};
    for (const Estimate& of_example : found.estimates) {
        mean.value += of_example.value / static_cast<double>(m);
        mean.from_below += of_example.from_below / static_cast<double>(m);
        mean.from_above += of_example.from_above / static_cast<double>(m);
        mean.error_bar += of_example.error_bar / static_cast<double>(m);
        mean.scale += of_example.scale / static_cast<double>(m);
    }
    mean.error_bar += rounding_of_sum(static_cast<double>(m)) * mean.scale;
    return mean;
}

double contradiction(const Estimate& a, const Estimate& b) {
    const double allowed = a.error_bar + b.error_bar;
    const double apart = std::max(std::abs(a.lower() - b.lower()), std::abs(a.upper() - b.upper()));
    const double scale = std::max(a.scale, b.scale);
    return apart > allowed && scale > 0 ? (apart - allowed) / scale : 0;
}

void widen(TensorEstimate& estimates, double share) {
    if (!(share > 0)) return;
    const bool hides_digits = share > 0.5 * std::pow(10.0, -default_required_digits);
    for (Estimate& estimate : estimates.entries)
        estimate.error_bar += hides_digits ? std::numeric_limits<double>::infinity() : share * estimate.scale;
}

}  // namespace gradproof::checks
