// SPDX-License-Identifier: MIT
//
// An L-layer network in the conventions of the course (derivations/notation.md): examples are columns, X is n_0 × m,
// layer l has W (n_l × n_{l-1}), b (n_l × 1), Z = W A_prev + b, A = g(Z). dZ and dA carry no 1/m, dW and db do. The
// cost is the mean loss plus λ/(2m) times the sum of the squared weights; biases are not regularised. Examples may have
// weights: then the loss of each counts so often in the sum, and so does its derivative.
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_loss.hpp"
#include "gradproof/dense.hpp"
#include "gradproof/pairing.hpp"

namespace gradproof {

/// What the course calls layer l: a dense layer, W[l] and b[l], and an activation.
template <Scalar S>
struct DenseWithActivation {
    Dense<S> dense;  // W is n_l × n_{l-1}, b has n_l entries
    AnyActivation activation;
};

template <Scalar S>
struct Network {
    std::vector<DenseWithActivation<S>> layers;  // layers[l - 1] is layer l
    AnyLoss loss;
    S lambda = S(0);  // weight of the L2 regularisation, λ
    /// 1 × m, by which the loss of each example is multiplied; empty for the plain mean. A mask is one of 0 and 1.
    Matrix<S> example_weights{};

    std::size_t depth() const { return layers.size(); }
    const DenseWithActivation<S>& layer(std::size_t l) const { return layers[l - 1]; }
    DenseWithActivation<S>& layer(std::size_t l) { return layers[l - 1]; }
};

/// The same network in another scalar, as a complex step, a dual number or a longer mantissa wants it.
template <Scalar T, Scalar S>
Network<T> cast(const Network<S>& network) {
    Network<T> other{.layers = {},
                     .loss = network.loss,
                     .lambda = T(network.lambda),
                     .example_weights = network.example_weights.template cast<T>()};
    for (const auto& [dense, activation] : network.layers)
        other.layers.push_back({{dense.W.template cast<T>(), dense.b.template cast<T>()}, activation});
    return other;
}

/// What a forward pass leaves behind, indexed by layer: A[0] = X, A[l] and Z[l] for l = 1..L; Z[0] is empty.
template <Scalar S>
struct Cache {
    std::vector<Matrix<S>> Z;
    std::vector<Matrix<S>> A;
};

/// What a backward pass returns, indexed by layer: dW, db, dZ for l = 1..L (entry 0 is empty), dA for l = 0..L, where
/// dA[L] is empty if the pass took dZ[L] = A - Y and so never needed it.
template <Scalar S>
struct Gradients {
    std::vector<Matrix<S>> dW;
    std::vector<Vector<S>> db;
    std::vector<Matrix<S>> dZ;
    std::vector<Matrix<S>> dA;
};

/// Gradients of a network of L layers with nothing in them.
template <Scalar S = double>
Gradients<S> empty_gradients(std::size_t L) {
    return {.dW = std::vector<Matrix<S>>(L + 1),
            .db = std::vector<Vector<S>>(L + 1),
            .dZ = std::vector<Matrix<S>>(L + 1),
            .dA = std::vector<Matrix<S>>(L + 1)};
}

/// The two routes to dZ of the output layer.
enum class OutputRoute { through_dA, a_minus_y };

namespace detail {

inline std::string shape(Eigen::Index rows, Eigen::Index columns) {
    return std::to_string(rows) + " x " + std::to_string(columns);
}

inline void require(bool holds, const std::string& message) {
    if (!holds) throw std::invalid_argument(message);
}

}  // namespace detail

/// Checks that layers fit each other and X, and if Y is given that labels fit the output. Throws std::invalid_argument
/// naming the layer and both shapes.
template <Scalar S>
void check_shapes(const Network<S>& network, const Matrix<S>& X, const Matrix<S>* Y = nullptr) {
    using detail::require, detail::shape;
    require(network.depth() > 0, "a network needs at least one layer");
    require(X.cols() > 0, "X holds no example: it is " + shape(X.rows(), X.cols()) + ", with examples in columns");
    Eigen::Index n_prev = X.rows();
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& [W, b] = network.layer(l).dense;
        const std::string index = std::to_string(l);
        require(W.cols() == n_prev, "W" + index + " is " + shape(W.rows(), W.cols()) + ", but " +
                                        (l == 1 ? std::string("X") : std::string("A").append(std::to_string(l - 1))) +
                                        " has " + std::to_string(n_prev) + " rows: W" + index + " needs " +
                                        std::to_string(n_prev) + " columns");
        require(b.size() == W.rows(), "b" + index + " has " + std::to_string(b.size()) + " entries, but W" + index +
                                          " is " + shape(W.rows(), W.cols()) + ": b" + index + " needs " +
                                          std::to_string(W.rows()));
        n_prev = W.rows();
    }
    const Matrix<S>& weights = network.example_weights;
    require(weights.size() == 0 || (weights.rows() == 1 && weights.cols() == X.cols()),
            "the weights of the examples are " + shape(weights.rows(), weights.cols()) + ", but X has " +
                std::to_string(X.cols()) + " examples: they need to be " + shape(1, X.cols()));
    if (Y)
        require(Y->rows() == n_prev && Y->cols() == X.cols(),
                "Y is " + shape(Y->rows(), Y->cols()) + ", but the network's output is " + shape(n_prev, X.cols()));
}

