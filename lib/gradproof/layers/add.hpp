// SPDX-License-Identifier: MIT
//
// The sum of two arrays, as a residual connection ends: y = x + f, where f was computed from x. The upstream derivative
// goes to both; that of the whole connection in x is dx and what the block pulls back from df.
// derivations/layers/add.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/time_steps.hpp"

namespace gradproof {

struct Add {
    static constexpr std::string_view name = "add";
    static constexpr std::array<LayerInput, 2> inputs{{{"x"}, {"f"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_shape(name, "f", shapes[1], shapes[0], "like x");
    }
    std::vector<Shape> example_shapes() const { return {{4, 3}, {4, 3}}; }

    /// derivations/layers/add.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return {sum_of(in[0], in[1])};
    }
    /// derivations/layers/add.md (dx)
    /// derivations/layers/add.md (df)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>&, const Arrays<S>& d_out) const {
        return {d_out[0], d_out[0]};
    }
};

}  // namespace gradproof
