// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <limits>

#include "diagnosis/mistake.hpp"
#include "differences/network/network_probe.hpp"

namespace gradproof::diagnosis {

// dA ⊙ g'(Z) with (1 - c) left + c right where Z is exactly on a kink; nothing if that is what g' takes there itself.
inline Attempts with_slope_at_kink(const Situation& s, double c) {
    Tensor derivative = s.derivative_at(s.Z());
    if (derivative.size() == 0) return {};
    bool differs = false;
    for (const double kink : checks::kink_points(s.activation())) {
        const auto beside = [&](double side) {
            return s.derivative_at(Tensor::Constant(1, 1, std::nextafter(kink, side)))(0, 0);
        };
        constexpr double far = std::numeric_limits<double>::infinity();
        const double slope = (1 - c) * beside(-far) + c * beside(far);
        for (Eigen::Index n = 0; n < derivative.size(); ++n) {
            if (s.Z().data()[n] != kink || derivative.data()[n] == slope) continue;
            derivative.data()[n] = slope;
            differs = true;
        }
    }
    if (!differs) return {};
    return {{s.dA().cwiseProduct(derivative)}};
}

inline Mistake slope_at_kink() {
    return {.slug = "slope-at-kink",
            .explanation =
                "At Z = 0 exactly another slope is taken than ours, which is that of the left side. This is another "
                "convention and no mistake.",
            .note = "derivations/kinks.md (convention)",
            .variants = {{{Step::dZ_output, Step::dZ},
                          "",
                          [](Step, const Situation& s) -> Attempts { return with_slope_at_kink(s, 1); }},
                         {{Step::dZ_output, Step::dZ},
                          "",
                          [](Step, const Situation& s) -> Attempts { return with_slope_at_kink(s, 0.5); }}},
            .is_convention = true};
}

}  // namespace gradproof::diagnosis
