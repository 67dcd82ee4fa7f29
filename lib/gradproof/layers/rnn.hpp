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
#include "gradproof/time_steps.hpp"

namespace gradproof {

struct Rnn {
    static constexpr std::string_view name = "rnn";
    static constexpr std::array<LayerInput, 5> inputs{{{"x"}, {"a0"}, {"Wax"}, {"Waa"}, {"ba"}}};
    static constexpr std::array<std::string_view, 1> outputs{"a"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 3, "n_x x m x T");
        std::vector<Shape> of_step = shapes;
        of_step[0].pop_back();
        RnnCell{}.require_shapes(of_step);
    }
    std::vector<Shape> example_shapes() const { return {{2, 3, 4}, {3, 3}, {3, 2}, {3, 3}, {3, 1}}; }

    /// derivations/layers/rnn.md (a)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> a({in[1].dim(0), in[1].dim(1), in[0].dim(2)});
        Arrays<S> of_step = in;
        for (Eigen::Index t = 0; t < in[0].dim(2); ++t) {
            of_step[0] = step_of(in[0], t);
            of_step[1] = RnnCell{}.forward(of_step)[0];
            set_step(a, t, of_step[1]);
        }
        return {a};
    }
    /// derivations/layers/rnn.md (da)
    /// derivations/layers/rnn.md (dx)
    /// derivations/layers/rnn.md (da0)
    /// derivations/layers/rnn.md (dWax)
    /// derivations/layers/rnn.md (dWaa)
    /// derivations/layers/rnn.md (dba)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Array<S> a = forward(in)[0];
        Arrays<S> d_in = zeros_like(in);
        Array<S> da_carried(in[1].shape());
        Arrays<S> of_step = in;
        for (Eigen::Index t = in[0].dim(2) - 1; t >= 0; --t) {
            of_step[0] = step_of(in[0], t);
            of_step[1] = t > 0 ? step_of(a, t - 1) : in[1];
            const Arrays<S> d_step = RnnCell{}.pull_back(of_step, {sum_of(step_of(d_out[0], t), da_carried)});
            set_step(d_in[0], t, d_step[0]);
            da_carried = d_step[1];
            for (std::size_t n = 2; n < in.size(); ++n) d_in[n] = sum_of(d_in[n], d_step[n]);
        }
        d_in[1] = da_carried;
        return d_in;
    }
};

}  // namespace gradproof
