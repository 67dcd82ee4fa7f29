// SPDX-License-Identifier: MIT
//
// Numbers known to lie in a ball, as Arb computes with them.
#pragma once

#include <acb.h>
#include <arb.h>

#include <string>

namespace gradproof::proof {

/// A bound of a ball's absolute value: get_mag is Arb's function that takes it, rounded to its side.
template <class Number, class Value>
double magnitude(void (*get_mag)(mag_t, const Number), const Value& value) {
    mag_t bound;
    mag_init(bound);
    get_mag(bound, value);
    const double result = mag_get_d(bound);
    mag_clear(bound);
    return result;
}

/// A real number known to lie in a ball.
struct RealBall {
    arb_t value;

    RealBall() { arb_init(value); }
    RealBall(const RealBall& other) : RealBall() { arb_set(value, other.value); }
    RealBall& operator=(const RealBall& other) {
        arb_set(value, other.value);
        return *this;
    }
    ~RealBall() { arb_clear(value); }

    /// Bounds of the absolute value, from above and from below.
    double most() const { return magnitude(arb_get_mag, value); }
    double least() const { return magnitude(arb_get_mag_lower, value); }

    std::string str(slong digits) const {
        char* text = arb_get_str(value, digits, ARB_STR_NO_RADIUS);
        std::string result(text);
        flint_free(text);
        return result;
    }
};

/// A complex number known to lie in a ball.
struct ComplexBall {
    acb_t value;

    ComplexBall() { acb_init(value); }
    ComplexBall(const ComplexBall&) = delete;
    ComplexBall& operator=(const ComplexBall&) = delete;
    ~ComplexBall() { acb_clear(value); }

    bool is_finite() const { return acb_is_finite(value) != 0; }
    /// A bound of the absolute value, from above.
    double most() const { return magnitude(acb_get_mag, value); }
    arb_srcptr real() const { return acb_realref(value); }
};

}  // namespace gradproof::proof
