// SPDX-License-Identifier: MIT
#include "diagnosis/ties.hpp"

#include "differences/network/estimate_sums.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Estimate;
using checks::TensorEstimate;

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
            entry = checks::sum_of(entry, matching(tied, turned, row, column));
        });
    for (const auto& [l, of, is_transposed] : ties)
        each_entry(estimates.dW[l], [&shared = estimates.dW[of], turned = is_transposed](
                                        Estimate& entry, Eigen::Index row, Eigen::Index column) {
            entry = matching(shared, turned, row, column);
        });
}

}  // namespace gradproof::diagnosis
