// SPDX-License-Identifier: MIT
//
// One step of a gated recurrent unit, examples in columns, as PyTorch and CMU 11-785 have it: the reset gate r acts on
// Wnh h_prev + bnh, its bias with it, and the update gate z keeps the state before: h_next = (1 - z) n + z h_prev.
// Gates stand in the order r, z, n; of each the weights of the input, then those of the state.
// derivations/layers/gru_cell.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/array_layer.hpp"

namespace gradproof {

struct GruCell {
    static constexpr std::string_view name = "gru_cell";
    static constexpr std::array<LayerInput, 14> inputs{{{"xt"},
                                                        {"h_prev"},
                                                        {"Wrx"},
                                                        {"Wzx"},
                                                        {"Wnx"},
                                                        {"Wrh"},
                                                        {"Wzh"},
                                                        {"Wnh"},
                                                        {"brx"},
                                                        {"bzx"},
                                                        {"bnx"},
                                                        {"brh"},
                                                        {"bzh"},
                                                        {"bnh"}}};
    static constexpr std::array<std::string_view, 1> outputs{"h_next"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_shapes_of(name, {inputs.begin(), inputs.end()}, shapes);
    }
    /// The same in the words of a layer that takes this step.
    static void require_shapes_of(std::string_view layer, const std::vector<LayerInput>& called,
                                  const std::vector<Shape>& shapes) {
        require_rank(layer, called[0].name, shapes[0], 2, "n_x x m");
        require_rank(layer, called[1].name, shapes[1], 2, "n_h x m");
        const Eigen::Index n_x = shapes[0][0];
        const Eigen::Index n_h = shapes[1][0];
        require_shape(layer, called[1].name, shapes[1], {n_h, shapes[0][1]}, "n_h x m");
        for (std::size_t n = Wx; n < Wh; ++n) require_shape(layer, called[n].name, shapes[n], {n_h, n_x}, "n_h x n_x");
        for (std::size_t n = Wh; n < bx; ++n) require_shape(layer, called[n].name, shapes[n], {n_h, n_h}, "n_h x n_h");
        for (std::size_t n = bx; n < inputs.size(); ++n)
            require_shape(layer, called[n].name, shapes[n], {n_h, 1}, "n_h x 1");
    }
    std::vector<Shape> example_shapes() const {
        return {{2, 4}, {3, 4}, {3, 2}, {3, 2}, {3, 2}, {3, 3}, {3, 3},
                {3, 3}, {3, 1}, {3, 1}, {3, 1}, {3, 1}, {3, 1}, {3, 1}};
    }

    /// derivations/layers/gru_cell.md (h next)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Gates<S> of = gates(in);
        return {as_array(Matrix<S>(of.n + of.z.cwiseProduct(as_matrix(in[1]) - of.n)), in[1].shape())};
    }
    /// derivations/layers/gru_cell.md (dn)
    /// derivations/layers/gru_cell.md (dxt)
    /// derivations/layers/gru_cell.md (dh prev)
    /// derivations/layers/gru_cell.md (dWrx)
    /// derivations/layers/gru_cell.md (dWzh)
    /// derivations/layers/gru_cell.md (dWnx)
    /// derivations/layers/gru_cell.md (dWnh)
    /// derivations/layers/gru_cell.md (dbnx)
    /// derivations/layers/gru_cell.md (dbnh)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Gates<S> of = gates(in);
        const Matrix<S> dh_next = as_matrix(d_out[0]);
        const Matrix<S> h_prev = as_matrix(in[1]);
        const Matrix<S> dn = dh_next - dh_next.cwiseProduct(of.z);
        const Matrix<S> d_pre_n = gradproof::pull_back(Tanh{}, of.pre_n, dn);
        const Matrix<S> dr = d_pre_n.cwiseProduct(of.n_of_state);
        const Matrix<S> dz = dh_next.cwiseProduct(h_prev - of.n);
        // What reaches the sums over the input, and those over the state: they differ where r stands between.
        std::array<Matrix<S>, 3> d_sums{gradproof::pull_back(Sigmoid{}, of.pre_r, dr),
                                        gradproof::pull_back(Sigmoid{}, of.pre_z, dz), d_pre_n};
        Arrays<S> d_in(inputs.size());
        d_in[0] = through_sums(in, 0, Wx, bx, d_sums, d_in);
        d_sums[2] = d_pre_n.cwiseProduct(of.r);
        d_in[1] = through_sums(in, 1, Wh, bh, d_sums, d_in);
        d_in[1].values() += as_array(Matrix<S>(dh_next.cwiseProduct(of.z)), in[1].shape()).values();
        return d_in;
    }

  private:
    // Where the weights and biases of the gates begin among the inputs.
    static constexpr std::size_t Wx = 2;
    static constexpr std::size_t Wh = 5;
    static constexpr std::size_t bx = 8;
    static constexpr std::size_t bh = 11;

    template <class S>
    struct Gates {
        Matrix<S> pre_r;
        Matrix<S> pre_z;
        Matrix<S> pre_n;
        Matrix<S> n_of_state;  // Wnh h_prev + bnh
        Matrix<S> r;
        Matrix<S> z;
        Matrix<S> n;
    };
    template <Scalar S>
    static Gates<S> gates(const Arrays<S>& in) {
        const auto sum = [&](std::size_t W, std::size_t of, std::size_t b) {
            Matrix<S> total = product(as_matrix(in[W]), as_matrix(in[of]));
            total.colwise() += Vector<S>(as_matrix(in[b]).col(0));
            return total;
        };
        Gates<S> of;
        of.pre_r = sum(Wx, 0, bx) + sum(Wh, 1, bh);
        of.pre_z = sum(Wx + 1, 0, bx + 1) + sum(Wh + 1, 1, bh + 1);
        of.r = activate(Sigmoid{}, of.pre_r);
        of.z = activate(Sigmoid{}, of.pre_z);
        of.n_of_state = sum(Wh + 2, 1, bh + 2);
        of.pre_n = sum(Wx + 2, 0, bx + 2) + of.r.cwiseProduct(of.n_of_state);
        of.n = activate(Tanh{}, of.pre_n);
        return of;
    }
    // The sums W in[of] + b of the three gates: writes the derivatives in W and b, and returns that in in[of].
    template <Scalar S>
    static Array<S> through_sums(const Arrays<S>& in, std::size_t of, std::size_t W, std::size_t b,
                                 const std::array<Matrix<S>, 3>& d_sums, Arrays<S>& d_in) {
        Array<S> d(in[of].shape());
        for (std::size_t gate = 0; gate < d_sums.size(); ++gate) {
            const Matrix<S>& d_sum = d_sums[gate];
            d.values() += as_array(product(as_matrix(in[W + gate]).transpose(), d_sum), d.shape()).values();
            d_in[W + gate] = as_array(product(d_sum, as_matrix(in[of]).transpose()), in[W + gate].shape());
            d_in[b + gate] = as_array(Matrix<S>(d_sum.rowwise().sum()), in[b + gate].shape());
        }
        return d;
    }
};

}  // namespace gradproof
