// SPDX-License-Identifier: MIT
#include "tests/mutants/wrong_formulas.hpp"

#include <cmath>

#include "claims/registry.hpp"

namespace gradproof::mutants {
namespace {

using checks::ScalarCase;

ScalarCase activation_named(const std::string& name) {
    for (ScalarCase& g : checks::elementwise_activations())
        if (g.name == name) return std::move(g);
    return {};
}

ScalarCase with_slope(ScalarCase scalar, std::string name, std::function<double(double)> slope) {
    scalar.name = std::move(name);
    scalar.derivative = std::move(slope);
    return scalar;
}

// The right backward pass in steps, each of which a mutant may replace.
Matrix<double> right_dZ_of_output(const Network<double>& network, const Cache<double>& cache, const Matrix<double>& Y) {
    return gradproof::backward(network, cache, Y).dZ.back();
}
Matrix<double> right_dA_prev(const Network<double>& network, std::size_t l, const Matrix<double>& dZ) {
    return previous_activation_gradient(network.layer(l).W, dZ);
}
Matrix<double> right_dZ(const Network<double>& network, const Cache<double>& cache, std::size_t l,
                        const Matrix<double>& dA) {
    return pull_back(network.layer(l).activation, cache.Z[l], dA);
}

struct Steps {
    std::function<Matrix<double>(const Network<double>&, const Cache<double>&, const Matrix<double>&)> dZ_of_output =
        right_dZ_of_output;
    std::function<Matrix<double>(const Matrix<double>&, const Matrix<double>&, const Matrix<double>&, double)> dW =
        weight_gradient<double>;
    std::function<Vector<double>(const Matrix<double>&)> db = bias_gradient<double>;
    std::function<Matrix<double>(const Network<double>&, std::size_t, const Matrix<double>&)> dA_prev = right_dA_prev;
    std::function<Matrix<double>(const Network<double>&, const Cache<double>&, std::size_t, const Matrix<double>&)> dZ =
        right_dZ;

