// SPDX-License-Identifier: MIT
//
// What is known of the sign of an element of a tower.
#include <algorithm>

#include "notes/algebra/tower.hpp"

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

// p at g = slope t + offset, in t, which is written as g.
Polynomial along_line(const Polynomial& p, std::size_t g, long slope, long offset) {
    const auto coefficients = p.coefficients_of(g);
    const Polynomial t = Polynomial::generator(p.ring(), g);
    const Polynomial line = t * Rational(slope) + Polynomial(p.ring(), Rational(offset));
    Polynomial result(p.ring());
    for (std::size_t k = 0; k < coefficients.size(); ++k) result = result + coefficients[k] * line.power(k);
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

// The constants c and r with p = c q + r, if there are any. Precondition: neither is 0.
std::optional<std::pair<Rational, Rational>> factor_and_rest(const Polynomial& p, const Polynomial& q) {
    const Rational c = p.coefficient(0) / q.coefficient(0);
    const Polynomial rest = p - q * c;
    if (!rest.is_constant()) return std::nullopt;
    return std::pair(c, rest.is_zero() ? Rational(0) : rest.constant());
}

}  // namespace

// By its domain, by a fact such as g > 1, or by its argument.
std::optional<int> Tower::sign_of_generator(std::size_t index) {
    if (generators_[index].domain != Domain::real) return 1;
    if (const auto known = sign_by_facts(Polynomial::generator(ring_, index))) return known;
    switch (generators_[index].kind) {
        case Kind::logarithm:
            return sign(add(refreshed(Fraction(*generators_[index].argument)), constant(Rational(-1))));
        case Kind::root:  // 0 or no number where its argument is not positive
            if (sign(refreshed(Fraction(*generators_[index].argument))) == 1) return 1;
            return std::nullopt;
        case Kind::arctangent:
        case Kind::error_function:
            return sign(refreshed(Fraction(*generators_[index].argument)));
        default:
            return std::nullopt;
    }
}

// Of slope (e^u - 1) or slope (1/(1 + e^-u) - 1/2): u, which has the same sign but for the slope's. Else nothing.
std::optional<std::pair<Fraction, int>> Tower::monotonic_argument(const Polynomial& p) {
    const auto line = as_linear(p);
    if (!line) return std::nullopt;
    const Generator& g = generators_[line->generator];
    const bool vanishes_with_it = (g.kind == Kind::exponential && line->root == Rational(1)) ||
                                  (g.kind == Kind::logistic && line->root == Rational(1, 2));
    if (!vanishes_with_it) return std::nullopt;
    return std::pair(refreshed(Fraction(*g.argument)), line->slope.sign());
}

std::optional<int> Tower::sign_by_facts(const Polynomial& irreducible) {
    for (auto& [element, relation] : facts_) {
        if (relation != Relation::positive && relation != Relation::negative) continue;
        element = refreshed(Fraction(element));
        if (!element.denominator.empty() || element.numerator.is_zero()) continue;
        // From z > 1 follows z > 0: z = 1 (z - 1) + 1, and both terms are positive.
        const auto parts = factor_and_rest(irreducible, element.numerator);
        if (!parts) continue;
        const int sign = relation == Relation::positive ? parts->first.sign() : -parts->first.sign();
        if (parts->second.sign() * sign >= 0) return sign;
    }
    return std::nullopt;
}

// Whether it divides something that is known not to be 0: then it is not 0 either.
bool Tower::divides_a_fact(const Polynomial& factor) {
    return std::any_of(facts_.begin(), facts_.end(), [&](Fact& fact) {
        if (fact.relation == Relation::zero) return false;
        fact.element = refreshed(Fraction(fact.element));
        return fact.element.numerator.divided_by(factor).has_value();
    });
}

// By a fact, because all terms have one sign when every generator of an interval is opened to (0, ∞), or as a square
// and a rest. With `strictly` false, 0 is allowed, too: then 1 means "nowhere negative".
std::optional<int> Tower::sign(const Polynomial& irreducible, bool strictly) {
    if (const auto known = sign_by_facts(irreducible)) return known;
    if (const auto same = monotonic_argument(irreducible))
        if (const auto known = sign(same->first)) return *known * same->second;
    Polynomial p = irreducible;
    for (const auto g : irreducible.used()) {
        if (generators_[g].kind == Kind::error_function) {  // from a part of (-1, 1) to (0, 1)
            const int side = sign_of_generator(g).value_or(0);
            if (side < 0) p = along_line(p, g, -1, 0);
            if (side == 0) p = along_line(p, g, 2, -1);
        }
        if (generators_[g].kind == Kind::error_function || generators_[g].domain == Domain::unit_interval)
            p = opened(p, g);
    }
    return sign_of_opened(p, strictly);
}

// Of a polynomial whose generators of intervals are opened.
std::optional<int> Tower::sign_of_opened(const Polynomial& p, bool strictly) {
    if (const auto known = sign_by_terms(p, strictly)) return known;
    // a g^2 + b g + c = a (g + b/(2a))^2 + (4ac - b^2)/(4a)
    for (const auto g : p.used()) {
        const bool is_real = generators_[g].domain == Domain::real && generators_[g].kind != Kind::error_function;
        if (!is_real || p.degree(g) != 2) continue;
        const auto c = p.coefficients_of(g);
        const auto square = sign_of_opened(c[2], true);
        if (!square) continue;
        const Polynomial rest = c[2] * c[0] * Rational(4) - c[1] * c[1];
        if (!rest.is_zero() && sign_of_opened(rest, strictly) == 1) return square;
    }
    return std::nullopt;
}

std::optional<int> Tower::sign_by_terms(const Polynomial& p, bool strictly) {
    std::map<std::size_t, std::optional<int>> signs;
    for (const auto g : p.used())
        signs[g] = generators_[g].kind == Kind::error_function ? 1 : sign_of_generator(g);  // the one is opened
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
                // An even power of a real number may be 0.
                positive = positive && divides_a_fact(Polynomial::generator(ring_, g));
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

bool Tower::is_not_zero(const Fraction& a) {
    if (a.numerator.is_zero()) return false;
    const auto [content, factors] = a.numerator.factor();
    return std::all_of(factors.begin(), factors.end(), [&](const auto& power) {
        const Polynomial& factor = power.first;
        if (const auto known = sign(factor)) return *known != 0;
        if (divides_a_fact(factor)) return true;
        const auto same = monotonic_argument(factor);
        return same && is_not_zero(same->first);
    });
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
