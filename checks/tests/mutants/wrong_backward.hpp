// SPDX-License-Identifier: MIT
//
// Backward passes with one mistake each, in any scalar: every checker must refute them, by numbers and by symbols.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::mutants {

/// A backward pass that has come to layer l: dA of the layer is there, and dZ once it is made.
template <Scalar S>
struct Place {
    const Network<S>& network;
    const Cache<S>& cache;
    const Matrix<S>& Y;
    const Gradients<S>& gradients;
    std::size_t l;

    const DenseWithActivation<S>& layer() const { return network.layer(l); }
    bool is_output() const { return l == network.depth(); }
    const Matrix<S>& dZ() const { return gradients.dZ[l]; }
    const Matrix<S>& dA() const { return gradients.dA[l]; }
    S m() const { return S(static_cast<double>(Y.cols())); }
};

/// lib's backward pass through dA in steps, each of which a mistake may replace.
template <Scalar S>
struct BackwardPass {
    using Step = Matrix<S> (*)(const Place<S>&);
    static Matrix<S> right_dZ(const Place<S>& at) {
        return pull_back(at.layer().activation, at.cache.Z[at.l], at.dA());
    }
    static Matrix<S> right_dW(const Place<S>& at) {
        return weight_gradient(at.dZ(), at.cache.A[at.l - 1], at.layer().dense.W, at.network.lambda);
    }
    static Matrix<S> right_db(const Place<S>& at) { return bias_gradient(at.dZ()); }
    static Matrix<S> right_dA_prev(const Place<S>& at) { return Dense<S>::dA_prev(at.layer().dense.W, at.dZ()); }

    std::string name;
    std::vector<std::string> seen_in;  ///< tensors, by name without layer, in which the mistake must be seen
    Step dZ = right_dZ;
    Step dW = right_dW;
    Step db = right_db;
    Step dA_prev = right_dA_prev;
    bool right_if_canonical = false;  ///< whether it is no mistake with a canonical pairing

    Gradients<S> operator()(const Network<S>& network, const Cache<S>& cache, const Matrix<S>& Y) const {
        const std::size_t L = network.depth();
        Gradients<S> gradients = empty_gradients<S>(L);
        gradients.dA[L] = loss_derivative(network, cache, Y);
        for (std::size_t l = L; l >= 1; --l) {
            const Place<S> at{network, cache, Y, gradients, l};
            gradients.dZ[l] = dZ(at);
            gradients.dW[l] = dW(at);
            gradients.db[l] = db(at);
            gradients.dA[l - 1] = dA_prev(at);
        }
        return gradients;
    }
};

template <Scalar S>
std::vector<BackwardPass<S>> wrong_backward_passes() {
    using Pass = BackwardPass<S>;
    using At = const Place<S>&;
    using M = Matrix<S>;
    return {
        {.name = "mean_missing_in_dW",
         .seen_in = {"dW"},
         .dW = [](At at) -> M { return product(at.dZ(), at.cache.A[at.l - 1].transpose()); }},
        {.name = "mean_missing_in_db", .seen_in = {"db"}, .db = [](At at) -> M { return at.dZ().rowwise().sum(); }},
        {.name = "mean_applied_twice",
         .seen_in = {"dZ", "dA", "dW", "db"},
         .dZ = [](At at) -> M { return at.is_output() ? M(Pass::right_dZ(at) / at.m()) : Pass::right_dZ(at); }},
        {.name = "one_db_for_all_units",
         .seen_in = {"db"},
         .db = [](At at) -> M { return M::Constant(at.dZ().rows(), 1, at.dZ().sum() / at.m()); }},
        {.name = "regularised_bias",
         .seen_in = {"db"},
         .db = [](At at) -> M { return Pass::right_db(at) + at.layer().dense.b * (at.network.lambda / at.m()); }},
        {.name = "sign_of_the_output",
         .seen_in = {"dZ", "dA", "dW", "db"},
         .dZ = [](At at) -> M { return at.is_output() ? M(-Pass::right_dZ(at)) : Pass::right_dZ(at); }},
        {.name = "a_minus_y_for_every_loss",
         .seen_in = {"dZ", "dA", "dW", "db"},
         .dZ = [](At at) -> M { return at.is_output() ? M(at.cache.A[at.l] - at.Y) : Pass::right_dZ(at); },
         .right_if_canonical = true},
        {.name = "slope_of_the_output_taken_twice",
         .seen_in = {"dZ", "dA", "dW", "db"},
         .dZ = [](At at) -> M {
             const M dZ = Pass::right_dZ(at);
             return at.is_output() ? pull_back(at.layer().activation, at.cache.Z[at.l], dZ) : dZ;
         }},
        {.name = "slope_forgotten_in_hidden_layers",
         .seen_in = {"dZ", "dW", "db"},
         .dZ = [](At at) -> M { return at.is_output() ? Pass::right_dZ(at) : at.dA(); }},
        {.name = "slope_taken_at_A_instead_of_Z",
         .seen_in = {"dZ", "dW", "db"},
         .dZ = [](At at) -> M {
             return pull_back(at.layer().activation, at.is_output() ? at.cache.Z[at.l] : at.cache.A[at.l], at.dA());
         }},
        {.name = "transpose_missing_where_it_fits",
         .seen_in = {"dA"},
         .dA_prev = [](At at) -> M {
             const M& W = at.layer().dense.W;
             return W.rows() == W.cols() ? product(W, at.dZ()) : Pass::right_dA_prev(at);
         }},
        {.name = "weights_updated_before_they_are_used",
         .seen_in = {"dA"},
         .dA_prev = [](At at) -> M { return Pass::right_dA_prev(at) * S(0.9); }},
        {.name = "sign_of_the_regularisation",
         .seen_in = {"dW"},
         .dW = [](At at) -> M {
             return weight_gradient(at.dZ(), at.cache.A[at.l - 1], at.layer().dense.W, S(-at.network.lambda));
         }},
        {.name = "regularisation_forgotten",
         .seen_in = {"dW"},
         .dW = [](At at) -> M { return weight_gradient(at.dZ(), at.cache.A[at.l - 1], at.layer().dense.W, S(0)); }},
    };
}

}  // namespace gradproof::mutants
