// SPDX-License-Identifier: MIT
//
// Softmax at a temperature T, 2 unless set: of z/T, so that a high temperature makes the probabilities more alike and a
// low one more extreme. T = 1 is softmax.
// derivations/activations/tempered_softmax.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/activations/softmax.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

struct TemperedSoftmax {
    static constexpr std::string_view name = "tempered_softmax";
    static constexpr Interval range = open_unit_interval;
    static constexpr bool is_shift_invariant = true;

    double temperature = 2;  ///< positive
    static constexpr std::array<Parameter<TemperedSoftmax>, 1> parameters{
        {{"temperature", &TemperedSoftmax::temperature, positive_numbers}}};

    double softmax_gain() const { return 1 / temperature; }

    /// One column. derivations/activations/tempered_softmax.md (value)
    template <Scalar S>
    Vector<S> value(const Vector<S>& z) const {
        return Softmax{}.value(cooled(z));
    }
    /// derivations/activations/tempered_softmax.md (pull_back)
    template <Scalar S>
    Vector<S> pull_back(const Vector<S>& z, const Vector<S>& upstream) const {
        return cooled(Softmax{}.pull_back(cooled(z), upstream));
    }

  private:
    template <Scalar S>
    Vector<S> cooled(const Vector<S>& z) const {
        const S T = as_written<S>(temperature);
        return entrywise([&T](const S& z_k) -> S { return z_k / T; }, z);
    }
};

}  // namespace gradproof
