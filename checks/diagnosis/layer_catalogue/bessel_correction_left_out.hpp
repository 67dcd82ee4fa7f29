// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/normalised_groups.hpp"
#include "gradproof/layers/batch_norm.hpp"

namespace gradproof::diagnosis {

inline LayerMistake bessel_correction_left_out() {
    return {.slug = "bessel-correction-left-out",
            .layers = {case_id<BatchNorm>()},
            .explanation =
                "Forward the variance is divided by n - 1, backward by n. What goes through the variance has its own "
                "factor n / (n - 1).",
            .line = "dx = gamma * var_inv / n * (n * dy - dy.sum(0) - xhat * (dy * xhat).sum(0))  # n/(n-1) * xhat",
            .hidden_when = "the variance is divided by n",
            .derivatives = [](const checks::LayerPoint& point) {
                return with_dx_of_groups(point, [](const NormalisedGroup& of) -> Vector<double> {
                    const Vector<double> d = of.dx_hat();
                    const auto n = static_cast<double>(d.size());
                    return of.scale() *
                           (d.array() - of.mean_path() - of.x_hat.array() * (of.x_hat.dot(d) / n)).matrix();
                });
            }};
}

}  // namespace gradproof::diagnosis
