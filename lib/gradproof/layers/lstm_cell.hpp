// SPDX-License-Identifier: MIT
//
// One step of a long short-term memory, examples in columns: forget, update and output gate and the candidate, each
// from [a_prev; xt], the state before on top of the input. derivations/layers/lstm_cell.md
#pragma once

#include <array>
#include <string_view>
#include <type_traits>

#include "gradproof/activation.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/array_layer.hpp"

namespace gradproof {

struct LstmCell {
    static constexpr std::string_view name = "lstm_cell";
    static constexpr std::array<LayerInput, 11> inputs{
        {{"xt"}, {"a_prev"}, {"c_prev"}, {"Wf"}, {"bf"}, {"Wi"}, {"bi"}, {"Wc"}, {"bc"}, {"Wo"}, {"bo"}}};
    static constexpr std::array<std::string_view, 2> outputs{"a_next", "c_next"};

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
        require_shape(layer, called[2].name, shapes[2], {n_a, shapes[0][1]}, "n_a x m");
        for (std::size_t gate = 3; gate < inputs.size(); gate += 2) {
            require_shape(layer, called[gate].name, shapes[gate], {n_a, n_a + n_x}, "n_a x (n_a + n_x)");
            require_shape(layer, called[gate + 1].name, shapes[gate + 1], {n_a, 1}, "n_a x 1");
        }
    }
    std::vector<Shape> example_shapes() const {
        return {{2, 4}, {3, 4}, {3, 4}, {3, 5}, {3, 1}, {3, 5}, {3, 1}, {3, 5}, {3, 1}, {3, 5}, {3, 1}};
    }

    /// derivations/layers/lstm_cell.md (a next)
    /// derivations/layers/lstm_cell.md (c next)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Gates<S> of = gates(in);
        const Matrix<S> a_next = of.o.cwiseProduct(activate(Tanh{}, of.c_next));
        return {as_array(a_next, in[1].shape()), as_array(of.c_next, in[2].shape())};
    }
    /// derivations/layers/lstm_cell.md (dc)
    /// derivations/layers/lstm_cell.md (dxt)
    /// derivations/layers/lstm_cell.md (da prev)
    /// derivations/layers/lstm_cell.md (dc prev)
    /// derivations/layers/lstm_cell.md (dWf)
    /// derivations/layers/lstm_cell.md (dbf)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Gates<S> of = gates(in);
        const Matrix<S> da_next = as_matrix(d_out[0]);
        // The memory is seen by the next step directly, and through the state.
        const Matrix<S> dc =
            as_matrix(d_out[1]) + gradproof::pull_back(Tanh{}, of.c_next, Matrix<S>(da_next.cwiseProduct(of.o)));
        const Matrix<S> c_prev = as_matrix(in[2]);
        const std::array<Matrix<S>, 4> dz{
            through(Sigmoid{}, of.f, dc.cwiseProduct(c_prev)),
            through(Sigmoid{}, of.i, dc.cwiseProduct(of.candidate)),
            through(Tanh{}, of.candidate, dc.cwiseProduct(of.i)),
            through(Sigmoid{}, of.o, da_next.cwiseProduct(activate(Tanh{}, of.c_next))),
        };
        const Matrix<S> both = stacked(in);
        Matrix<S> d_both = Matrix<S>::Constant(both.rows(), both.cols(), S(0));
        Arrays<S> d_in(inputs.size());
        for (std::size_t gate = 0; gate < dz.size(); ++gate) {
            d_both += product(as_matrix(in[3 + 2 * gate]).transpose(), dz[gate]);
            d_in[3 + 2 * gate] = as_array(product(dz[gate], both.transpose()), in[3 + 2 * gate].shape());
            d_in[4 + 2 * gate] = as_array(Matrix<S>(dz[gate].rowwise().sum()), in[4 + 2 * gate].shape());
        }
        const Eigen::Index n_a = in[1].dim(0);
        d_in[0] = as_array(Matrix<S>(d_both.bottomRows(in[0].dim(0))), in[0].shape());
        d_in[1] = as_array(Matrix<S>(d_both.topRows(n_a)), in[1].shape());
        d_in[2] = as_array(Matrix<S>(dc.cwiseProduct(of.f)), in[2].shape());
        return d_in;
    }

  private:
    template <class S>
    struct Gates {
        Matrix<S> f;
        Matrix<S> i;
        Matrix<S> candidate;
        Matrix<S> o;
        Matrix<S> c_next;
    };

    // [a_prev; xt]
    template <Scalar S>
    static Matrix<S> stacked(const Arrays<S>& in) {
        Matrix<S> both(in[1].dim(0) + in[0].dim(0), in[0].dim(1));
        both << as_matrix(in[1]), as_matrix(in[0]);
        return both;
    }
    template <Scalar S>
    static Gates<S> gates(const Arrays<S>& in) {
        const Matrix<S> both = stacked(in);
        const auto z = [&](std::size_t W) {
            Matrix<S> sum = product(as_matrix(in[W]), both);
            sum.colwise() += Vector<S>(as_matrix(in[W + 1]).col(0));
            return sum;
        };
        Gates<S> of{activate(Sigmoid{}, z(3)),
                    activate(Sigmoid{}, z(5)),
                    activate(Tanh{}, z(7)),
                    activate(Sigmoid{}, z(9)),
                    {}};
        of.c_next = of.f.cwiseProduct(as_matrix(in[2])) + of.i.cwiseProduct(of.candidate);
        return of;
    }
    // What reaches the pre-activation of a gate with these values.
    template <class G, class S>
    static Matrix<S> through(const G& g, const Matrix<S>& values, const std::type_identity_t<Matrix<S>>& d_values) {
        return entrywise([&g](const S& d, const S& a) -> S { return d * g.derivative_from_value(a); }, d_values,
                         values);
    }
};

}  // namespace gradproof
