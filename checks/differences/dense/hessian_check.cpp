// SPDX-License-Identifier: MIT
#include "differences/dense/hessian_check.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <random>

#include "differences/network/rounding.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {
namespace {

using Number = Dual<double>;

void check_direction_shapes(const Network<double>& network, const ParameterTensors& tensors, const char* what) {
    using detail::require, detail::shape;
    require(tensors.W.size() == network.depth() + 1 && tensors.b.size() == network.depth() + 1,
            fmt::format("the {} needs a W and a b for every layer", what));
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& [W, b, activation] = network.layer(l);
        require(tensors.W[l].rows() == W.rows() && tensors.W[l].cols() == W.cols(),
                fmt::format("W{} of the {} is {}, but W{} is {}", l, what,
                            shape(tensors.W[l].rows(), tensors.W[l].cols()), l, shape(W.rows(), W.cols())));
        require(tensors.b[l].size() == b.size(),
                fmt::format("b{} of the {} has {} entries, but b{} has {}", l, what, tensors.b[l].size(), l, b.size()));
    }
}

Gradients<double> gradients_at(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                               const ParameterTensors& direction, double t) {
    Network<double> moved = network;
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        moved.layer(l).W += t * direction.W[l];
        moved.layer(l).b += t * direction.b[l];
    }
    return backward(moved, forward(moved, X), Y);
}

// The farthest that a pre-activation of layer 1 is moved by the direction, so that steps are in its units.
double motion_of(const Matrix<double>& X, const ParameterTensors& direction) {
    Matrix<double> motion = direction.W[1] * X;
    motion.colwise() += direction.b[1];
    return std::max(motion.cwiseAbs().maxCoeff(), 1.0);
}

struct Slopes {
    std::array<Matrix<double>, 4> of_steps;  // h, h/2, h/4, h/8
    double h;

    // Extrapolated three times. The bar is the distance to the extrapolation before, plus rounding: each gradient is
    // off by `rounding` of the magnitudes, and the extrapolation leaves less than twice what the shortest step makes of
    // it.
    Estimate estimate(Eigen::Index r, Eigen::Index c, double rounding) const {
        std::array<double, 4> column{};
        for (std::size_t n = 0; n < 4; ++n) column[n] = of_steps[n](r, c);
        double previous = column[3];
        double factor = 4;
        for (std::size_t order = 1; order < 4; ++order, factor *= 4) {
            previous = column[3];
            for (std::size_t n = 3; n >= order; --n) column[n] += (column[n] - column[n - 1]) / (factor - 1);
        }
        return smooth_estimate(column[3], std::abs(column[3] - previous) + 2 * rounding * 8 / h, std::abs(column[3]));
    }
};

}  // namespace

ParameterTensors hessian_times(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                               const ParameterTensors& direction) {
    check_shapes(network, X, &Y);
    check_direction_shapes(network, direction, "direction");
    Network<Number> dual{.layers = {}, .loss = network.loss, .lambda = Number(network.lambda)};
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& [W, b, activation] = network.layer(l);
        const auto with_direction = [](double value, double along) { return Number(value, along); };
        dual.layers.push_back(
            {W.binaryExpr(direction.W[l], with_direction), b.binaryExpr(direction.b[l], with_direction), activation});
    }
    const Gradients<Number> gradients =
        backward(dual, forward(dual, Matrix<Number>(X.cast<Number>())), Matrix<Number>(Y.cast<Number>()));
    ParameterTensors product;
    const auto derivative = [](const Number& number) { return number.derivative; };
    for (std::size_t l = 0; l <= network.depth(); ++l) {
        product.W.push_back(gradients.dW[l].unaryExpr(derivative));
        product.b.push_back(gradients.db[l].unaryExpr(derivative));
    }
    return product;
}

std::vector<TensorVerdict> check_hessian_times(const Network<double>& network, const Matrix<double>& X,
                                               const Matrix<double>& Y, const ParameterTensors& direction,
                                               const ParameterTensors& product, int required_digits) {
    check_shapes(network, X, &Y);
    check_direction_shapes(network, direction, "direction");
    check_direction_shapes(network, product, "product");
    const double h = 0x1p-5 / motion_of(X, direction);
    std::array<std::array<Gradients<double>, 4>, 2> moved;
    for (int n = 0; n < 4; ++n)
        for (const int side : {0, 1})
            moved[static_cast<std::size_t>(side)][static_cast<std::size_t>(n)] =
                gradients_at(network, X, Y, direction, std::ldexp(side == 0 ? h : -h, -n));
    const Gradients<double> unmoved = backward(network, forward(network, X), Y);
    std::vector<TensorVerdict> verdicts;
    const auto judge_all = [&](const std::string& name, const auto& member, const Matrix<double>& claimed) {
        Slopes slopes{.of_steps = {}, .h = h};
        for (std::size_t n = 0; n < 4; ++n)
            slopes.of_steps[n] = (member(moved[0][n]) - member(moved[1][n])) / std::ldexp(2 * h, -static_cast<int>(n));
        const double magnitude = member(unmoved).cwiseAbs().maxCoeff();
        const double rounding = (rounding_of_backward(network) + static_cast<double>(X.cols()) * 0x1p-53) * magnitude;
        TensorEstimate estimates(name, claimed.rows(), claimed.cols());
        double largest = 0;
        for (Eigen::Index c = 0; c < claimed.cols(); ++c)
            for (Eigen::Index r = 0; r < claimed.rows(); ++r) {
                estimates(r, c) = slopes.estimate(r, c, rounding);
                largest = std::max(largest, estimates(r, c).scale);
            }
        // The contributions of the examples are not kept apart, so a small entry is judged by the size of the largest.
        for (Estimate& estimate : estimates.entries) estimate.scale = largest;
        verdicts.push_back(judge_tensor(claimed, estimates, required_digits));
    };
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        judge_all(
            fmt::format("H W{}", l), [l](const Gradients<double>& g) { return g.dW[l]; }, product.W[l]);
        judge_all(
            fmt::format("H b{}", l), [l](const Gradients<double>& g) { return Matrix<double>(g.db[l]); }, product.b[l]);
    }
    return verdicts;
}

ParameterTensors random_direction(const Network<double>& network, std::uint32_t seed) {
    std::mt19937 generator(seed);
    const auto sign = [&generator](double) { return (generator() & 0x80000000U) != 0 ? 1.0 : -1.0; };
    ParameterTensors direction{.W = {{}}, .b = {{}}};
    for (const auto& layer : network.layers) {
        direction.W.push_back(layer.W.unaryExpr(sign));
        direction.b.push_back(layer.b.unaryExpr(sign));
    }
    return direction;
}

}  // namespace gradproof::checks
