// SPDX-License-Identifier: MIT
//
// SwiGLU between its products of matrices, as LLaMA has it: y = silu(gate) up, entry by entry. Both inputs are products
// of one x with weights of their own, so the derivative in x is the sum of what comes back through the two.
// derivations/layers/swiglu.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activations/silu.hpp"
#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Swiglu {
    static constexpr std::string_view name = "swiglu";
    static constexpr std::array<LayerInput, 2> inputs{{{"gate"}, {"up"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_shape(name, "up", shapes[1], shapes[0], "like gate");
    }
    std::vector<Shape> example_shapes() const { return {{4, 3}, {4, 3}}; }

    /// derivations/layers/swiglu.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Array<S> y(in[0].shape());
        for (Eigen::Index n = 0; n < y.size(); ++n) y.values()(n) = Silu{}.value(in[0].values()(n)) * in[1].values()(n);
        return {y};
    }
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        Array<S> d_gate(in[0].shape());
        Array<S> d_up(in[0].shape());
        for (Eigen::Index n = 0; n < d_gate.size(); ++n) {
            const S& gate = in[0].values()(n);
            const S& u = d_out[0].values()(n);
            // derivations/layers/swiglu.md (dgate)
            d_gate.values()(n) = u * in[1].values()(n) * Silu{}.derivative(gate);
            // derivations/layers/swiglu.md (dup)
            d_up.values()(n) = u * Silu{}.value(gate);
        }
        return {d_gate, d_up};
    }
};

}  // namespace gradproof
