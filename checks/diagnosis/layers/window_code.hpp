// SPDX-License-Identifier: MIT
//
// The windows of convolution and pooling, for what backward code does with them one after the other.
#pragma once

#include <utility>

#include "differences/layer_point.hpp"
#include "gradproof/convolution_axis.hpp"
#include "gradproof/pooling_windows.hpp"

namespace gradproof::diagnosis {

inline Eigen::Index whole_parameter(const AnyLayer& layer, std::string_view name) {
    return static_cast<Eigen::Index>(layer.facts().parameter(name));
}

/// Those of a pooling layer.
inline PoolingWindows pooling_windows(const AnyLayer& layer) {
    return {whole_parameter(layer, "size"), whole_parameter(layer, "stride")};
}

/// A number of a window on its way: the window's place in Z, its own place in the filter and in A_prev, each counted
/// without the last axes, which are channels and filters.
struct ConvolvedPlace {
    Eigen::Index window, weight, pixel;
};

/// Calls act(ConvolvedPlace) for each window, one after the other, and each number of it that does not lie in the
/// padding. Precondition: conv1d or conv2d.
template <class Do>
void for_each_place(const checks::LayerPoint& point, const Do& act) {
    const bool is_image = point.inputs[0].rank() == 4;
    const ConvolutionAxis width{whole_parameter(point.layer, "stride"), whole_parameter(point.layer, "padding"),
                                whole_parameter(point.layer, "dilation")};
    const ConvolutionAxis height = is_image ? width : ConvolutionAxis{1, 0, 1};
    // A sequence is an image of height 1.
    const auto lengths = [&](const Array<double>& array, std::size_t first) {
        return is_image ? std::pair(array.dim(first), array.dim(first + 1))
                        : std::pair(Eigen::Index{1}, array.dim(first));
    };
    const auto [rows, columns] = lengths(point.inputs[0], 1);
    const auto [P, Q] = lengths(point.inputs[1], 0);
    const auto [H, W] = lengths(point.d_outputs[0], 1);
    for (Eigen::Index i = 0; i < point.inputs[0].dim(0); ++i)
        for (Eigen::Index h = 0; h < H; ++h)
            for (Eigen::Index w = 0; w < W; ++w)
                for (Eigen::Index p = 0; p < P; ++p)
                    for (Eigen::Index q = 0; q < Q; ++q) {
                        const Eigen::Index row = h * height.stride + p * height.dilation - height.padding;
                        const Eigen::Index column = w * width.stride + q * width.dilation - width.padding;
                        if (row >= 0 && row < rows && column >= 0 && column < columns)
                            act(ConvolvedPlace{(i * H + h) * W + w, p * Q + q, (i * rows + row) * columns + column});
                    }
}

/// An array of this shape with the numbers that `from` has at the same indices, and 0 where it has none.
Array<double> part_of(const Array<double>& from, const Shape& shape);

/// Each filter rotated by 180 degrees. Precondition: the last two axes are channels and filters.
Array<double> flipped(const Array<double>& W);

}  // namespace gradproof::diagnosis
