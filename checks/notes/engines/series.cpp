// SPDX-License-Identifier: MIT
#include "notes/engines/series.hpp"

#include <acb_hypgeom.h>

#include "notes/engines/ball.hpp"

namespace gradproof::proof {
namespace {

// Left of 0 log and sqrt are cut: there they jump, and a finite enclosure would not mean that they are analytic.
void refuse_cut(const ComplexBall& u, const char* function) {
    const bool right_of_0 = arb_is_positive(acb_realref(u.value)) != 0;
    const bool off_axis = arb_contains_zero(acb_imagref(u.value)) == 0;
    if (!right_of_0 && !off_axis) throw Unclear(std::string("the argument of ") + function + " may not be positive");
}

// The arctangent is cut on the imaginary axis, from i up and from -i down.
void refuse_cut_beyond_i(const ComplexBall& u) {
    constexpr slong bits = 64;
    const bool off_axis = arb_contains_zero(acb_realref(u.value)) == 0;
    RealBall beyond;
    arb_abs(beyond.value, acb_imagref(u.value));
    arb_sub_si(beyond.value, beyond.value, 1, bits);
    const bool within_i = arb_is_negative(beyond.value) != 0;
    if (!off_axis && !within_i) throw Unclear("the argument of arctan may lie beyond i or -i");
}

}  // namespace

Series Series::number(const std::string& digits, Format format) {
    Series result(format);
    ComplexBall ball;
    if (arb_set_str(acb_realref(ball.value), digits.c_str(), format.bits) != 0)
        throw std::invalid_argument("'" + digits + "' is no number in digits");
    acb_poly_set_acb(result.value_, ball.value);
    return result;
}

Series Series::constant(std::string_view name, Format format) {
    Series result(format);
    ComplexBall ball;
    if (name == "e") {
        arb_const_e(acb_realref(ball.value), format.bits);
    } else {
        arb_const_pi(acb_realref(ball.value), format.bits);
    }
    acb_poly_set_acb(result.value_, ball.value);
    return result;
}

Series Series::variable(const acb_t centre, Format format) {
    Series result(format);
    acb_poly_set_acb(result.value_, centre);
    if (format.length > 1) acb_poly_set_coeff_si(result.value_, 1, 1);
    return result;
}

int Series::sign() const {
    ComplexBall ball;
    coefficient(ball.value, 0);
    if (arb_is_positive(acb_realref(ball.value)) != 0) return 1;
    if (arb_is_negative(acb_realref(ball.value)) != 0) return -1;
    if (acb_is_zero(ball.value) != 0 && format_.length == 1) return 0;
    throw Unclear("a branch may go either way");
}

Series Series::operator-() const {
    Series result(format_);
    acb_poly_neg(result.value_, value_);
    return result;
}
Series operator+(const Series& a, const Series& b) {
    Series result(a.format_);
    acb_poly_add(result.value_, a.value_, b.value_, a.format_.bits);
    return result;
}
Series operator-(const Series& a, const Series& b) {
    Series result(a.format_);
    acb_poly_sub(result.value_, a.value_, b.value_, a.format_.bits);
    return result;
}
Series operator*(const Series& a, const Series& b) {
    Series result(a.format_);
    acb_poly_mullow(result.value_, a.value_, b.value_, a.format_.length, a.format_.bits);
    return result;
}
Series operator/(const Series& a, const Series& b) {
    ComplexBall ball;
    b.coefficient(ball.value, 0);
    if (acb_contains_zero(ball.value) != 0) throw Unclear("a division by what may be 0");
    Series result(a.format_);
    acb_poly_div_series(result.value_, a.value_, b.value_, a.format_.length, a.format_.bits);
    return result;
}
Series exp(const Series& u) {
    Series result(u.format_);
    acb_poly_exp_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}
Series log(const Series& u) {
    ComplexBall ball;
    u.coefficient(ball.value, 0);
    refuse_cut(ball, "log");
    Series result(u.format_);
    acb_poly_log_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}
Series sqrt(const Series& u) {
    ComplexBall ball;
    u.coefficient(ball.value, 0);
    if (acb_poly_length(u.value_) == 0) return u;
    refuse_cut(ball, "a root");
    Series result(u.format_);
    acb_poly_sqrt_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}
Series sin(const Series& u) {
    Series result(u.format_);
    acb_poly_sin_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}
Series cos(const Series& u) {
    Series result(u.format_);
    acb_poly_cos_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}
Series atan(const Series& u) {
    ComplexBall ball;
    u.coefficient(ball.value, 0);
    if (acb_poly_length(u.value_) == 0) return u;
    refuse_cut_beyond_i(ball);
    Series result(u.format_);
    acb_poly_atan_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}
Series erf(const Series& u) {
    Series result(u.format_);
    acb_hypgeom_erf_series(result.value_, u.value_, u.format_.length, u.format_.bits);
    return result;
}

}  // namespace gradproof::proof
