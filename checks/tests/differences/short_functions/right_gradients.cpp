// SPDX-License-Identifier: MIT
#include "tests/differences/short_functions/right_gradients.hpp"

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::checks {

Decisions decisions_on_right_gradients() {
    constexpr std::uint32_t seeds = 4;
    Decisions decisions;
    for (const AnyActivation& hidden : {AnyActivation(Sigmoid{}), AnyActivation(Tanh{})})
        for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
            const SmallNetwork small =
                small_network({6, 5, 4, 3, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, 7, 0, seed, 0.01, 0.01);
            const Gradients<double> right = backward(small.network, forward(small.network, small.X), small.Y);
            const NetworkEstimates estimates =
                differentiate_network(small.network, small.X, small.Y, {.activations = false});
            for (const TensorVerdict& tensor : judge_gradients(right, estimates)) {
                decisions.confirmed += tensor.confirmed;
                decisions.undecided += tensor.undecided;
                decisions.refuted += tensor.refuted;
            }
            for (std::size_t l = 1; l <= small.network.depth(); ++l)
                for (const auto* entries : {&estimates.dW[l], &estimates.db[l]})
                    for (Eigen::Index k = 0; k < entries->columns; ++k)
                        for (Eigen::Index j = 0; j < entries->rows; ++j) {
                            const Method method = (*entries)(j, k).method;
                            decisions.by_fallback +=
                                method == Method::extended_difference || method == Method::dual_number;
                        }
        }
    return decisions;
}

}  // namespace gradproof::checks
