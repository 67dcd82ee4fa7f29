// SPDX-License-Identifier: MIT
//
// Convolution of sequences, channels last: A_prev is m x length x channels, W is a window's length x channels x
// filters, b has a number for each filter. As in conv2d it is a correlation, padding adds zeros at both ends, stride is
// the step from one window to the next, and what is left over at the end is not used. derivations/layers/conv1d.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/channel_biases.hpp"
#include "gradproof/convolution_axis.hpp"

namespace gradproof {

struct Conv1d {
    static constexpr std::string_view name = "conv1d";
    static constexpr std::array<LayerInput, 3> inputs{{{"A_prev"}, {"W"}, {"b"}}};
    static constexpr std::array<std::string_view, 1> outputs{"Z"};

    double stride = 1;
    double padding = 0;
    double dilation = 1;  ///< the step from one number of a window to the next
    static constexpr std::array<Parameter<Conv1d>, 3> parameters{
        {{"stride", &Conv1d::stride, Interval{.lower = 1, .closed_below = true}, true},
         {"padding", &Conv1d::padding, Interval{.lower = 0, .closed_below = true}, true},
         {"dilation", &Conv1d::dilation, Interval{.lower = 1, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "A_prev", shapes[0], 3, "m x length x channels");
        require_rank(name, "W", shapes[1], 3, "length x channels x filters");
        require_shape(name, "W", shapes[1], {shapes[1][0], shapes[0][2], shapes[1][2]}, "length x channels x filters");
        require_shape(name, "b", shapes[2], {shapes[1][2]}, "filters");
        if (axis().windows(shapes[0][1], shapes[1][0]) < 1)
            throw std::invalid_argument(std::string(name) + ": the window is longer than the padded sequence");
    }
    std::vector<Shape> example_shapes() const { return {{2, 8, 4}, {3, 4, 5}, {5}}; }

    /// derivations/layers/conv1d.md (Z)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Array<S>& A_prev = in[0];
        const Array<S>& W = in[1];
        Array<S> Z = at_every_place(in[2], Shape{A_prev.dim(0), axis().windows(A_prev.dim(1), W.dim(0)), W.dim(2)});
        for_each_product(A_prev.shape(), W.shape(), [&](const Product& at) {
            S& z = Z(at.i, at.t, at.k);
            z = z + A_prev(at.i, at.place, at.c) * W(at.p, at.c, at.k);
        });
        return {Z};
    }
    /// derivations/layers/conv1d.md (dA prev)
    /// derivations/layers/conv1d.md (dW)
    /// derivations/layers/conv1d.md (db)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Array<S>& A_prev = in[0];
        const Array<S>& W = in[1];
        const Array<S>& dZ = d_out[0];
        Array<S> dA_prev(A_prev.shape());
        Array<S> dW(W.shape());
        for_each_product(A_prev.shape(), W.shape(), [&](const Product& at) {
            S& da = dA_prev(at.i, at.place, at.c);
            S& dw = dW(at.p, at.c, at.k);
            da = da + W(at.p, at.c, at.k) * dZ(at.i, at.t, at.k);
            dw = dw + A_prev(at.i, at.place, at.c) * dZ(at.i, at.t, at.k);
        });
        return {dA_prev, dW, sum_over_places(dZ, in[2].shape())};
    }

  private:
    // Window t of sequence i has its number p at this place of the sequence, in channel c and for filter k.
    struct Product {
        Eigen::Index i, t, p, place, c, k;
    };

    ConvolutionAxis axis() const {
        return {static_cast<Eigen::Index>(stride), static_cast<Eigen::Index>(padding),
                static_cast<Eigen::Index>(dilation)};
    }
    template <class Do>
    void for_each_product(const Shape& A_prev, const Shape& W, const Do& act) const {
        for (Eigen::Index i = 0; i < A_prev[0]; ++i)
            axis().for_each_product(A_prev[1], W[0], [&](Eigen::Index t, Eigen::Index p, Eigen::Index place) {
                for (Eigen::Index c = 0; c < W[1]; ++c)
                    for (Eigen::Index k = 0; k < W[2]; ++k) act(Product{i, t, p, place, c, k});
            });
    }
};

}  // namespace gradproof
