// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake regularisation_scaled_wrong() {
    return {.slug = "regularisation-scaled-wrong",
            .explanation =
                "The L2 term of dW has a wrong factor. The cost adds lambda / (2 m) * sum(W**2), so dW adds "
                "(lambda / m) * W.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dW},
                 "dW1 = dZ1 @ X.T / m + lambd * W1",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.network.lambda == 0) return {};
                     const Tensor data = s.data_gradient();
                     const Tensor L2 = s.regularisation();
                     return {
                         {data + L2 * s.m(), "lambda * W"},
                         {data + L2 / s.m(), "lambda / m**2 * W"},
                         {data + L2 * 2, "2 * lambda / m * W"},
                         {data + L2 / 2, "lambda / (2 * m) * W"},
                         {data, "the factor of W", s.W(), {0, s.network.lambda / s.m(), -s.network.lambda / s.m()}}};
                 }},
                {{Step::dW},
                 "dW1 = dZ1 @ X.T / m + lambd / m * np.sum(W1)",
                 [](Step, const Situation& s) -> Attempts {
                     if (s.network.lambda == 0) return {};
                     const Tensor ones = Tensor::Ones(s.W().rows(), s.W().cols());
                     const Tensor data = s.data_gradient();
                     const double factor = s.network.lambda / s.m();
                     return {{data + ones * (factor * s.W().sum()), "np.sum(W) in every entry"},
                             {data + ones * (factor / 2 * s.W().squaredNorm()), "the cost's own term in every entry"}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
