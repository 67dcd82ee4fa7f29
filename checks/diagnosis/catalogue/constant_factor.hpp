// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake constant_factor() {
    return {
        .slug = "constant-factor",
        .explanation =
            "Every entry is the right one times the same number. Look for a forgotten or doubled 1/2, "
            "a batch size that is not m, or a gradient that was added up twice.",
        .note = "derivations/network.md (cost)",
        .variants = {
            {{Step::dA_output, Step::dZ_output, Step::dZ, Step::dW, Step::db, Step::dA},
             "",
             [](Step step, const Situation& s) -> Attempts {
                 const Tensor right = right_value(step, s);
                 return {{.value = Tensor::Zero(right.rows(), right.cols()),
                          .direction = right,
                          .excluded = {1, -1, s.m(), 1 / s.m()},
                          .line = with_right_formula(step, s, "{theta} * (", ")")}};
             }},
            {{Step::dW},
             "dW{l} = {theta} * dZ{l} @ A{p}.T{/m}{+L2}",
             [](Step, const Situation& s) -> Attempts {
                 if (s.network.lambda == 0) return {};
                 return {
                     {s.regularisation(), "of the data term alone", s.data_gradient(), {0, 1, -1, s.m(), 1 / s.m()}}};
             }},
        }};
}

}  // namespace gradproof::diagnosis
