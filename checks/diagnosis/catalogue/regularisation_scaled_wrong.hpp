// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake regularisation_scaled_wrong() {
    return {
        .slug = "regularisation-scaled-wrong",
        .explanation =
            "The L2 term of dW has a wrong factor. It is the derivative of the term in the cost, where the square of W "
            "gives 2 W.",
        .note = "derivations/network.md (dW)",
        .variants = {
            {{Step::dW},
             "dW{l} = dZ{l} @ A{p}.T{/m} + {k} * W{l}",
             [](Step, const Situation& s) -> Attempts {
                 if (s.network.lambda == 0) return {};
                 const Tensor data = s.data_gradient();
                 const Tensor L2 = s.regularisation();
                 return {{.value = data + L2 * s.m(), .detail = "m times too large", .filling = "m * {L2}"},
                         {.value = data + L2 / s.m(), .detail = "divided by m once more", .filling = "{L2} / m"},
                         {.value = data + L2 * 2, .detail = "twice too large", .filling = "2 * {L2}"},
                         {.value = data + L2 / 2, .detail = "half of it", .filling = "{L2} / 2"},
                         {.value = data,
                          .detail = "the factor of W",
                          .direction = s.W(),
                          .excluded = {0, s.network.lambda / s.m(), -s.network.lambda / s.m()},
                          .filling = "{theta of W}"}};
             }},
            {{Step::dW},
             "dW{l} = dZ{l} @ A{p}.T{/m} + {L2} * np.sum(W{l})",
             [](Step, const Situation& s) -> Attempts {
                 if (s.network.lambda == 0) return {};
                 const Tensor ones = Tensor::Ones(s.W().rows(), s.W().cols());
                 const Tensor data = s.data_gradient();
                 const double factor = s.network.lambda / s.m();
                 std::string all_squares;
                 for (std::size_t k = 1; k <= s.L(); ++k)
                     all_squares += (k > 1 ? " + " : "") + std::string("np.sum(W") + std::to_string(k) + "**2)";
                 return {{data + ones * (factor * s.W().sum()), "np.sum(W) in every entry"},
                         {.value = data + ones * (factor / 2 * s.W().squaredNorm()),
                          .detail = "the cost's own term in every entry",
                          .line = "dW{l} = dZ{l} @ A{p}.T{/m} + {L2} / 2 * np.sum(W{l}**2)"},
                         {.value = data + ones * (factor / 2 * squared_weights(s.network)),
                          .detail = "the cost's term of all layers in every entry",
                          .line = "dW{l} = dZ{l} @ A{p}.T{/m} + {L2} / 2 * (" + all_squares + ")"}};
             }},
        }};
}

}  // namespace gradproof::diagnosis
