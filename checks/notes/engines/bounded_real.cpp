// SPDX-License-Identifier: MIT
#include "notes/engines/bounded_real.hpp"

#include <bit>
#include <utility>

#include "notes/graph/bounds.hpp"

namespace gradproof::notes {
namespace {

// A function with slope at most `slope` near the argument.
BoundedReal smooth(Real x, double slope, const BoundedReal& argument) {
    const double rounding = function_roundoff * (size_of(x) + smallest);
    return known(std::move(x), slope * argument.error * 2 + rounding);
}

// Boost's own comes by way of Boost.Math, which takes seconds to compile.
Real erf_of(const Real& x) {
    Real value;
    mpfr_erf(value.backend().data(), x.backend().data(), MPFR_RNDN);
    return value;
}

// An operation of MPFR, which tells whether it has rounded, on operands that lead to this error.
template <class Operation>
BoundedReal by(Operation operation, const BoundedReal& a, const BoundedReal& b, double error) {
    Real x;
    const bool is_rounded = operation(x.backend().data(), a.x.backend().data(), b.x.backend().data(), MPFR_RNDN) != 0;
    const bool is_exact = !is_rounded && a.error == 0 && b.error == 0;
    return is_exact ? exactly(std::move(x)) : rounded(std::move(x), error);
}

}  // namespace

double size_of(const Real& x) {
    return std::fabs(static_cast<double>(x));
}

BoundedReal known(Real x, double error) {
    BoundedReal value;
    value.error = error + smallest;
    value.state = std::isfinite(value.error) && isfinite(x) ? BoundedReal::State::known : BoundedReal::State::none;
    value.x = std::move(x);
    return value;
}

BoundedReal exactly(Real x) {
    BoundedReal value;
    value.state = isfinite(x) ? BoundedReal::State::known : BoundedReal::State::none;
    value.x = std::move(x);
    return value;
}

BoundedReal none() {
    BoundedReal value;
    value.state = BoundedReal::State::none;
    return value;
}

BoundedReal absent() {
    BoundedReal value;
    value.state = BoundedReal::State::absent;
    return value;
}

BoundedReal truth(bool holds) {
    BoundedReal value;
    value.state = holds ? BoundedReal::State::yes : BoundedReal::State::no;
    return value;
}

BoundedReal rounded(Real x, double error) {
    const double rounding = roundoff * size_of(x);
    return known(std::move(x), error + rounding);
}

BoundedReal plus(const BoundedReal& a, const BoundedReal& b) {
    return by(mpfr_add, a, b, a.error + b.error);
}

BoundedReal minus(const BoundedReal& a, const BoundedReal& b) {
    return by(mpfr_sub, a, b, a.error + b.error);
}

BoundedReal minus(const BoundedReal& a) {
    return a.error == 0 ? exactly(-a.x) : known(-a.x, a.error);
}

BoundedReal times(const BoundedReal& a, const BoundedReal& b) {
    return by(mpfr_mul, a, b, size_of(a.x) * b.error + size_of(b.x) * a.error + a.error * b.error);
}

BoundedReal quotient(const BoundedReal& a, const BoundedReal& b) {
    if (is_zero(b)) return absent();
    const double divisor = size_of(b.x) - b.error;
    if (!(divisor > 0)) return none();
    return by(mpfr_div, a, b, (a.error + size_of(Real(a.x / b.x)) * b.error) / divisor);
}

BoundedReal elementary(const std::string& name, const BoundedReal& a) {
    const Real& x = a.x;
    if (a.error > 1e-3) return none();  // the slopes below are taken at x
    if (name == "exp") {
        Real value = exp(x);
        const double slope = size_of(value);
        return smooth(std::move(value), slope, a);
    }
    if (name == "log" || name == "sqrt") {
        const double distance = static_cast<double>(x) - 2 * a.error;
        if (is_zero(a)) return name == "sqrt" ? exactly(Real(0)) : absent();
        if (static_cast<double>(x) < -2 * a.error) return absent();
        if (!(distance > 0)) return none();
        if (name == "log") return smooth(log(x), 1 / distance, a);
        return smooth(sqrt(x), 1 / (2 * std::sqrt(distance)), a);
    }
    if (name == "tanh") return smooth(tanh(x), 1, a);
    if (name == "sinh") return smooth(sinh(x), std::cosh(size_of(x)), a);
    if (name == "cosh") return smooth(cosh(x), std::cosh(size_of(x)), a);
    if (name == "sin") return smooth(sin(x), 1, a);
    if (name == "cos") return smooth(cos(x), 1, a);
    if (name == "arctan") return smooth(atan(x), 1, a);
    if (name == "erf") return smooth(erf_of(x), 1.2, a);
    if (name == "abs") return a.error == 0 ? exactly(abs(x)) : known(abs(x), a.error);
    return none();
}

BoundedReal power(const BoundedReal& base, bool base_is_e, const BoundedReal& exponent) {
    if (base_is_e) return elementary("exp", exponent);
    const Real whole = round(exponent.x);
    if (exponent.error < 1e-100 && exponent.x == whole && abs(whole) <= highest_degree) {
        const int n = static_cast<int>(whole);
        const auto size = static_cast<unsigned>(std::abs(n));
        BoundedReal result = exactly(Real(1));
        for (unsigned bit = std::bit_floor(size); bit > 0; bit /= 2) {
            if (result.exists()) result = times(result, result);
            if (result.exists() && (size & bit) != 0) result = times(result, base);
        }
        if (!result.exists()) return none();
        return n < 0 ? quotient(exactly(Real(1)), result) : result;
    }
    if (is_zero(base) && exponent.x > 0 && size_of(exponent.x) > exponent.error) return exactly(Real(0));
    const BoundedReal log = elementary("log", base);
    if (!log.exists()) return log;
    return elementary("exp", times(exponent, log));
}

std::optional<int> order_of(const BoundedReal& a, const BoundedReal& b) {
    const Real difference = a.x - b.x;
    const double errors = a.error + b.error;
    if (size_of(difference) > errors) return difference > 0 ? 1 : -1;
    if (difference == 0 && errors <= 8 * smallest) return 0;
    return std::nullopt;
}

std::optional<bool> holds(Relation relation, const BoundedReal& a, const BoundedReal& b) {
    const auto order = order_of(a, b);
    if (!order) return std::nullopt;
    switch (relation) {
        case Relation::less:
            return *order < 0;
        case Relation::less_equal:
            return *order <= 0;
        case Relation::greater:
            return *order > 0;
        case Relation::greater_equal:
            return *order >= 0;
        case Relation::not_equal:
            return *order != 0;
        default:
            return *order == 0;
    }
}

}  // namespace gradproof::notes
