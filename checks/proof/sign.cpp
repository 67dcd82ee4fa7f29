// SPDX-License-Identifier: MIT
//
// What is known of the sign of an element of a tower.
#include "tower.hpp"

namespace gradproof::proof {
namespace {

// (1 + s)^n p(1/(1 + s)) for p of degree n in t: it has the sign that p has at t = 1/(1 + s), and s > 0 covers all t
// in (0, 1).
Polynomial opened(const Polynomial& p, std::size_t t) {
    const auto coefficients = p.coefficients_of(t);
    const Polynomial one_plus = Polynomial(p.ring(), Rational(1)) + Polynomial::generator(p.ring(), t);
    Polynomial result(p.ring());
    for (std::size_t k = 0; k < coefficients.size(); ++k)
        result = result + coefficients[k] * one_plus.power(coefficients.size() - 1 - k);
    return result;
}

/// slope (g - root), for numbers slope and root and a generator g.
struct Linear {
    std::size_t generator;
    Rational slope;
    Rational root;
};

std::optional<Linear> as_linear(const Polynomial& p) {
    const auto used = p.used();
    if (used.size() != 1 || p.degree(used[0]) != 1) return std::nullopt;
    const auto coefficients = p.coefficients_of(used[0]);
    const Rational slope = coefficients[1].constant();
    return Linear{used[0], slope, Rational(-1) * coefficients[0].constant() / slope};
}

// The constant c with p = c q, if there is one. Precondition: q is not 0.
std::optional<Rational> ratio(const Polynomial& p, const Polynomial& q) {
    const auto quotient = p.divided_by(q);
    if (!quotient || !quotient->is_constant()) return std::nullopt;
    return quotient->constant();
}

}  // namespace

std::optional<int> Tower::sign_of_generator(std::size_t index) {
    if (generators_[index].domain != Domain::real) return 1;
    if (generators_[index].kind != Kind::logarithm) return std::nullopt;
    return sign(add(refreshed(Fraction(*generators_[index].argument)), constant(Rational(-1))));
}

// By a fact, or because all terms have one sign when every generator of the unit interval is opened to (0, ∞).
// With `strict` false, 0 is allowed, too: then 1 means "nowhere negative".
std::optional<int> Tower::sign(const Polynomial& irreducible, bool strictly) {
    for (auto& [element, relation] : facts_) {
        if (relation != Relation::positive && relation != Relation::negative) continue;
        element = refreshed(Fraction(element));
        if (!element.denominator.empty()) continue;
        if (const auto c = ratio(irreducible, element.numerator))
            return relation == Relation::positive ? c->sign() : -c->sign();
        // From z > 1 follows z > 0.
        const auto claimed = as_linear(irreducible);
        const auto known = claimed ? as_linear(element.numerator) : std::nullopt;
        if (!known || known->generator != claimed->generator) continue;
        const bool is_above = (known->slope.sign() > 0) == (relation == Relation::positive);
        const int gap = (known->root - claimed->root).sign();
        if (is_above ? gap >= 0 : gap <= 0) return is_above ? claimed->slope.sign() : -claimed->slope.sign();
    }
    Polynomial p = irreducible;
    for (const auto g : p.used())
        if (generators_[g].domain == Domain::unit_interval) p = opened(p, g);
    std::map<std::size_t, std::optional<int>> signs;
    for (const auto g : p.used()) signs[g] = sign_of_generator(g);
    int common = 0;
    bool strict = false;
    for (std::size_t term = 0; term < p.length(); ++term) {
        const auto exponents = p.exponents(term);
        bool positive = true;
        int sign = p.coefficient(term).sign();
        for (const auto& [g, known] : signs) {
            if (exponents[g] == 0) continue;
            if (!known || *known == 0) {
                if (exponents[g] % 2 != 0) return std::nullopt;
                positive = false;  // an even power of a real number may be 0
            } else if (exponents[g] % 2 != 0) {
                sign *= *known;
            }
        }
        if (common != 0 && sign != common) return std::nullopt;
        common = sign;
        strict = strict || positive;
    }
    if (strictly && !strict) return std::nullopt;
    return common;
}

bool Tower::is_nonnegative(const Fraction& a) {
    if (a.numerator.is_zero()) return true;
    const auto [content, factors] = a.numerator.factor();
    int result = content.sign();
    for (const auto& [factor, exponent] : factors) {
        if (exponent % 2 == 0) continue;
        const auto known = sign(factor, false);
        if (!known) return false;
        result *= *known;
    }
    for (const auto& [factor, exponent] : a.denominator) {
        if (exponent % 2 == 0) continue;
        const auto known = sign(factors_[factor], false);
        if (!known) return false;
        result *= *known;
    }
    return result > 0;
}

std::optional<int> Tower::sign(const Fraction& a) {
    if (a.numerator.is_zero()) return 0;
    for (auto& [element, relation] : facts_) {
        element = refreshed(Fraction(element));
        if (relation == Relation::not_zero || !(element.numerator == a.numerator) || !equal(element, a)) continue;
        return relation == Relation::positive ? 1 : relation == Relation::negative ? -1 : 0;
    }
    const auto [content, factors] = a.numerator.factor();
    int result = content.sign();
    const auto take = [&](const Polynomial& factor, unsigned exponent) {
        const auto known = sign(factor);
        if (!known) return false;
        if (exponent % 2 != 0) result *= *known;
        return true;
    };
    for (const auto& [factor, exponent] : factors)
        if (!take(factor, exponent)) return std::nullopt;
    for (const auto& [factor, exponent] : a.denominator)
        if (!take(factors_[factor], exponent)) return std::nullopt;
    return result;
}

std::optional<std::pair<Fraction, int>> Tower::undecided_factor(const Fraction& a) {
    const auto [content, factors] = a.numerator.factor();
    int rest = content.sign();
    const auto take = [&](const Polynomial& factor, unsigned exponent) {
        const auto known = sign(factor);
        if (known && exponent % 2 != 0) rest *= *known;
        return known.has_value();
    };
    std::optional<Polynomial> open;
    for (const auto& [factor, exponent] : factors) {
        if (take(factor, exponent)) continue;
        if (open || exponent != 1) return std::nullopt;
        open = factor;
    }
    for (const auto& [factor, exponent] : a.denominator)
        if (!take(factors_[factor], exponent)) return std::nullopt;
    const bool is_all = factors.size() == 1 && a.denominator.empty();
    if (!open || is_all) return std::nullopt;
    return std::pair(Fraction{*open, {}, a.epoch}, rest);
}

}  // namespace gradproof::proof
