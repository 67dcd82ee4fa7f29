// SPDX-License-Identifier: MIT
//
// A gated recurrent unit over T steps, examples in columns: x is n_x x m x T, h, all states, n_h x m x T. The weights
// are those of gru_cell, in its order of gates: r, z, n. Its pull-back is backpropagation through time.
// derivations/layers/gru.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/recurrence.hpp"

namespace gradproof {

struct Gru {
    static constexpr std::string_view name = "gru";
    static constexpr auto inputs = inputs_over_time<GruCell>("x", "h0");
    static constexpr std::array<std::string_view, 1> outputs{"h"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 3, "n_x x m x T");
        require_rank(name, "h0", shapes[1], 2, "n_h x m");
        std::vector<Shape> of_step = shapes;
        of_step[0].pop_back();
        GruCell::require_shapes_of(name, {inputs.begin(), inputs.end()}, of_step);
    }
    std::vector<Shape> example_shapes() const {
        std::vector<Shape> shapes = GruCell{}.example_shapes();
        shapes[0].push_back(5);
        return shapes;
    }

    /// derivations/layers/gru.md (h)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return {states_of(GruCell{}, in)};
    }
    /// derivations/layers/gru.md (dh)
    /// derivations/layers/gru.md (dh0)
    /// derivations/layers/gru.md (dWrx)
    /// derivations/layers/gru.md (dWnh)
    /// derivations/layers/gru.md (dbnh)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        return pull_back_through_time(GruCell{}, in, d_out[0]);
    }
};

}  // namespace gradproof
