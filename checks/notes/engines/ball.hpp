// SPDX-License-Identifier: MIT
//
// Numbers known to lie in a ball, as Arb computes with them.
#pragma once

#include <acb.h>
#include <arb.h>

#include <string>

namespace gradproof::proof {

/// A bound of a ball's absolute value: get_mag is Arb's function that takes it, and `side` where it is rounded to.
/// mag_get_d would make 2^-1000 of all that is smaller.
template <class Number, class Value>
double magnitude(void (*get_mag)(mag_t, const Number), const Value& value, arf_rnd_t side) {
    mag_t bound;
    mag_init(bound);
    get_mag(bound, value);
    arf_t number;
    arf_init(number);
    arf_set_mag(number, bound);
    const double result = arf_get_d(number, side);
    arf_clear(number);
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
    double most() const { return magnitude(arb_get_mag, value, ARF_RND_UP); }
    double least() const { return magnitude(arb_get_mag_lower, value, ARF_RND_DOWN); }

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
    double most() const { return magnitude(acb_get_mag, value, ARF_RND_UP); }
    arb_srcptr real() const { return acb_realref(value); }
};

}  // namespace gradproof::proof