/// What follows from Z[1]. A[0] is left empty, for whoever keeps X already.
template <Scalar S>
Cache<S> forward_from(const Network<S>& network, Matrix<S> Z) {
    Cache<S> cache{.Z = {Matrix<S>()}, .A = {Matrix<S>()}};
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        if (l > 1) Z = network.layer(l).dense.forward(cache.A.back());
        cache.A.push_back(activate(network.layer(l).activation, Z));
        cache.Z.push_back(std::move(Z));
    }
    return cache;
}

/// Z[l] = W[l] A[l-1] + b[l] and A[l] = g(Z[l]) for l = 1..L. Throws std::invalid_argument if shapes do not fit.
/// derivations/network.md (Z)
template <Scalar S>
Cache<S> forward(const Network<S>& network, const Matrix<S>& X) {
    check_shapes(network, X);
    Cache<S> cache = forward_from(network, network.layer(1).dense.forward(X));
    cache.A.front() = X;
    return cache;
}

/// The same network, whose cost is the plain mean.
template <Scalar S>
Network<S> without_example_weights(Network<S> network) {
    network.example_weights.resize(0, 0);
    return network;
}

/// What is known of each example, a column, times the weight of that example. derivations/layouts_and_costs.md
/// (weights)
template <Scalar S>
Matrix<S> weighted(const Network<S>& network, Matrix<S> columns) {
    const Matrix<S>& weights = network.example_weights;
    if (weights.size() == 0) return columns;
    for (Eigen::Index i = 0; i < columns.cols(); ++i)
        for (Eigen::Index j = 0; j < columns.rows(); ++j) columns(j, i) = weights(0, i) * columns(j, i);
    return columns;
}

/// The losses of the m examples (1 × m), each times its weight, without regularisation.
template <Scalar S>
Matrix<S> example_losses(const Network<S>& network, const Cache<S>& cache, const Matrix<S>& Y) {
    return weighted(network,
                    example_losses(network.layers.back().activation, network.loss, cache.Z.back(), cache.A.back(), Y));
}

/// The sum of the squared entries of all weights, which λ/(2m) multiplies in the cost.
template <Scalar S>
S squared_weights(const Network<S>& network) {
    S sum = S(0);
    for (const auto& layer : network.layers) sum = sum + layer.dense.W.cwiseProduct(layer.dense.W).sum();
    return sum;
}

/// The cost J: the mean loss plus λ/(2m) times the squared weights. Throws std::invalid_argument if Y does not fit.
/// derivations/network.md (cost)
template <Scalar S>
S cost(const Network<S>& network, const Cache<S>& cache, const Matrix<S>& Y) {
    check_shapes(network, cache.A.front(), &Y);
    const S m = S(static_cast<double>(Y.cols()));
    return example_losses(network, cache, Y).sum() / m + network.lambda / (S(2) * m) * squared_weights(network);
}

/// dA[L], the derivative of each example's loss with respect to its prediction, times the example's weight.
/// derivations/network.md (dA output)
template <Scalar S>
Matrix<S> loss_derivative(const Network<S>& network, const Cache<S>& cache, const Matrix<S>& Y) {
    return weighted(network, loss_derivative(network.loss, cache.A.back(), Y));
}

