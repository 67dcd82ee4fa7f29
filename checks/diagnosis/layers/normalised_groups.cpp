// SPDX-License-Identifier: MIT
#include "diagnosis/layers/normalised_groups.hpp"

#include <cmath>

#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/rms_norm.hpp"

namespace gradproof::diagnosis {

double NormalisedGroup::scale() const {
    return 1 / std::sqrt(variance + eps);
}

Arrays<double> with_dx_of_groups(const checks::LayerPoint& point,
                                 const std::function<Vector<double>(const NormalisedGroup&)>& dx_of) {
    const bool are_columns = point.layer.is<BatchNorm>();
    const bool is_centred = !point.layer.is<RmsNorm>();
    // A group in each column.
    const auto in_columns = [&](const Array<double>& array) -> Matrix<double> {
        return are_columns ? as_matrix(array) : Matrix<double>(as_matrix(array).transpose());
    };
    const Matrix<double> x = in_columns(point.inputs[0]);
    const Matrix<double> dy = in_columns(point.d_outputs[0]);
    const Vector<double>& gamma = point.inputs[1].values();
    Matrix<double> dx(x.rows(), x.cols());
    for (Eigen::Index n = 0; n < x.cols(); ++n) {
        const Vector<double> centred = x.col(n).array() - (is_centred ? x.col(n).mean() : 0);
        NormalisedGroup group{
            .x_hat = centred,
            .dy = dy.col(n),
            .gamma = are_columns ? Vector<double>(Vector<double>::Constant(x.rows(), gamma(n))) : gamma,
            .variance = 0,
            .eps = point.layer.facts().parameter("eps"),
            .degrees = static_cast<double>(x.rows()) - (are_columns ? point.layer.facts().parameter("ddof") : 0),
            .is_centred = is_centred};
        group.variance = centred.squaredNorm() / group.degrees;
        group.x_hat *= group.scale();
        dx.col(n) = dx_of(group);
    }
    Arrays<double> derivatives = point.pulled_back();
    derivatives[0] = as_array(are_columns ? dx : Matrix<double>(dx.transpose()), point.inputs[0].shape());
    return derivatives;
}

}  // namespace gradproof::diagnosis
