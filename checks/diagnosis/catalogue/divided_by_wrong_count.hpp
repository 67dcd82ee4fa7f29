// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// What the cost divides its sum over the examples by.
inline double right_count(const Situation& s) {
    return s.scale.is_weighted_mean ? s.network.example_weights.sum() : s.m();
}

inline Mistake divided_by_wrong_count() {
    return {.slug = "divided-by-wrong-count",
            .explanation =
                "The mean is taken over something else than the m examples. Divide by m, the number of "
                "examples in X and Y, or by the sum of their weights where the cost does.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dW, Step::db},
                 "",
                 [](Step step, const Situation& s) -> Attempts {
                     const auto size = [](Eigen::Index n) { return static_cast<double>(n); };
                     std::vector<std::pair<double, std::string>> counts{
                         {size(s.W().cols()), "the units of the layer below"},
                         {size(s.W().rows()), "the units of the layer"},
                         {size(s.cache.A[0].rows()), "the features"},
                         {s.m() - 1, "m - 1"},
                         {s.m() * size(s.Y.rows()), "all entries of Y"}};
                     if (s.scale.is_weighted_mean)
                         counts.insert(counts.begin(), {s.m(), "m, not the sum of the weights"});
                     const double right = right_count(s);
                     Attempts attempts;
                     for (const auto& [count, what] : counts) {
                         if (count == right || count <= 1) continue;
                         const std::string number = std::to_string(static_cast<long>(count));
                         const std::string detail = what + ", " + number;
                         const double factor = right / count;
                         attempts.push_back(
                             {.value = step == Step::dW ? Tensor(s.data_gradient() * factor + s.regularisation())
                                                        : Tensor(bias_gradient(s.dZ()) * factor),
                              .detail = detail,
                              .filling = number,
                              .line = step == Step::dW ? "dW{l} = dZ{l} @ A{p}.T{*m} / {k}{+L2}"
                                                       : "db{l} = np.sum(dZ{l}, axis=1, keepdims=True){*m} / {k}"});
                     }
                     return attempts;
                 }},
                {{Step::dA_output, Step::dZ_output},
                 "",
                 [](Step step, const Situation& s) -> Attempts {
                     if (s.Y.rows() < 2) return {};
                     return {{.value = right_value(step, s) / static_cast<double>(s.Y.rows()),
                              .detail = "a mean over the output units too",
                              .filling = std::to_string(s.Y.rows()),
                              .line = with_right_formula(step, s, "(", ") / {k}")}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
