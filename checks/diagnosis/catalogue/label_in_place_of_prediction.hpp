// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake label_in_place_of_prediction() {
    return {
        .slug = "label-in-place-of-prediction",
        .explanation =
            "A and Y have changed places in the derivative of the loss, up to its sign, as in a division by 1 + Y for "
            "1 + A. That is the slope in the label; dA is the slope in the prediction.",
        .note = "derivations/network.md (dA output)",
        .variants = {{{Step::dA_output}, "", [](Step step, const Situation& s) -> Attempts {
                          const Interval& domain = s.network.loss.facts().prediction_domain;
                          for (const double y : s.Y.reshaped())
                              if (!domain.contains(y)) return {};
                          const Tensor exchanged = weighted(s.network, loss_derivative(s.network.loss, s.Y, s.A()));
                          if (!exchanged.allFinite()) return {};
                          // Where it is the residual that counts, it is the sign alone that is wrong.
                          constexpr double rounding = 1e-12;
                          const Tensor right = right_value(step, s);
                          if ((exchanged + right).norm() <= rounding * right.norm()) return {};
                          return {{.value = -exchanged}, {.value = exchanged, .detail = "with its sign"}};
                      }}}};
}

}  // namespace gradproof::diagnosis
