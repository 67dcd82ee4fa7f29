// SPDX-License-Identifier: MIT
//
// A plain recurrent network over T steps, examples in columns: x is n_x x m x T, a, all states, n_a x m x T. Its
// pull-back is backpropagation through time: each state has the upstream derivative of its own step and what the step
// after it gives.
// derivations/layers/rnn.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/layers/rnn_cell.hpp"
#include "gradproof/recurrence.hpp"

namespace gradproof {

struct Rnn {
    static constexpr std::string_view name = "rnn";
    static constexpr auto inputs = inputs_over_time<RnnCell>("x", "a0");
    static constexpr std::array<std::string_view, 1> outputs{"a"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 3, "n_x x m x T");
        std::vector<Shape> of_step = shapes;
        of_step[0].pop_back();
        RnnCell::require_shapes_of(name, {inputs.begin(), inputs.end()}, of_step);
    }
    std::vector<Shape> example_shapes() const { return {{2, 3, 4}, {3, 3}, {3, 2}, {3, 3}, {3, 1}}; }

    /// derivations/layers/rnn.md (a)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return {states_of(RnnCell{}, in)};
    }
    /// derivations/layers/rnn.md (da)
    /// derivations/layers/rnn.md (dx)
    /// derivations/layers/rnn.md (da0)
    /// derivations/layers/rnn.md (dWax)
    /// derivations/layers/rnn.md (dWaa)
    /// derivations/layers/rnn.md (dba)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        return pull_back_through_time(RnnCell{}, in, d_out[0]);
    }
};

}  // namespace gradproof
