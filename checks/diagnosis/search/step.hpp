// SPDX-License-Identifier: MIT
//
// A backward pass as a row of steps, each with what it may use. The right formulas of the steps are the library's own;
// the catalogue holds wrong ones with the same signature.
#pragma once

#include <string>
#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

using Tensor = Matrix<double>;  // db as n × 1

/// The steps of a backward pass, named after the tensor they compute.
enum class Step {
    dA_output,  ///< dA[L] from A[L] and Y
    dZ_output,  ///< dZ[L] from dA[L], or as A[L] - Y
    dW,         ///< dW[l] from dZ[l] and A[l-1]
    db,         ///< db[l] from dZ[l]
    dA,         ///< dA[l] from W[l+1] and dZ[l+1]
    dZ,         ///< dZ[l], l < L, from dA[l] and Z[l]
};

/// How somebody's gradients stand to those of the course's cost. It matters where a wrong formula is not linear in
/// them.
struct GradientScale {
    double of_parameters = 1;       ///< dW and db
    double of_examples = 1;         ///< dZ and dA
    bool is_weighted_mean = false;  ///< the sum over the examples is divided by that of their weights, not by m
};

/// What a backward pass has at hand when it computes the tensor of layer l: the network, the forward pass, the labels
/// and all gradients computed before, right or wrong as they are.
struct Situation {
    const Network<double>& network;
    const Cache<double>& cache;
    const Tensor& Y;
    const Gradients<double>& before;
    std::size_t l;
    GradientScale scale{};

    std::size_t L() const { return network.depth(); }
    double m() const { return static_cast<double>(Y.cols()); }
    const Tensor& Z() const { return cache.Z[l]; }
    const Tensor& A() const { return cache.A[l]; }
    const Tensor& A_prev() const { return cache.A[l - 1]; }
    const Tensor& W() const { return network.layer(l).dense.W; }
    const Tensor& W_next() const { return network.layer(l + 1).dense.W; }
    const Tensor& dA() const { return before.dA[l]; }
    const Tensor& dZ() const { return before.dZ[l]; }
    const Tensor& dZ_next() const { return before.dZ[l + 1]; }
    const AnyActivation& activation() const { return network.layer(l).activation; }
    bool is_canonical() const { return is_canonical_pair(network.layers.back().activation, network.loss); }

    /// dZ A_prevᵀ / m, the weight gradient without regularisation.
    Tensor data_gradient() const { return weight_gradient<double>(dZ(), A_prev(), W(), 0.0); }
    /// (λ/m) W
    Tensor regularisation() const { return W() * (network.lambda / m()); }
    /// g'(Z) of this layer's activation at other points; empty for a vector activation.
    Tensor derivative_at(const Tensor& points) const;
};

/// g'(points), element by element; empty for a vector activation.
Tensor derivative_of(const AnyActivation& activation, const Tensor& points);

/// The right value of a step's tensor. derivations/network.md
Tensor right_value(Step step, const Situation& situation);

/// All right gradients at this forward pass, dA[L] among them even where the pass takes dZ[L] = A[L] - Y. dA[0] is as
/// large as X and seldom asked for, so it is left out unless wanted.
Gradients<double> right_gradients(const Network<double>& network, const Cache<double>& cache, const Tensor& Y,
                                  bool with_dA0 = true);

/// Where a step's tensor stands among the gradients. db is taken as n × 1.
Tensor tensor_of(const Gradients<double>& gradients, Step step, std::size_t l);
void set_tensor(Gradients<double>& gradients, Step step, std::size_t l, const Tensor& value);

/// "dW2" for Step::dW and layer 2.
std::string tensor_name(Step step, std::size_t l);

/// One step of the pass at one layer.
struct Place {
    Step step;
    std::size_t l;
    friend bool operator==(const Place&, const Place&) = default;
};

/// All steps in the order a backward pass takes them: dA[L], dZ[L], dW[L], db[L], dA[L-1], dZ[L-1], ... db[1], dA[0].
std::vector<Place> backward_order(std::size_t L);

}  // namespace gradproof::diagnosis
