// SPDX-License-Identifier: MIT
#include "tests/proofs/mistaken_backward.hpp"

namespace gradproof::proof {

Backward backward_with(std::optional<Mistake> mistake) {
    return [mistake](const Network<Symbol>& network, const Cache<Symbol>& cache, const Matrix<Symbol>& Y) {
        const auto made = [mistake](Mistake which) { return mistake == which; };
        const Symbol m(static_cast<double>(Y.cols()));
        const std::size_t L = network.depth();
        Gradients<Symbol> gradients;
        gradients.dW.resize(L + 1);
        gradients.db.resize(L + 1);
        gradients.dZ.resize(L + 1);
        gradients.dA.resize(L + 1);
        gradients.dA[L] = loss_derivative(network, cache, Y);
        for (std::size_t l = L; l >= 1; --l) {
            const auto& [W, b, activation] = network.layer(l);
            Matrix<Symbol>& dZ = gradients.dZ[l];
            const Matrix<Symbol>& at = made(Mistake::derivative_at_activation) ? cache.A[l] : cache.Z[l];
            dZ = pull_back(activation, at, gradients.dA[l]);
            if (l < L && made(Mistake::missing_activation_derivative)) dZ = gradients.dA[l];
            if (l == L && made(Mistake::shortcut_without_canonical_pairing)) dZ = dZ_as_a_minus_y(cache.A[L], Y);
            if (l == L && made(Mistake::mean_applied_twice)) dZ = dZ / m;
            if (l == L && made(Mistake::wrong_sign)) dZ = -dZ;
            const Symbol lambda = made(Mistake::missing_regularisation) ? Symbol(0) : network.lambda;
            gradients.dW[l] = weight_gradient(dZ, cache.A[l - 1], W, lambda);
            gradients.db[l] = bias_gradient(dZ);
            if (made(Mistake::missing_mean)) gradients.dW[l] = gradients.dW[l] * m;
            if (made(Mistake::bias_not_averaged)) gradients.db[l] = gradients.db[l] * m;
            if (made(Mistake::regularised_bias)) gradients.db[l] += b * (network.lambda / m);
            gradients.dA[l - 1] = previous_activation_gradient(W, dZ);
            if (made(Mistake::missing_transpose) && W.rows() == W.cols()) gradients.dA[l - 1] = W * dZ;
        }
        return gradients;
    };
}

}  // namespace gradproof::proof
