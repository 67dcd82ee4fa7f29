// SPDX-License-Identifier: MIT
//
// A long short-term memory over T steps, examples in columns: x is n_x x m x T, a, all states, n_a x m x T; the memory
// begins as 0. Its pull-back carries two derivatives from each step to the one before: that of the state and that of
// the memory.
// derivations/layers/lstm.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/time_steps.hpp"

namespace gradproof {

struct Lstm {
    static constexpr std::string_view name = "lstm";
    static constexpr std::array<LayerInput, 10> inputs{
        {{"x"}, {"a0"}, {"Wf"}, {"bf"}, {"Wi"}, {"bi"}, {"Wc"}, {"bc"}, {"Wo"}, {"bo"}}};
    static constexpr std::array<std::string_view, 1> outputs{"a"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 3, "n_x x m x T");
        require_rank(name, "a0", shapes[1], 2, "n_a x m");
        // The memory has the shape of the state.
        std::vector<Shape> of_step{{shapes[0][0], shapes[0][1]}, shapes[1], shapes[1]};
        of_step.insert(of_step.end(), shapes.begin() + 2, shapes.end());
        std::vector<LayerInput> called{inputs[0], inputs[1], inputs[1]};
        called.insert(called.end(), inputs.begin() + 2, inputs.end());
        LstmCell::require_shapes_of(name, called, of_step);
    }
    std::vector<Shape> example_shapes() const {
        return {{2, 2, 4}, {3, 2}, {3, 5}, {3, 1}, {3, 5}, {3, 1}, {3, 5}, {3, 1}, {3, 5}, {3, 1}};
    }

    /// derivations/layers/lstm.md (a)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> a({in[1].dim(0), in[1].dim(1), in[0].dim(2)});
        const std::vector<Arrays<S>> steps = inputs_of_steps(in);
        for (Eigen::Index t = 0; t < in[0].dim(2); ++t)
            set_step(a, t, LstmCell{}.forward(steps[static_cast<std::size_t>(t)])[0]);
        return {a};
    }
    /// derivations/layers/lstm.md (dc)
    /// derivations/layers/lstm.md (dWf)
    /// derivations/layers/lstm.md (dWi)
    /// derivations/layers/lstm.md (dbi)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const std::vector<Arrays<S>> steps = inputs_of_steps(in);
        Arrays<S> d_in = zeros_like(in);
        Array<S> da_carried(in[1].shape());
        Array<S> dc_carried(in[1].shape());
        for (Eigen::Index t = in[0].dim(2) - 1; t >= 0; --t) {
            const Arrays<S> d_step = LstmCell{}.pull_back(steps[static_cast<std::size_t>(t)],
                                                          {sum_of(step_of(d_out[0], t), da_carried), dc_carried});
            set_step(d_in[0], t, d_step[0]);
            da_carried = d_step[1];
            dc_carried = d_step[2];
            for (std::size_t n = 2; n < in.size(); ++n) d_in[n] = sum_of(d_in[n], d_step[n + 1]);
        }
        d_in[1] = da_carried;
        return d_in;
    }

  private:
    // What the cell takes at each step.
    template <Scalar S>
    static std::vector<Arrays<S>> inputs_of_steps(const Arrays<S>& in) {
        std::vector<Arrays<S>> steps;
        Arrays<S> of_step = in;
        of_step.insert(of_step.begin() + 2, Array<S>(in[1].shape()));
        for (Eigen::Index t = 0; t < in[0].dim(2); ++t) {
            of_step[0] = step_of(in[0], t);
            steps.push_back(of_step);
            const Arrays<S> next = LstmCell{}.forward(of_step);
            of_step[1] = next[0];
            of_step[2] = next[1];
        }
        return steps;
    }
};

}  // namespace gradproof
