// SPDX-License-Identifier: MIT
#include "diagnosis/layers/array_agreement.hpp"

#include <algorithm>

#include "diagnosis/layers/layer_submission.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr double agreement_of_double = 1e-9;
constexpr double agreement_of_float32 = 1e-5;
// A right sum in float32 may be off by a few last places of the largest entry beside it.
constexpr double roundings_of_float32 = 16;

}  // namespace

double agreement_of(bool is_float32) {
    return is_float32 ? agreement_of_float32 : agreement_of_double;
}

double largest_of(const Array<double>& array) {
    return array.size() == 0 || !array.values().allFinite() ? 0 : array.values().cwiseAbs().maxCoeff();
}

bool agree(const Array<double>& a, const Array<double>& b, double scale, double share) {
    if (a.shape() != b.shape() || !a.values().allFinite() || !b.values().allFinite()) return false;
    if (a.size() == 0) return true;
    return (a.values() - b.values()).cwiseAbs().maxCoeff() <= share * std::max({scale, largest_of(a), largest_of(b)});
}

Eigen::MatrixXd as_rows(const Array<double>& array) {
    const Eigen::Index rows = array.shape().empty() ? 1 : array.dim(0);
    return array.values().reshaped<Eigen::RowMajor>(rows, array.size() / std::max<Eigen::Index>(rows, 1));
}

checks::JacobianOptions options_for(const Array<double>& given, bool is_float32) {
    if (!is_float32) return {};
    return {.required_digits = required_digits_of_float32,
            .rounding = Eigen::VectorXd::Constant(given.size(), roundings_of_float32 * 0x1p-24 * largest_of(given))};
}

}  // namespace gradproof::diagnosis
