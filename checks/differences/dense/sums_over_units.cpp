// SPDX-License-Identifier: MIT
#include "differences/dense/sums_over_units.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "differences/network/roundoff.hpp"

namespace gradproof::checks {

SumsOverUnits::SumsOverUnits(const Matrix<double>& W, const TensorEstimate& dZ)
    : W_(&W),
      values_(dZ.rows, dZ.columns),
      error_bars_(dZ.rows, dZ.columns),
      scales_(dZ.rows, dZ.columns),
      methods_(static_cast<std::size_t>(dZ.columns), Method::central_difference) {
    for (Eigen::Index i = 0; i < dZ.columns; ++i)
        for (Eigen::Index j = 0; j < dZ.rows; ++j) {
            const Estimate& unit = dZ(j, i);
            values_(j, i) = unit.value;
            error_bars_(j, i) = unit.is_at_kink() ? std::numeric_limits<double>::infinity() : unit.error_bar;
            scales_(j, i) = unit.scale;
            Method& method = methods_[static_cast<std::size_t>(i)];
            method = std::max(method, unit.method);
        }
}

// Whether a motion of A[l - 1](k, i) moves the loss, or may do so.
bool SumsOverUnits::moves(Eigen::Index k, Eigen::Index i) const {
    for (Eigen::Index j = 0; j < W_->rows(); ++j)
        if ((*W_)(j, k) != 0 && (scales_(j, i) != 0 || error_bars_(j, i) != 0)) return true;
    return false;
}

std::vector<Estimate> SumsOverUnits::of_row(Eigen::Index k, Eigen::Index first, Eigen::Index count) const {
    const Vector<double> weights = W_->col(k);
    const Vector<double> sizes = weights.cwiseAbs();
    const Vector<double> values = values_.middleCols(first, count).transpose() * weights;
    const Vector<double> error_bars = error_bars_.middleCols(first, count).transpose() * sizes;
    const Vector<double> scales = scales_.middleCols(first, count).transpose() * sizes;
    const double rounding = roundings_of_sum_of_products<double>(weights.size()) * unit_roundoff<double>();
    const double of_small_terms = static_cast<double>(weights.size()) * smallest_number<double>;
    std::vector<Estimate> estimates(static_cast<std::size_t>(count));
    for (Eigen::Index n = 0; n < count; ++n) {
        // A weight of 0 times an infinite bar is not a number either.
        const bool is_known = std::isfinite(values(n)) && std::isfinite(error_bars(n));
        Estimate& estimate = estimates[static_cast<std::size_t>(n)];
        if (is_known && scales(n) == 0 && !moves(k, first + n)) continue;
        const double error_bar = error_bars(n) + rounding * scales(n) + of_small_terms;
        estimate = smooth_estimate(values(n), is_known ? error_bar : std::numeric_limits<double>::infinity(),
                                   std::abs(values(n)), methods_[static_cast<std::size_t>(first + n)]);
    }
    return estimates;
}

}  // namespace gradproof::checks