    Gradients<double> operator()(const Network<double>& network, const Cache<double>& cache,
                                 const Matrix<double>& Y) const {
        const std::size_t L = network.depth();
        Gradients<double> gradients;
        gradients.dW.resize(L + 1);
        gradients.db.resize(L + 1);
        gradients.dZ.resize(L + 1);
        gradients.dA.resize(L + 1);
        for (std::size_t l = L; l >= 1; --l) {
            gradients.dZ[l] = l == L ? dZ_of_output(network, cache, Y) : dZ(network, cache, l, gradients.dA[l]);
            gradients.dW[l] = dW(gradients.dZ[l], cache.A[l - 1], network.layer(l).W, network.lambda);
            gradients.db[l] = db(gradients.dZ[l]);
            gradients.dA[l - 1] = dA_prev(network, l, gradients.dZ[l]);
        }
        return gradients;
    }
};

}  // namespace

std::vector<ScalarCase> wrong_slopes() {
    const ScalarCase sigmoid = activation_named("sigmoid");
    const ScalarCase tanh = activation_named("tanh");
    const ScalarCase relu = activation_named("relu");
    const ScalarCase leaky_relu = activation_named("leaky_relu");
    const ScalarCase softplus = activation_named("softplus");
    const ScalarCase exponential = activation_named("exponential");
    const ScalarCase identity = activation_named("identity");
    return {
        with_slope(sigmoid, "sigmoid_as_its_own_derivative", [=](double z) { return sigmoid.value(z); }),
        with_slope(sigmoid, "sigmoid_slope_from_z_taken_for_a", [](double z) { return z * (1 - z); }),
        with_slope(sigmoid, "sigmoid_slope_with_a_plus",
                   [=](double z) { return sigmoid.value(z) * (1 + sigmoid.value(z)); }),
        with_slope(sigmoid, "sigmoid_slope_off_by_1e_minus_6",
                   [=](double z) { return sigmoid.derivative(z) * (1 + 1e-6); }),
        with_slope(tanh, "tanh_slope_from_z_taken_for_a", [](double z) { return 1 - z * z; }),
        with_slope(tanh, "tanh_as_its_own_derivative", [](double z) { return std::tanh(z); }),
        with_slope(tanh, "tanh_slope_without_the_square", [](double z) { return 1 - std::tanh(z); }),
        with_slope(tanh, "tanh_slope_at_the_value", [=](double z) { return tanh.derivative(tanh.value(z)); }),
        with_slope(relu, "relu_slope_on_the_wrong_side", [](double z) { return z < 0 ? 1.0 : 0.0; }),
        with_slope(relu, "relu_slope_forgotten", [](double) { return 1.0; }),
        with_slope(relu, "relu_as_its_own_derivative", [](double z) { return z > 0 ? z : 0.0; }),
        with_slope(leaky_relu, "leaky_relu_without_the_leak", [](double z) { return z > 0 ? 1.0 : 0.0; }),
        with_slope(softplus, "softplus_slope_of_minus_z", [=](double z) { return sigmoid.value(-z); }),
        with_slope(exponential, "exponential_slope_of_the_power_rule", [](double z) { return z * std::exp(z - 1); }),
        with_slope(identity, "identity_slope_as_z", [](double z) { return z; }),
    };
}

std::vector<WrongBackward> wrong_backward_passes() {
    std::vector<WrongBackward> wrong;
    const auto add = [&wrong](std::string name, Steps steps, std::vector<std::string> seen_in) {
        wrong.push_back({std::move(name), std::move(steps), std::move(seen_in)});
    };
    Steps steps;
    steps.dW = [](const auto& dZ, const auto& A_prev, const auto&, double) { return dZ * A_prev.transpose(); };
    add("mean_missing_in_dW", steps, {"dW"});

    steps = {};
    steps.db = [](const auto& dZ) { return dZ.rowwise().sum(); };
    add("mean_missing_in_db", steps, {"db"});

    steps = {};
    steps.db = [](const auto& dZ) {
        return Vector<double>::Constant(dZ.rows(), dZ.sum() / static_cast<double>(dZ.cols()));
    };
    add("one_db_for_all_units", steps, {"db"});

    steps = {};
    steps.dZ_of_output = [](const auto& network, const auto& cache, const auto& Y) -> Matrix<double> {
        return -gradproof::backward(network, cache, Y).dZ.back();
    };
    add("sign_of_the_output", steps, {"dZ", "dA", "dW", "db"});

    steps = {};
    steps.dZ = [](const auto&, const auto&, std::size_t, const auto& dA) { return dA; };
    add("slope_forgotten_in_hidden_layers", steps, {"dZ", "dW", "db"});

    steps = {};
    steps.dZ = [](const auto& network, const auto& cache, std::size_t l, const auto& dA) {
        return pull_back(network.layer(l).activation, cache.A[l], dA);
    };
    add("slope_taken_at_A_instead_of_Z", steps, {"dZ", "dW", "db"});

    steps = {};
    steps.dA_prev = [](const auto& network, std::size_t l, const auto& dZ) -> Matrix<double> {
        const auto& W = network.layer(l).W;
        return W.rows() == W.cols() ? Matrix<double>(W * dZ) : Matrix<double>(W.transpose() * dZ);
    };
    add("transpose_missing_where_it_fits", steps, {"dA"});

    steps = {};
    steps.dA_prev = [](const auto& network, std::size_t l, const auto& dZ) -> Matrix<double> {
        return 0.9 * network.layer(l).W.transpose() * dZ;
    };
    add("weights_updated_before_they_are_used", steps, {"dA"});

    steps = {};
    steps.dW = [](const auto& dZ, const auto& A_prev, const auto& W, double lambda) {
        return weight_gradient(dZ, A_prev, W, -lambda);
    };
    add("sign_of_the_regularisation", steps, {"dW"});

    steps = {};
    steps.dZ_of_output = [](const auto& network, const auto& cache, const auto& Y) -> Matrix<double> {
        const Matrix<double> dA = loss_derivative(network, cache, Y);
        const auto& output = network.layers.back().activation;
        return pull_back(output, cache.Z.back(), pull_back(output, cache.Z.back(), dA));
    };
    add("slope_of_the_output_taken_twice", steps, {"dZ", "dA", "dW", "db"});
    return wrong;
}

}  // namespace gradproof::mutants
