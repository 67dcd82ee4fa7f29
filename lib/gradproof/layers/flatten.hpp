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

    void require_shapes(const std::vector<Shape>& shapes) const {
        if (shapes[0].size() < 2 || size_of(shapes[0]) == 0)
            throw std::invalid_argument(std::string(name) + ": A_prev is " + text_of(shapes[0]) +
                                        ", expected is m x ... with two axes or more");
    }
    std::vector<Shape> example_shapes() const { return {{2, 4, 5, 3}}; }

    /// derivations/layers/flatten.md (A)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return {{{in[0].dim(0), in[0].size() / in[0].dim(0)}, in[0].values()}};
    }
    /// derivations/layers/flatten.md (dA prev)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        return {{in[0].shape(), d_out[0].values()}};
    }
};

}  // namespace gradproof