/// dW = dZ A_prevᵀ / m + (λ/m) W, n_l × n_{l-1}. derivations/network.md (dW)
template <Scalar S>
Matrix<S> weight_gradient(const Matrix<S>& dZ, const Matrix<S>& A_prev, const Matrix<S>& W, const S& lambda) {
    const S m = S(static_cast<double>(dZ.cols()));
    return Dense<S>::dW(dZ, A_prev) / m + W * (lambda / m);
}

/// db = the row sums of dZ, divided by m. derivations/network.md (db)
template <Scalar S>
Vector<S> bias_gradient(const Matrix<S>& dZ) {
    return Dense<S>::db(dZ) / S(static_cast<double>(dZ.cols()));
}

/// The route that keeps its digits: A - Y where the pairing is canonical, through dA elsewhere.
template <Scalar S>
OutputRoute preferred_route(const Network<S>& network) {
    return is_canonical_pair(network.layers.back().activation, network.loss) ? OutputRoute::a_minus_y
                                                                             : OutputRoute::through_dA;
}

/// All gradients, from the last layer to the first. Throws std::invalid_argument if Y does not fit or if the route is
/// a_minus_y and the pairing is not canonical. derivations/network.md
template <Scalar S>
Gradients<S> backward(const Network<S>& network, const Cache<S>& cache, const Matrix<S>& Y, OutputRoute route) {
    check_shapes(network, cache.A.front(), &Y);
    const std::size_t L = network.depth();
    Gradients<S> gradients = empty_gradients<S>(L);
    if (route == OutputRoute::a_minus_y) {
        const auto& output = network.layers.back().activation;
        detail::require(is_canonical_pair(output, network.loss),
                        "dZ = A - Y does not hold for " + std::string(name_of(output)) + " with " +
                            std::string(name_of(network.loss)) + ": take the route through dA");
        gradients.dZ[L] = weighted(network, dZ_as_a_minus_y(cache.A[L], Y));
    } else {
        gradients.dA[L] = loss_derivative(network, cache, Y);
    }
    for (std::size_t l = L; l >= 1; --l) {
        const auto& [dense, activation] = network.layer(l);
        if (gradients.dZ[l].size() == 0) gradients.dZ[l] = pull_back(activation, cache.Z[l], gradients.dA[l]);
        gradients.dW[l] = weight_gradient(gradients.dZ[l], cache.A[l - 1], dense.W, network.lambda);
        gradients.db[l] = bias_gradient(gradients.dZ[l]);
        gradients.dA[l - 1] = Dense<S>::dA_prev(dense.W, gradients.dZ[l]);
    }
    return gradients;
}

/// All gradients by the preferred route.
template <Scalar S>
Gradients<S> backward(const Network<S>& network, const Cache<S>& cache, const Matrix<S>& Y) {
    return backward(network, cache, Y, preferred_route(network));
}

// Compiled once, in the library: products of matrices take long to compile.
extern template void check_shapes(const Network<double>&, const Matrix<double>&, const Matrix<double>*);
extern template Cache<double> forward_from(const Network<double>&, Matrix<double>);
extern template Cache<double> forward(const Network<double>&, const Matrix<double>&);
extern template Matrix<double> example_losses(const Network<double>&, const Cache<double>&, const Matrix<double>&);
extern template double cost(const Network<double>&, const Cache<double>&, const Matrix<double>&);
extern template Matrix<double> weight_gradient(const Matrix<double>&, const Matrix<double>&, const Matrix<double>&,
                                               const double&);
extern template Vector<double> bias_gradient(const Matrix<double>&);
extern template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&,
                                           OutputRoute);
extern template Gradients<double> backward(const Network<double>&, const Cache<double>&, const Matrix<double>&);
extern template void check_shapes(const Network<long double>&, const Matrix<long double>&, const Matrix<long double>*);
extern template Cache<long double> forward_from(const Network<long double>&, Matrix<long double>);
extern template Cache<long double> forward(const Network<long double>&, const Matrix<long double>&);
extern template Matrix<long double> example_losses(const Network<long double>&, const Cache<long double>&,
                                                   const Matrix<long double>&);

}  // namespace gradproof
