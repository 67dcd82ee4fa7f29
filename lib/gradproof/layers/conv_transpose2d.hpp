// SPDX-License-Identifier: MIT
//
// Transposed convolution of images, channels last: each number of A_prev, m x height x width x channels, lays W, times
// itself, on Z, stride apart, and what falls on the same place is added; then padding rows and columns are cut off all
// round. It is what conv2d with the same W, stride and padding pulls back, so W is a window's height x width x filters
// x channels: the channels of Z stand in the third place. derivations/layers/conv_transpose2d.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/channel_biases.hpp"
#include "gradproof/convolution_windows.hpp"

namespace gradproof {

struct ConvTranspose2d {
    static constexpr std::string_view name = "conv_transpose2d";
    static constexpr std::array<LayerInput, 3> inputs{{{"A_prev"}, {"W"}, {"b"}}};
    static constexpr std::array<std::string_view, 1> outputs{"Z"};

    double stride = 1;   ///< how far apart the windows lie in Z
    double padding = 0;  ///< how many rows and columns are cut off
    static constexpr std::array<Parameter<ConvTranspose2d>, 2> parameters{
        {{"stride", &ConvTranspose2d::stride, Interval{.lower = 1, .closed_below = true}, true},
         {"padding", &ConvTranspose2d::padding, Interval{.lower = 0, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "A_prev", shapes[0], 4, "m x height x width x channels");
        require_rank(name, "W", shapes[1], 4, "height x width x filters x channels");
        require_shape(name, "W", shapes[1], {shapes[1][0], shapes[1][1], shapes[1][2], shapes[0][3]},
                      "height x width x filters x channels");
        require_shape(name, "b", shapes[2], {shapes[1][2]}, "filters");
        const Shape Z = shape_of_Z(shapes[0], shapes[1]);
        if (Z[1] < 1 || Z[2] < 1)
            throw std::invalid_argument(std::string(name) + ": the padding cuts off the whole image");
    }
    std::vector<Shape> example_shapes() const { return {{2, 4, 5, 3}, {3, 2, 4, 3}, {4}}; }

    /// derivations/layers/conv_transpose2d.md (Z)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Array<S>& A_prev = in[0];
        const Array<S>& W = in[1];
        Array<S> Z = at_every_place(in[2], shape_of_Z(A_prev.shape(), W.shape()));
        windows().for_each_product(Z.shape(), W.shape(), [&](const ConvolutionWindows::Product& at) {
            S& z = at.in(Z);
            z = z + at.of(A_prev) * at.weight(W);
        });
        return {Z};
    }
    /// derivations/layers/conv_transpose2d.md (dA prev)
    /// derivations/layers/conv_transpose2d.md (dW)
    /// derivations/layers/conv_transpose2d.md (db)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Array<S>& A_prev = in[0];
        const Array<S>& W = in[1];
        const Array<S>& dZ = d_out[0];
        Array<S> dA_prev(A_prev.shape());
        Array<S> dW(W.shape());
        windows().for_each_product(dZ.shape(), W.shape(), [&](const ConvolutionWindows::Product& at) {
            S& da = at.of(dA_prev);
            S& dw = at.weight(dW);
            da = da + at.weight(W) * at.in(dZ);
            dw = dw + at.of(A_prev) * at.in(dZ);
        });
        return {dA_prev, dW, sum_over_places(dZ, in[2].shape())};
    }

  private:
    ConvolutionWindows windows() const {
        return {.axis = {static_cast<Eigen::Index>(stride), static_cast<Eigen::Index>(padding), 1}};
    }
    Shape shape_of_Z(const Shape& A_prev, const Shape& W) const {
        const auto length = [this](Eigen::Index windows, Eigen::Index size) {
            return (windows - 1) * static_cast<Eigen::Index>(stride) + size - 2 * static_cast<Eigen::Index>(padding);
        };
        return {A_prev[0], length(A_prev[1], W[0]), length(A_prev[2], W[1]), W[2]};
    }
};

}  // namespace gradproof
