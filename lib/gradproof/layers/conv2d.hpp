// SPDX-License-Identifier: MIT
//
// Convolution of images, channels last: A_prev is m x height x width x channels, W is a window's height x width x
// channels x filters, b has a number for each filter. As in every course the window is not turned round: it is a
// correlation. padding adds rows and columns of zeros all round, stride is the step from one window to the next; what
// is left over at the end is not used. With groups a filter sees the channels of its own group, and W has so many.
// derivations/layers/conv2d.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/array_layer.hpp"
#include "gradproof/channel_biases.hpp"
#include "gradproof/convolution_windows.hpp"

namespace gradproof {

struct Conv2d {
    static constexpr std::string_view name = "conv2d";
    static constexpr std::array<LayerInput, 3> inputs{{{"A_prev"}, {"W"}, {"b"}}};
    static constexpr std::array<std::string_view, 1> outputs{"Z"};

    double stride = 1;
    double padding = 0;
    double dilation = 1;  ///< the step from one number of a window to the next
    double groups = 1;    ///< of neighbouring channels, and as many of filters, each of which sees its own channels
    static constexpr std::array<Parameter<Conv2d>, 4> parameters{
        {{"stride", &Conv2d::stride, Interval{.lower = 1, .closed_below = true}, true},
         {"padding", &Conv2d::padding, Interval{.lower = 0, .closed_below = true}, true},
         {"dilation", &Conv2d::dilation, Interval{.lower = 1, .closed_below = true}, true},
         {"groups", &Conv2d::groups, Interval{.lower = 1, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "A_prev", shapes[0], 4, "m x height x width x channels");
        require_rank(name, "W", shapes[1], 4, "height x width x channels x filters");
        const auto G = static_cast<Eigen::Index>(groups);
        if (shapes[0][3] % G != 0 || shapes[1][3] % G != 0)
            throw std::invalid_argument(std::string(name) + ": " + std::to_string(G) + " groups do not share " +
                                        std::to_string(shapes[0][3]) + " channels and " + std::to_string(shapes[1][3]) +
                                        " filters equally");
        require_shape(name, "W", shapes[1], {shapes[1][0], shapes[1][1], shapes[0][3] / G, shapes[1][3]},
                      G == 1 ? "height x width x channels x filters" : "height x width x channels / groups x filters");
        require_shape(name, "b", shapes[2], {shapes[1][3]}, "filters");
        const Shape Z = windows().shape_of_convolved(shapes[0], shapes[1]);
        if (Z[1] < 1 || Z[2] < 1)
            throw std::invalid_argument(std::string(name) + ": the window is larger than the padded image");
    }
    std::vector<Shape> example_shapes() const {
        const auto G = static_cast<Eigen::Index>(groups);
        return {{2, 6, 5, 3 * G}, {3, 2, 3, 4 * G}, {4 * G}};
    }

    /// The windows that a pixel lies in, the filters of its group; of a weight or bias all windows of its filter.
    std::vector<Eigen::Index> reached(const std::vector<Shape>& shapes, std::size_t input, Eigen::Index place) const {
        return input == 0 ? windows().reached_by_pixel(shapes[0], shapes[1], place)
                          : windows().reached_by_filter(shapes[0], shapes[1], place % shapes[1][3]);
    }

    /// derivations/layers/conv2d.md (Z)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Array<S>& A_prev = in[0];
        const Array<S>& W = in[1];
        Array<S> Z = at_every_place(in[2], windows().shape_of_convolved(A_prev.shape(), W.shape()));
        windows().for_each_pixel(A_prev.shape(), W.shape(), [&](const ConvolutionWindows::Pixel& at) {
            // The channels of a pixel and the filters of a window lie side by side.
            const Eigen::Index channels = W.dim(2);
            const Eigen::Index filters = W.dim(3) / static_cast<Eigen::Index>(groups);
            const S* a = &A_prev(at.i, at.row, at.column, 0);
            for (Eigen::Index channel = 0; channel < A_prev.dim(3); ++channel, ++a) {
                const Eigen::Index first = channel / channels * filters;
                const S* const w = &W(at.p, at.q, channel % channels, first);
                S* const z = &Z(at.i, at.h, at.w, first);
                for (Eigen::Index k = 0; k < filters; ++k) z[k] = z[k] + *a * w[k];
            }
        });
        return {Z};
    }
    /// derivations/layers/conv2d.md (dA prev)
    /// derivations/layers/conv2d.md (dW)
    /// derivations/layers/conv2d.md (db)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Array<S>& A_prev = in[0];
        const Array<S>& W = in[1];
        const Array<S>& dZ = d_out[0];
        Array<S> dA_prev(A_prev.shape());
        Array<S> dW(W.shape());
        windows().for_each_product(A_prev.shape(), W.shape(), [&](const ConvolutionWindows::Product& at) {
            S& da = at.in(dA_prev);
            S& dw = at.weight(dW);
            da = da + at.weight(W) * at.of(dZ);
            dw = dw + at.in(A_prev)*at.of(dZ);
        });
        return {dA_prev, dW, sum_over_places(dZ, in[2].shape())};
    }

  private:
    ConvolutionWindows windows() const {
        return {{static_cast<Eigen::Index>(stride), static_cast<Eigen::Index>(padding),
                 static_cast<Eigen::Index>(dilation)},
                static_cast<Eigen::Index>(groups)};
    }
};

}  // namespace gradproof
