// SPDX-License-Identifier: MIT
//
// A cell with one state over T steps. The cell takes the input of its step, n_x x m, the state before, n_a x m, and
// weights; its output is the next state. The recurrence takes x, n_x x m x T, the first state, and the same weights;
// its output is all states, n_a x m x T.
#pragma once

#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/time_steps.hpp"

namespace gradproof {

/// The inputs of the recurrence: those of its cell, of which the first two are called otherwise.
template <class Cell>
constexpr auto inputs_over_time(std::string_view sequence, std::string_view first_state) {
    auto inputs = Cell::inputs;
    inputs[0].name = sequence;
    inputs[1].name = first_state;
    return inputs;
}

/// The state after each step.
template <class Cell, Scalar S>
Array<S> states_of(const Cell& cell, const Arrays<S>& in) {
    Array<S> a({in[1].dim(0), in[1].dim(1), in[0].dim(2)});
    Arrays<S> of_step = in;
    for (Eigen::Index t = 0; t < in[0].dim(2); ++t) {
        of_step[0] = step_of(in[0], t);
        of_step[1] = cell.forward(of_step)[0];
        set_step(a, t, of_step[1]);
    }
    return a;
}

/// Backpropagation through time: each state has the upstream derivative of its own step and what the step after it
/// gives, and the weights have the sum over the steps.
template <class Cell, Scalar S>
Arrays<S> pull_back_through_time(const Cell& cell, const Arrays<S>& in, const Array<S>& da) {
    const Array<S> a = states_of(cell, in);
    Arrays<S> d_in = zeros_like(in);
    Array<S> da_carried(in[1].shape());
    Arrays<S> of_step = in;
    for (Eigen::Index t = in[0].dim(2) - 1; t >= 0; --t) {
        of_step[0] = step_of(in[0], t);
        of_step[1] = t > 0 ? step_of(a, t - 1) : in[1];
        const Arrays<S> d_step = cell.pull_back(of_step, {sum_of(step_of(da, t), da_carried)});
        set_step(d_in[0], t, d_step[0]);
        da_carried = d_step[1];
        for (std::size_t n = 2; n < in.size(); ++n) d_in[n] = sum_of(d_in[n], d_step[n]);
    }
    d_in[1] = da_carried;
    return d_in;
}

}  // namespace gradproof
