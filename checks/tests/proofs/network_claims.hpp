// SPDX-License-Identifier: MIT
//
// What is proved of a whole network: that a backward pass returns the derivatives of the cost that lib's forward pass
// returns, for all weights, biases, inputs, labels and λ, at one shape.
#pragma once

#include <functional>
#include <vector>

#include "gradproof/network.hpp"
#include "tests/proofs/claims.hpp"

namespace gradproof::proof {

/// The widths n_0, ..., n_L and the number of examples.
struct Shape {
    std::vector<Eigen::Index> widths;
    Eigen::Index m;

    std::string str() const;
};

/// A network whose every number is a symbol, with inputs and labels. Labels that must sum to 1 have their last one
/// eliminated. Needs a current field.
struct SymbolicNetwork {
    Network<Symbol> network;
    Matrix<Symbol> X;
    Matrix<Symbol> Y;

    SymbolicNetwork(const Shape& shape, const AnyActivation& hidden, const AnyActivation& output, const AnyLoss& loss);
};

using Backward =
    std::function<Gradients<Symbol>(const Network<Symbol>&, const Cache<Symbol>&, const Matrix<Symbol>& Y)>;

/// lib's own backward pass by the given route.
Backward backward_by(OutputRoute route);

/// How many symbols and functions of symbols a proof at this shape may need.
std::size_t field_capacity(const Shape& shape);

/// Proves, in `claim` and with whatever is assumed, that every entry of dW, db and dA[0] is the derivative of the cost
/// (dA[0], which carries no 1/m, m times the derivative).
void prove_gradients(Claim& claim, const SymbolicNetwork& problem, const Backward& backward);

}  // namespace gradproof::proof
