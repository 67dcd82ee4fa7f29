// SPDX-License-Identifier: MIT
#include "diagnosis/search/step.hpp"

#include <fmt/format.h>

namespace gradproof::diagnosis {

Tensor derivative_of(const AnyActivation& activation, const Tensor& points) {
    if (!is_elementwise(activation)) return {};
    return pull_back(activation, points, Tensor(Tensor::Ones(points.rows(), points.cols())));
}

Tensor Situation::derivative_at(const Tensor& points) const {
    return derivative_of(activation(), points);
}

Tensor right_value(Step step, const Situation& s) {
    switch (step) {
        case Step::dA_output:
            return loss_derivative(s.network, s.cache, s.Y);
        case Step::dZ_output:
            if (s.is_canonical()) return weighted(s.network, dZ_as_a_minus_y(s.A(), s.Y));
            return pull_back(s.activation(), s.Z(), s.dA());
        case Step::dW:
            return weight_gradient(s.dZ(), s.A_prev(), s.W(), s.network.lambda);
        case Step::db:
            return bias_gradient(s.dZ());
        case Step::dA:
            return Dense<double>::dA_prev(s.W_next(), s.dZ_next());
        case Step::dZ:
            return pull_back(s.activation(), s.Z(), s.dA());
    }
    return {};
}

Gradients<double> right_gradients(const Network<double>& network, const Cache<double>& cache, const Tensor& Y,
                                  bool with_dA0) {
    Gradients<double> gradients = backward(network, cache, Y);
    gradients.dA.back() = loss_derivative(network, cache, Y);
    if (!with_dA0) gradients.dA.front().resize(0, 0);
    return gradients;
}

Tensor tensor_of(const Gradients<double>& gradients, Step step, std::size_t l) {
    switch (step) {
        case Step::dA_output:
        case Step::dA:
            return gradients.dA[l];
        case Step::dZ_output:
        case Step::dZ:
            return gradients.dZ[l];
        case Step::dW:
            return gradients.dW[l];
        case Step::db:
            return gradients.db[l];
    }
    return {};
}

void set_tensor(Gradients<double>& gradients, Step step, std::size_t l, const Tensor& value) {
    switch (step) {
        case Step::dA_output:
        case Step::dA:
            gradients.dA[l] = value;
            break;
        case Step::dZ_output:
        case Step::dZ:
            gradients.dZ[l] = value;
            break;
        case Step::dW:
            gradients.dW[l] = value;
            break;
        case Step::db:
            gradients.db[l] = value;
            break;
    }
}

std::string tensor_name(Step step, std::size_t l) {
    constexpr std::string_view names[] = {"dA", "dZ", "dW", "db", "dA", "dZ"};
    return fmt::format("{}{}", names[static_cast<std::size_t>(step)], l);
}

std::vector<Place> backward_order(std::size_t L) {
    std::vector<Place> places;
    for (std::size_t l = L; l >= 1; --l) {
        places.push_back({l == L ? Step::dA_output : Step::dA, l});
        places.push_back({l == L ? Step::dZ_output : Step::dZ, l});
        places.push_back({Step::dW, l});
        places.push_back({Step::db, l});
    }
    places.push_back({Step::dA, 0});
    return places;
}

}  // namespace gradproof::diagnosis
