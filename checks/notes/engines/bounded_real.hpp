// SPDX-License-Identifier: MIT
//
// A number with 50 digits and a bound of its rounding error, or the news that there is no such number. Heavy: includes
// real.hpp.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>

#include "notes/engines/real.hpp"
#include "notes/reader/tree.hpp"

namespace gradproof::notes {

// The unit roundoff of Real. An elementary function of MPFR is rounded as well as a sum is; one put together from
// several is allowed more.
inline constexpr double roundoff = 0x1p-168;
inline constexpr double function_roundoff = 64 * roundoff;
inline constexpr double smallest = 1e-290;  // keeps a bound from underflowing to 0

struct BoundedReal {
    Real x = 0;
    double error = 0;  ///< no more than this away from the exact value
    enum class State : std::uint8_t {
        unknown,
        none,    ///< could not be told: too close to where it has no value, or to a kink
        absent,  ///< has no value, beyond doubt: no case applies, the logarithm of a negative number
        known,
        yes,  ///< a condition that holds
        no
    } state = State::unknown;
    bool exists() const { return state == State::known; }
};

double size_of(const Real& x);

/// x, and no error at all.
BoundedReal exactly(Real x);
/// x with this error; `rounded` adds that of a rounded result.
BoundedReal known(Real x, double error);
BoundedReal rounded(Real x, double error);
BoundedReal none();
BoundedReal absent();
BoundedReal truth(bool holds);

/// Whether this is 0, beyond doubt.
inline bool is_zero(const BoundedReal& a) {
    return a.exists() && a.error == 0 && a.x == 0;
}

/// Without an error where there was none and nothing is rounded.
BoundedReal plus(const BoundedReal& a, const BoundedReal& b);
BoundedReal minus(const BoundedReal& a, const BoundedReal& b);
BoundedReal minus(const BoundedReal& a);
BoundedReal times(const BoundedReal& a, const BoundedReal& b);
BoundedReal quotient(const BoundedReal& a, const BoundedReal& b);
/// exp log sqrt tanh sinh cosh sin cos arctan erf abs.
BoundedReal elementary(const std::string& name, const BoundedReal& a);
BoundedReal power(const BoundedReal& base, bool base_is_e, const BoundedReal& exponent);

/// -1, 0, 1, or nothing if the errors leave it open.
std::optional<int> order_of(const BoundedReal& a, const BoundedReal& b);
std::optional<bool> holds(Relation relation, const BoundedReal& a, const BoundedReal& b);

}  // namespace gradproof::notes
