// SPDX-License-Identifier: MIT
//
// The losses of one example at steps h, h/2, h/4, ... to either side, and the derivative with the narrowest error bar
// that they give: by central differences, or one-sided ones where a kink lies on the other side, or both one-sided
// derivatives where the example lies on a kink. derivations/finite_differences.md (richardson)
#pragma once

#include <array>
#include <cstddef>
#include <optional>

#include "differences/network/network_probe.hpp"
#include "differences/network/roundoff.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The derivative is that in t, where step k moves by t = ± 2^-k.
template <class S>
class HalvedSteps {
  public:
    static constexpr std::size_t most_steps = 48;

    HalvedSteps(S unmoved, RoundingOfLoss<S> rounding) : unmoved_(unmoved), rounding_(rounding) {}

    /// The losses of the next step, above and below, and what kinks lie within it.
    void add(const std::array<S, 2>& losses, const std::array<Crossing, 2>& crossings);

    /// Whether a step changes the loss before it meets a kink.
    bool has_moved() const;

    /// The narrowest estimate; none as long as kinks leave no room for three steps.
    std::optional<Estimate> estimate() const;

    /// Rounding alone makes every error bar from further steps at least so wide.
    S narrowest_of_further_steps() const;

  private:
    struct Extrapolation {
        S value;
        S error_bar;
    };
    enum class Kind { central, above, below };

    S slope(Kind kind, std::size_t k) const;
    std::optional<Extrapolation> narrowest(Kind kind, std::size_t first) const;
    std::optional<Estimate> smooth() const;
    std::optional<Estimate> between_the_sides() const;

    S unmoved_;
    RoundingOfLoss<S> rounding_;
    std::size_t count_ = 0;
    std::array<std::array<S, most_steps>, 2> losses_;  // [0] above, [1] below
    std::array<std::size_t, 2> first_uncrossed_{};     // from this step on no kink is crossed
    std::array<bool, 2> leaves_kink_{};                // some step from there on leaves a kink
};

extern template class HalvedSteps<double>;
extern template class HalvedSteps<long double>;

}  // namespace gradproof::checks
