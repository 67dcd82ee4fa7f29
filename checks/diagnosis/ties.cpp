// SPDX-License-Identifier: MIT
#include "diagnosis/ties.hpp"

#include <algorithm>
#include <limits>
#include <memory>

namespace gradproof::diagnosis {
namespace {

using checks::Estimate;
using checks::KinkConventions;
using checks::TensorEstimate;

std::shared_ptr<const KinkConventions> sum_of_conventions(const Estimate& a, const Estimate& b) {
    if (!a.conventions && !b.conventions) return nullptr;
    if (!a.conventions) return std::make_shared<KinkConventions>(b.conventions->shifted_by(a.value));
    if (!b.conventions) return std::make_shared<KinkConventions>(a.conventions->shifted_by(b.value));
    const KinkConventions& x = *a.conventions;
    const KinkConventions& y = *b.conventions;
    KinkConventions sum{.values = {},
                        .declared = x.declared + y.declared,
                        .lower = x.lower + y.lower,
                        .upper = x.upper + y.upper,
                        .is_interpolated = false};
    for (const double c : {0.0, 0.5, 1.0}) sum.values.push_back(x.at(c) + y.at(c));
    return std::make_shared<KinkConventions>(std::move(sum));
}

Estimate sum_of(const Estimate& a, const Estimate& b) {
    return {.value = a.value + b.value,
            .error_bar = a.error_bar + b.error_bar,
            .scale = a.scale + b.scale,
            .from_below = a.from_below + b.from_below,
            .from_above = a.from_above + b.from_above,
            // The sum itself rounds once more, in anybody's program.
            .rounding = a.rounding + b.rounding + std::numeric_limits<double>::epsilon() * (a.scale + b.scale),
            .method = std::max(a.method, b.method),
            .movement = a.movement + b.movement,
            .conventions = sum_of_conventions(a, b)};
}

// The entry of one tied tensor at the place of the other's (row, column).
const Estimate& matching(const TensorEstimate& other, bool is_transposed, Eigen::Index row, Eigen::Index column) {
    return is_transposed ? other(column, row) : other(row, column);
}

Matrix<double> matching(const Matrix<double>& other, bool is_transposed) {
    return is_transposed ? Matrix<double>(other.transpose()) : other;
}

}  // namespace

void add_up(Gradients<double>& gradients, const std::vector<Tie>& ties) {
    for (const auto& [l, of, is_transposed] : ties) gradients.dW[of] += matching(gradients.dW[l], is_transposed);
    for (const auto& [l, of, is_transposed] : ties) gradients.dW[l] = matching(gradients.dW[of], is_transposed);
}

void add_up(checks::NetworkEstimates& estimates, const std::vector<Tie>& ties) {
    const auto each_entry = [](TensorEstimate& tensor, const auto& change) {
        for (Eigen::Index column = 0; column < tensor.columns; ++column)
            for (Eigen::Index row = 0; row < tensor.rows; ++row) change(tensor(row, column), row, column);
    };
    for (const auto& [l, of, is_transposed] : ties)
        each_entry(estimates.dW[of], [&, &tied = estimates.dW[l], turned = is_transposed](
                                         Estimate& entry, Eigen::Index row, Eigen::Index column) {
            entry = sum_of(entry, matching(tied, turned, row, column));
        });
    for (const auto& [l, of, is_transposed] : ties)
        each_entry(estimates.dW[l], [&shared = estimates.dW[of], turned = is_transposed](
                                        Estimate& entry, Eigen::Index row, Eigen::Index column) {
            entry = matching(shared, turned, row, column);
        });
}

}  // namespace gradproof::diagnosis
