// SPDX-License-Identifier: MIT
#include "tests/proofs/network_claims.hpp"

#include <variant>

namespace gradproof::proof {

std::string Shape::str() const {
    std::string text;
    for (const auto n : widths) text += std::to_string(n) + "-";
    return text + "with_m_" + std::to_string(m);
}

SymbolicNetwork::SymbolicNetwork(const Shape& shape, const AnyActivation& hidden, const AnyActivation& output,
                                 const AnyLoss& loss) {
    network.loss = loss;
    network.lambda = Field::current().symbol("lambda");
    X = symbols("x", shape.widths[0], shape.m);
    for (std::size_t l = 1; l < shape.widths.size(); ++l) {
        const std::string index = std::to_string(l) + "_";
        network.layers.push_back({.dense = {.W = symbols("W" + index, shape.widths[l], shape.widths[l - 1]),
                                            .b = symbols("b" + index, shape.widths[l], 1)},
                                  .activation = l + 1 == shape.widths.size() ? output : hidden});
    }
    const auto [domain, labels] = std::pair<Interval, Labels>(loss.facts().label_domain, loss.facts().labels);
    Y = symbols("y", shape.widths.back(), shape.m, domain);
    if (labels == Labels::distribution)
        for (Eigen::Index i = 0; i < shape.m; ++i) {
            const Eigen::Index last = Y.rows() - 1;
            Y(last, i) = Symbol(1);
            for (Eigen::Index k = 0; k < last; ++k) Y(last, i) -= Y(k, i);
        }
}

Backward backward_by(OutputRoute route) {
    return [route](const Network<Symbol>& network, const Cache<Symbol>& cache, const Matrix<Symbol>& Y) {
        return backward(network, cache, Y, route);
    };
}

std::size_t field_capacity(const Shape& shape) {
    std::size_t count = 1;  // lambda
    const auto m = static_cast<std::size_t>(shape.m);
    for (std::size_t l = 0; l < shape.widths.size(); ++l) {
        const auto n = static_cast<std::size_t>(shape.widths[l]);
        count += n * m;                                                             // X, or Y
        if (l > 0) count += n * static_cast<std::size_t>(shape.widths[l - 1]) + n;  // W and b
        if (l > 0) count += 3 * n * m;  // e^z, its logistic and its logarithm, for each z
    }
    return count;
}

void prove_gradients(Claim& claim, const SymbolicNetwork& problem, const Backward& backward) {
    const auto& network = problem.network;
    const Cache<Symbol> cache = forward(network, problem.X);
    const Symbol J = cost(network, cache, problem.Y);
    const Gradients<Symbol> gradients = backward(network, cache, problem.Y);
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const std::string index = std::to_string(l);
        claim.equal("dW" + index, gradients.dW[l], derivatives(J, network.layer(l).dense.W));
        claim.equal("db" + index, gradients.db[l], derivatives(J, network.layer(l).dense.b));
    }
    const Matrix<Symbol> dA0 = derivatives(J, problem.X) * Symbol(static_cast<double>(problem.X.cols()));
    claim.equal("dA0", gradients.dA[0], dA0);
}

}  // namespace gradproof::proof
