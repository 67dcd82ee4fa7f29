// SPDX-License-Identifier: MIT
//
// One step of a plain recurrent network, examples in columns: the next state is the tanh of what the input and the
// state before give.
// derivations/layers/rnn_cell.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/array_layer.hpp"

namespace gradproof {

struct RnnCell {
    static constexpr std::string_view name = "rnn_cell";
    static constexpr std::array<LayerInput, 5> inputs{{{"xt"}, {"a_prev"}, {"Wax"}, {"Waa"}, {"ba"}}};
    static constexpr std::array<std::string_view, 1> outputs{"a_next"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_shapes_of(name, {inputs.begin(), inputs.end()}, shapes);
    }
    /// The same in the words of a layer that takes this step.
    static void require_shapes_of(std::string_view layer, const std::vector<LayerInput>& called,
                                  const std::vector<Shape>& shapes) {
        require_rank(layer, called[0].name, shapes[0], 2, "n_x x m");
        require_rank(layer, called[1].name, shapes[1], 2, "n_a x m");
        const Eigen::Index n_x = shapes[0][0];
        const Eigen::Index n_a = shapes[1][0];
        require_shape(layer, called[1].name, shapes[1], {n_a, shapes[0][1]}, "n_a x m");
        require_shape(layer, called[2].name, shapes[2], {n_a, n_x}, "n_a x n_x");
        require_shape(layer, called[3].name, shapes[3], {n_a, n_a}, "n_a x n_a");
        require_shape(layer, called[4].name, shapes[4], {n_a, 1}, "n_a x 1");
    }
    std::vector<Shape> example_shapes() const { return {{2, 5}, {3, 5}, {3, 2}, {3, 3}, {3, 1}}; }

    /// derivations/layers/rnn_cell.md (a next)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return {as_array(activate(Tanh{}, pre_activation(in)), in[1].shape())};
    }
    /// derivations/layers/rnn_cell.md (dz)
    /// derivations/layers/rnn_cell.md (dxt)
    /// derivations/layers/rnn_cell.md (da prev)
    /// derivations/layers/rnn_cell.md (dWax)
    /// derivations/layers/rnn_cell.md (dWaa)
    /// derivations/layers/rnn_cell.md (dba)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Matrix<S> dz = gradproof::pull_back(Tanh{}, pre_activation(in), as_matrix(d_out[0]));
        return {as_array(product(as_matrix(in[2]).transpose(), dz), in[0].shape()),
                as_array(product(as_matrix(in[3]).transpose(), dz), in[1].shape()),
                as_array(product(dz, as_matrix(in[0]).transpose()), in[2].shape()),
                as_array(product(dz, as_matrix(in[1]).transpose()), in[3].shape()),
                as_array(Matrix<S>(dz.rowwise().sum()), in[4].shape())};
    }

  private:
    // Wax xt + Waa a_prev + ba
    template <Scalar S>
    static Matrix<S> pre_activation(const Arrays<S>& in) {
        Matrix<S> z = product(as_matrix(in[2]), as_matrix(in[0])) + product(as_matrix(in[3]), as_matrix(in[1]));
        z.colwise() += Vector<S>(as_matrix(in[4]).col(0));
        return z;
    }
};

}  // namespace gradproof
