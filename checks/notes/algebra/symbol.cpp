// SPDX-License-Identifier: MIT
#include "notes/algebra/symbol.hpp"

#include "gradproof/scalar.hpp"
#include "notes/algebra/field.hpp"
#include "notes/algebra/tower.hpp"

namespace gradproof::proof {

static_assert(gradproof::Scalar<Symbol> && gradproof::Ordered<Symbol>);

namespace {

Tower& tower() {
    return Field::current().tower();
}

Symbol make(Fraction fraction) {
    return Symbol(std::make_shared<const Fraction>(std::move(fraction)));
}

// Both elements in the same, present generators: reading one may replace a generator that the other is written in.
std::pair<const Fraction&, const Fraction&> fresh(const Symbol& a, const Symbol& b) {
    while (true) {
        const Fraction* const first = &a.fraction();
        const Fraction& second = b.fraction();
        if (&a.fraction() == first) return {*first, second};
    }
}

[[noreturn]] Symbol unsupported(const char* function) {
    throw UnsupportedFunction(std::string(function) +
                              " is not in the field of formulas: give it a generator with its derivative in "
                              "checks/notes/algebra/tower.hpp, or write the formula with exp, log, tanh, atan or erf");
}

}  // namespace

Symbol::Symbol(double value)
    : fraction_(std::make_shared<const Fraction>(tower().constant(Rational::exactly(value)))) {}

const Fraction& Symbol::fraction() const {
    if (!fraction_) fraction_ = std::make_shared<const Fraction>(tower().constant(Rational(0)));
    if (!tower().is_fresh(*fraction_)) fraction_ = std::make_shared<const Fraction>(tower().refreshed(*fraction_));
    return *fraction_;
}

std::string Symbol::str() const {
    return tower().str(fraction());
}

bool Symbol::is_zero() const {
    return fraction().numerator.is_zero();
}

Symbol Symbol::operator-() const {
    return make(tower().negate(fraction()));
}

Symbol operator+(const Symbol& a, const Symbol& b) {
    const auto [x, y] = fresh(a, b);
    return make(tower().add(x, y));
}
Symbol operator-(const Symbol& a, const Symbol& b) {
    return a + -b;
}
Symbol operator*(const Symbol& a, const Symbol& b) {
    const auto [x, y] = fresh(a, b);
    return make(tower().multiply(x, y));
}
Symbol operator/(const Symbol& a, const Symbol& b) {
    return a * make(tower().invert(b.fraction()));
}

bool operator==(const Symbol& a, const Symbol& b) {
    return Field::current().sign_of_difference(a, b, true) == 0;
}
bool operator<(const Symbol& a, const Symbol& b) {
    return Field::current().sign_of_difference(b, a, false) > 0;
}

Symbol exp(const Symbol& u) {
    return make(tower().exp(u.fraction()));
}
Symbol expm1(const Symbol& u) {
    return exp(u) - Symbol(1);
}
Symbol log(const Symbol& u) {
    return make(tower().log(u.fraction()));
}
Symbol log1p(const Symbol& u) {
    return log(Symbol(1) + u);
}
Symbol tanh(const Symbol& u) {
    return make(tower().tanh(u.fraction()));
}
Symbol sinh(const Symbol& u) {
    return (exp(u) - exp(-u)) / Symbol(2);
}
Symbol cosh(const Symbol& u) {
    return (exp(u) + exp(-u)) / Symbol(2);
}
Symbol sin(const Symbol& u) {
    return make(tower().sin(u.fraction()));
}
Symbol cos(const Symbol& u) {
    return make(tower().cos(u.fraction()));
}
Symbol tan(const Symbol& u) {
    return sin(u) / cos(u);
}
Symbol atan(const Symbol& u) {
    return make(tower().atan(u.fraction()));
}
Symbol erf(const Symbol& u) {
    return make(tower().erf(u.fraction()));
}
Symbol erfc(const Symbol& u) {
    return Symbol(1) - erf(u);
}
Symbol abs(const Symbol& u) {
    return u < Symbol(0) ? -u : u;
}
Symbol fabs(const Symbol& u) {
    return abs(u);
}
Symbol max(const Symbol& a, const Symbol& b) {
    return a < b ? b : a;
}
Symbol min(const Symbol& a, const Symbol& b) {
    return b < a ? b : a;
}

Symbol sqrt(const Symbol& u) {
    return u.is_zero() ? u : exp(log(u) / Symbol(2));
}
Symbol pow(const Symbol& u, int exponent) {
    return make(tower().power(u.fraction(), exponent));
}
Symbol pow(const Symbol& u, const Symbol& exponent) {
    const auto& fraction = exponent.fraction();
    if (tower().is_constant(fraction) && fraction.numerator.constant().is_integer())
        return make(tower().power(u.fraction(), fraction.numerator.constant().to_long()));
    return exp(exponent * log(u));
}
Symbol root_of_pi() {
    return make(tower().root_of_pi());
}
Symbol root_of_pi(const Symbol&) {
    return root_of_pi();
}
Symbol unknown(const std::string& function, unsigned order, const Symbol& u) {
    return make(tower().unknown(function, order, u.fraction()));
}
Symbol cbrt(const Symbol&) {
    return unsupported("cbrt");
}
Symbol asin(const Symbol&) {
    return unsupported("asin");
}
Symbol acos(const Symbol&) {
    return unsupported("acos");
}
Symbol asinh(const Symbol&) {
    return unsupported("asinh");
}
Symbol acosh(const Symbol&) {
    return unsupported("acosh");
}
Symbol atanh(const Symbol&) {
    return unsupported("atanh");
}
Symbol lgamma(const Symbol&) {
    return unsupported("lgamma");
}
Symbol tgamma(const Symbol&) {
    return unsupported("tgamma");
}

}  // namespace gradproof::proof
