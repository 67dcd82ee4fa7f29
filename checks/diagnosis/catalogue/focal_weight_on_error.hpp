// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake focal_weight_on_error() {
    return {
        .slug = "focal-weight-on-error",
        .explanation =
            "A - Y is weighted with a power of its size, as the focal loss weighs cross-entropy. The weight belongs "
            "into the cost, and there it depends on A: its own derivative is a second term of dA.",
        .note = "derivations/losses/focal.md (derivative)",
        .variants = {
            {{Step::dZ_output}, "dZ{l} = (A{l} - Y) * np.abs(A{l} - Y)**{k}", [](Step, const Situation& s) -> Attempts {
                 if (!s.activation().facts().range.is_within(closed_unit_interval)) return {};
                 const auto error = (s.A() - s.Y).array();
                 Attempts attempts;
                 for (const double gamma : {0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0}) {
                     const std::string power = fmt::format("{:g}", gamma);
                     attempts.push_back(
                         {.value = weighted<double>(s.network, (error * error.abs().pow(gamma)).matrix()),
                          .detail = "gamma = " + power,
                          .filling = power});
                 }
                 return attempts;
             }}}};
}

}  // namespace gradproof::diagnosis
