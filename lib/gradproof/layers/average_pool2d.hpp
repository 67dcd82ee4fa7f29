// SPDX-License-Identifier: MIT
//
// Average pooling of images, channels last: the mean of each window, channel by channel.
// derivations/layers/average_pool2d.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/pooling_windows.hpp"

namespace gradproof {

struct AveragePool2d {
    static constexpr std::string_view name = "average_pool2d";
    static constexpr std::array<LayerInput, 1> inputs{{{"A_prev"}}};
    static constexpr std::array<std::string_view, 1> outputs{"A"};

    double size = 2;    ///< height and width of a window
    double stride = 2;  ///< from one window to the next
    static constexpr std::array<Parameter<AveragePool2d>, 2> parameters{
        {{"size", &AveragePool2d::size, Interval{.lower = 1, .closed_below = true}, true},
         {"stride", &AveragePool2d::stride, Interval{.lower = 1, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const { windows().require_shape_of_images(name, shapes[0]); }
    std::vector<Shape> example_shapes() const { return {{2, 5, 4, 3}}; }

    /// derivations/layers/average_pool2d.md (A)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> A(windows().shape_of_output(in[0].shape()));
        windows().for_each(in[0].shape(), [&](const PoolingWindows::Window& at) {
            S& mean = at.of(A);
            for (Eigen::Index place = 0; place < at.size * at.size; ++place)
                mean = mean + at.in(in[0], place) / count<S>();
        });
        return {A};
    }
    /// derivations/layers/average_pool2d.md (dA prev)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        Array<S> dA_prev(in[0].shape());
        windows().for_each(in[0].shape(), [&](const PoolingWindows::Window& at) {
            for (Eigen::Index place = 0; place < at.size * at.size; ++place) {
                S& d = at.in(dA_prev, place);
                d = d + at.of(d_out[0]) / count<S>();
            }
        });
        return {dA_prev};
    }

  private:
    PoolingWindows windows() const { return {static_cast<Eigen::Index>(size), static_cast<Eigen::Index>(stride)}; }
    template <Scalar S>
    S count() const {
        return S(size * size);
    }
};

}  // namespace gradproof
