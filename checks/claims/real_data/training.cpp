// SPDX-License-Identifier: MIT
#include "claims/real_data/training.hpp"

#include <cmath>

#include "gradproof/checks/course_random.hpp"

namespace gradproof::checks {

Network<double> course_network(const std::vector<Eigen::Index>& sizes, const AnyActivation& hidden,
                               const AnyActivation& output, const AnyLoss& loss, std::uint32_t seed, double factor) {
    CourseRandom random(seed);
    Network<double> network{.layers = {}, .loss = loss};
    for (std::size_t l = 1; l < sizes.size(); ++l) {
        const double scale = factor == 0 ? 1 / std::sqrt(static_cast<double>(sizes[l - 1])) : factor;
        network.layers.push_back({{random.randn(sizes[l], sizes[l - 1]) * scale, Vector<double>::Zero(sizes[l])},
                                  l + 1 == sizes.size() ? output : hidden});
    }
    return network;
}

double descend(Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y, double learning_rate) {
    const Cache<double> cache = forward(network, X);
    const Gradients<double> gradients = backward(network, cache, Y);
    const double before = cost(network, cache, Y);
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        network.layer(l).dense.W -= learning_rate * gradients.dW[l];
        network.layer(l).dense.b -= learning_rate * gradients.db[l];
    }
    return before;
}

double accuracy(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y) {
    const Matrix<double> A = forward(network, X).A.back();
    const auto right = ((A.array() > 0.5) == (Y.array() > 0.5)).count();
    return static_cast<double>(right) / static_cast<double>(Y.size());
}

}  // namespace gradproof::checks
