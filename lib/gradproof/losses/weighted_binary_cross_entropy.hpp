// SPDX-License-Identifier: MIT
//
// Binary cross-entropy in which the label 1 counts pos_weight times, -(w y log a + (1 - y) log(1 - a)), for data in
// which it is rare; the weight is 2 unless set.
// derivations/losses/weighted_binary_cross_entropy.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/case.hpp"
#include "gradproof/loss.hpp"

namespace gradproof {

struct WeightedBinaryCrossEntropy {
    static constexpr std::string_view name = "weighted_binary_cross_entropy";
    static constexpr Interval prediction_domain = open_unit_interval;
    static constexpr Interval label_domain = closed_unit_interval;
    static constexpr Labels labels = Labels::numbers;

    double pos_weight = 2;  ///< of the label 1, positive
    static constexpr std::array<Parameter<WeightedBinaryCrossEntropy>, 1> parameters{
        {{"pos_weight", &WeightedBinaryCrossEntropy::pos_weight, positive_numbers}}};

    /// derivations/losses/weighted_binary_cross_entropy.md (value)
    template <Scalar S>
    S value(const S& a, const S& y) const {
        const S of_ones = as_written<S>(pos_weight) * x_log_y(y, a);
        if (y == S(1)) return -of_ones;
        return -(of_ones + (S(1) - y) * log_of_rest(a));
    }
    /// derivations/losses/weighted_binary_cross_entropy.md (derivative)
    template <Scalar S>
    S derivative(const S& a, const S& y) const {
        return -(as_written<S>(pos_weight) * y / a - (S(1) - y) / (S(1) - a));
    }
};

}  // namespace gradproof
