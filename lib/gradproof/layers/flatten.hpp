// SPDX-License-Identifier: MIT
//
// Flattening: each of m examples, of any shape, becomes a row of n numbers, the last axis running fastest.
// derivations/layers/flatten.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Flatten {
    static constexpr std::string_view name = "flatten";
    static constexpr std::array<LayerInput, 1> inputs{{{"A_prev"}}};
    static constexpr std::array<std::string_view, 1> outputs{"A"};

    double channels_first = 0;  ///< 1: all numbers of a channel, the last axis, before those of the next one
    static constexpr std::array<Parameter<Flatten>, 1> parameters{
        {{"channels_first", &Flatten::channels_first, closed_unit_interval, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        if (shapes[0].size() < 2 || size_of(shapes[0]) == 0)
            throw std::invalid_argument(std::string(name) + ": A_prev is " + text_of(shapes[0]) +
                                        ", expected is m x ... with two axes or more");
    }
    std::vector<Shape> example_shapes() const { return {{2, 4, 5, 3}}; }

    /// derivations/layers/flatten.md (A)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> A({in[0].dim(0), in[0].size() / in[0].dim(0)}, in[0].values());
        for (Eigen::Index n = 0; n < A.size(); ++n) A.values()(place_in_row(n, in[0].shape())) = in[0].values()(n);
        return {A};
    }
    /// derivations/layers/flatten.md (dA prev)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        Array<S> dA_prev = in[0];
        for (Eigen::Index n = 0; n < dA_prev.size(); ++n)
            dA_prev.values()(n) = d_out[0].values()(place_in_row(n, in[0].shape()));
        return {dA_prev};
    }

  private:
    // Where number n goes.
    Eigen::Index place_in_row(Eigen::Index n, const Shape& shape) const {
        if (channels_first == 0) return n;
        const Eigen::Index of_example = size_of(shape) / shape.front();
        const Eigen::Index channels = shape.size() > 2 ? shape.back() : 1;
        const Eigen::Index in_example = n % of_example;
        return n - in_example + in_example % channels * (of_example / channels) + in_example / channels;
    }
};

}  // namespace gradproof
