// SPDX-License-Identifier: MIT
//
// Max pooling of images, channels last: the largest number of each window, channel by channel. Where several are
// equally large, the derivative goes to the first of them, row by row; any sharing among them is a subgradient.
// derivations/layers/max_pool2d.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/pooling_windows.hpp"

namespace gradproof {

struct MaxPool2d {
    static constexpr std::string_view name = "max_pool2d";
    static constexpr std::array<LayerInput, 1> inputs{{{"A_prev"}}};
    static constexpr std::array<std::string_view, 1> outputs{"A"};

    double size = 2;    ///< height and width of a window
    double stride = 2;  ///< from one window to the next
    static constexpr std::array<Parameter<MaxPool2d>, 2> parameters{
        {{"size", &MaxPool2d::size, Interval{.lower = 1, .closed_below = true}, true},
         {"stride", &MaxPool2d::stride, Interval{.lower = 1, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const { windows().require_shape_of_images(name, shapes[0]); }
    std::vector<Shape> example_shapes() const { return {{2, 5, 4, 3}}; }

    /// derivations/layers/max_pool2d.md (A)
    template <Ordered S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> A(windows().shape_of_output(in[0].shape()));
        windows().for_each(in[0].shape(),
                           [&](const PoolingWindows::Window& at) { at.of(A) = at.in(in[0], largest(in[0], at)); });
        return {A};
    }
    /// derivations/layers/max_pool2d.md (dA prev)
    template <Ordered S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        Array<S> dA_prev(in[0].shape());
        windows().for_each(in[0].shape(), [&](const PoolingWindows::Window& at) {
            S& d = at.in(dA_prev, largest(in[0], at));
            d = d + at.of(d_out[0]);
        });
        return {dA_prev};
    }

  private:
    PoolingWindows windows() const { return {static_cast<Eigen::Index>(size), static_cast<Eigen::Index>(stride)}; }

    template <Ordered S>
    static Eigen::Index largest(const Array<S>& A_prev, const PoolingWindows::Window& at) {
        Eigen::Index place = 0;
        for (Eigen::Index other = 1; other < at.size * at.size; ++other)
            if (at.in(A_prev, place) < at.in(A_prev, other)) place = other;
        return place;
    }
};

}  // namespace gradproof
