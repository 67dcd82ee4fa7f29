// SPDX-License-Identifier: MIT
//
// The windows of convolution and pooling, for what backward code does with them one after the other.
#pragma once

#include "differences/layer_point.hpp"
#include "gradproof/pooling_windows.hpp"

namespace gradproof::diagnosis {

inline Eigen::Index whole_parameter(const AnyLayer& layer, std::string_view name) {
    return static_cast<Eigen::Index>(layer.facts().parameter(name));
}

/// Those of a pooling layer.
inline PoolingWindows pooling_windows(const AnyLayer& layer) {
    return {whole_parameter(layer, "size"), whole_parameter(layer, "stride")};
}

/// Calls act(i, h, w, p, q, row, column) for each window (h, w) of example i, one after the other, and each place
/// (p, q) of it that lies at a row and a column of the image and not in the padding. Precondition: a convolution.
template <class Do>
void for_each_place(const checks::LayerPoint& point, const Do& act) {
    const Eigen::Index stride = whole_parameter(point.layer, "stride");
    const Eigen::Index padding = whole_parameter(point.layer, "padding");
    const Eigen::Index dilation = whole_parameter(point.layer, "dilation");
    const Shape& A_prev = point.inputs[0].shape();
    const Shape& W = point.inputs[1].shape();
    const Shape& Z = point.d_outputs[0].shape();
    for (Eigen::Index i = 0; i < Z[0]; ++i)
        for (Eigen::Index h = 0; h < Z[1]; ++h)
            for (Eigen::Index w = 0; w < Z[2]; ++w)
                for (Eigen::Index p = 0; p < W[0]; ++p)
                    for (Eigen::Index q = 0; q < W[1]; ++q) {
                        const Eigen::Index row = h * stride + p * dilation - padding;
                        const Eigen::Index column = w * stride + q * dilation - padding;
                        if (row >= 0 && row < A_prev[1] && column >= 0 && column < A_prev[2])
                            act(i, h, w, p, q, row, column);
                    }
}

/// Each filter rotated by 180 degrees. Precondition: height x width x channels x filters.
Array<double> flipped(const Array<double>& W);

}  // namespace gradproof::diagnosis
