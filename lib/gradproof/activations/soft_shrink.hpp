// SPDX-License-Identifier: MIT
//
// The soft threshold: every value is moved towards 0 by the threshold, and is 0 if it would pass 0; the threshold is
// 1/2 unless set. At its kinks, where |z| is the threshold, the derivative is taken as 0, the slope of the middle.
// derivations/activations/soft_shrink.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct SoftShrink {
    static constexpr std::string_view name = "soft_shrink";
    static constexpr Interval range = real_line;

    double threshold = 0.5;  ///< half the width of the flat middle, positive
    static constexpr std::array<Parameter<SoftShrink>, 1> parameters{
        {{"threshold", &SoftShrink::threshold, positive_numbers}}};

    std::array<Kink, 2> kinks() const {
        return {Kink{.at = -threshold, .derivative_taken = 0}, Kink{.at = threshold, .derivative_taken = 0}};
    }

    /// derivations/activations/soft_shrink.md (value)
    template <Ordered S>
    S value(const S& z) const {
        const S edge = as_written<S>(threshold);
        if (edge < z) return z - edge;
        if (z < -edge) return z + edge;
        return S(0);
    }
    /// derivations/activations/soft_shrink.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        const S edge = as_written<S>(threshold);
        if (edge < z || z < -edge) return S(1);
        return S(0);
    }
};

}  // namespace gradproof
