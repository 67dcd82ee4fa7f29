// SPDX-License-Identifier: MIT
//
// Convolution of images, channels last: A_prev is m x height x width x channels, W is a window's height x width x
// channels x filters, b has a number for each filter. As in every course the window is not turned round: it is a
// correlation. padding adds rows and columns of zeros all round, stride is the step from one window to the next; what
// is left over at the end is not used.
// derivations/layers/conv2d.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Conv2d {
    static constexpr std::string_view name = "conv2d";
    static constexpr std::array<LayerInput, 3> inputs{{{"A_prev"}, {"W"}, {"b"}}};
    static constexpr std::array<std::string_view, 1> outputs{"Z"};

    double stride = 1;
    double padding = 0;
    double dilation = 1;  ///< the step from one number of a window to the next
    static constexpr std::array<Parameter<Conv2d>, 3> parameters{
        {{"stride", &Conv2d::stride, Interval{.lower = 1, .closed_below = true}, true},
         {"padding", &Conv2d::padding, Interval{.lower = 0, .closed_below = true}, true},
         {"dilation", &Conv2d::dilation, Interval{.lower = 1, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "A_prev", shapes[0], 4, "m x height x width x channels");
        require_rank(name, "W", shapes[1], 4, "height x width x channels x filters");
        require_shape(name, "W", shapes[1], {shapes[1][0], shapes[1][1], shapes[0][3], shapes[1][3]},
                      "height x width x channels x filters");
        require_shape(name, "b", shapes[2], {shapes[1][3]}, "filters");
        if (places(shapes[0][1], shapes[1][0]) < 1 || places(shapes[0][2], shapes[1][1]) < 1)
            throw std::invalid_argument(std::string(name) + ": the window is larger than the padded image");
    }
    std::vector<Shape> example_shapes() const { return {{2, 6, 5, 3}, {3, 2, 3, 4}, {4}}; }

    /// derivations/layers/conv2d.md (Z)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const auto& [A_prev, W, b] = std::tie(in[0], in[1], in[2]);
        Array<S> Z(shape_of_Z(A_prev.shape(), W.shape()));
        for (Eigen::Index n = 0; n < Z.size(); ++n) Z.values()(n) = b(n % b.dim(0));
        for_each_product(A_prev.shape(), W.shape(), [&](const Product& at) {
            for (Eigen::Index c = 0; c < W.dim(2); ++c)
                for (Eigen::Index k = 0; k < W.dim(3); ++k)
                    Z(at.i, at.h, at.w, k) =
                        Z(at.i, at.h, at.w, k) + A_prev(at.i, at.row, at.column, c) * W(at.p, at.q, c, k);
        });
        return {Z};
    }
    /// derivations/layers/conv2d.md (dA prev)
    /// derivations/layers/conv2d.md (dW)
    /// derivations/layers/conv2d.md (db)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const auto& [A_prev, W, b] = std::tie(in[0], in[1], in[2]);
        const Array<S>& dZ = d_out[0];
        Array<S> dA_prev(A_prev.shape());
        Array<S> dW(W.shape());
        Array<S> db(b.shape());
        for (Eigen::Index n = 0; n < dZ.size(); ++n) db(n % b.dim(0)) = db(n % b.dim(0)) + dZ.values()(n);
        for_each_product(A_prev.shape(), W.shape(), [&](const Product& at) {
            for (Eigen::Index c = 0; c < W.dim(2); ++c)
                for (Eigen::Index k = 0; k < W.dim(3); ++k) {
                    const S& d = dZ(at.i, at.h, at.w, k);
                    S& da = dA_prev(at.i, at.row, at.column, c);
                    S& dw = dW(at.p, at.q, c, k);
                    da = da + W(at.p, at.q, c, k) * d;
                    dw = dw + A_prev(at.i, at.row, at.column, c) * d;
                }
        });
        return {dA_prev, dW, db};
    }

  private:
    // Window (h, w) of image i has its number (p, q) at this row and column of the image.
    struct Product {
        Eigen::Index i, h, w, p, q, row, column;
    };

    Eigen::Index places(Eigen::Index image, Eigen::Index window) const {
        const auto reach = static_cast<Eigen::Index>(dilation) * (window - 1) + 1;
        const Eigen::Index room = image + 2 * static_cast<Eigen::Index>(padding) - reach;
        return room < 0 ? 0 : room / static_cast<Eigen::Index>(stride) + 1;
    }
    Shape shape_of_Z(const Shape& A_prev, const Shape& W) const {
        return {A_prev[0], places(A_prev[1], W[0]), places(A_prev[2], W[1]), W[3]};
    }
    // What lies in the padding is 0 and left out.
    template <class Do>
    void for_each_product(const Shape& A_prev, const Shape& W, const Do& act) const {
        const Shape Z = shape_of_Z(A_prev, W);
        const auto place = [this](Eigen::Index window, Eigen::Index inside) {
            return window * static_cast<Eigen::Index>(stride) + inside * static_cast<Eigen::Index>(dilation) -
                   static_cast<Eigen::Index>(padding);
        };
        for (Eigen::Index i = 0; i < Z[0]; ++i)
            for (Eigen::Index h = 0; h < Z[1]; ++h)
                for (Eigen::Index w = 0; w < Z[2]; ++w)
                    for (Eigen::Index p = 0; p < W[0]; ++p)
                        for (Eigen::Index q = 0; q < W[1]; ++q) {
                            const Product at{i, h, w, p, q, place(h, p), place(w, q)};
                            if (at.row >= 0 && at.row < A_prev[1] && at.column >= 0 && at.column < A_prev[2]) act(at);
                        }
    }
};

}  // namespace gradproof
