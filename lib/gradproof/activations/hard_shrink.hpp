// SPDX-License-Identifier: MIT
//
// The hard threshold: what is small becomes 0, everything else stays as it is; small is what is at most 1/2 in size
// unless set. At both edges the value jumps, and there the derivative is taken as 0, the slope of the middle.
// derivations/activations/hard_shrink.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activation.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct HardShrink {
    static constexpr std::string_view name = "hard_shrink";
    static constexpr Interval range = real_line;

    double threshold = 0.5;  ///< half the width of the flat middle, positive
    static constexpr std::array<Parameter<HardShrink>, 1> parameters{
        {{"threshold", &HardShrink::threshold, positive_numbers}}};

    std::array<Kink, 2> kinks() const {
        return {Kink{.at = -threshold, .derivative_taken = 0, .value_jumps = true},
                Kink{.at = threshold, .derivative_taken = 0, .value_jumps = true}};
    }

    /// derivations/activations/hard_shrink.md (value)
    template <Ordered S>
    S value(const S& z) const {
        return is_small(z) ? S(0) : z;
    }
    /// derivations/activations/hard_shrink.md (derivative)
    template <Ordered S>
    S derivative(const S& z) const {
        return is_small(z) ? S(0) : S(1);
    }

  private:
    template <Ordered S>
    bool is_small(const S& z) const {
        const S edge = as_written<S>(threshold);
        return !(edge < z) && !(z < -edge);
    }
};

}  // namespace gradproof
