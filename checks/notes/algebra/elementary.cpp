// SPDX-License-Identifier: MIT
//
// The elementary functions of a tower: the normal form of exponentials and logarithms.
#include <flint/fmpz.h>
#include <flint/fmpz_factor.h>  // needs fmpz.h
#include <flint/ulong_extras.h>

#include <algorithm>
#include <stdexcept>

#include "notes/algebra/tower.hpp"

namespace gradproof::proof {
namespace {

// The primes of an integer and their powers. Throws std::length_error where they cannot be told at once: large primes
// do not occur in formulas, and to find them may take for ever.
std::vector<std::pair<long, long>> primes_of(const fmpz* integer) {
    constexpr ulong few_primes = 1U << 16U;
    constexpr flint_bitcnt_t a_word = 62;
    std::vector<std::pair<long, long>> powers;
    fmpz_t rest;
    fmpz_t prime;
    fmpz_init_set(rest, integer);
    fmpz_init(prime);
    for (ulong p = 2; p < few_primes && fmpz_bits(rest) > a_word; p = n_nextprime(p, 1)) {
        if (fmpz_fdiv_ui(rest, p) != 0) continue;
        fmpz_set_ui(prime, p);
        powers.emplace_back(static_cast<long>(p), static_cast<long>(fmpz_remove(rest, rest, prime)));
    }
    const bool found = fmpz_bits(rest) <= a_word;
    if (found && fmpz_is_one(rest) == 0) {
        fmpz_factor_t primes;
        fmpz_factor_init(primes);
        fmpz_factor(primes, rest);
        for (slong i = 0; i < primes->num; ++i)
            powers.emplace_back(fmpz_get_si(primes->p + i), static_cast<long>(primes->exp[i]));
        fmpz_factor_clear(primes);
    }
    fmpz_clear(rest);
    fmpz_clear(prime);
    if (!found) throw std::length_error("too large to prove exactly: the logarithm of a number with large primes");
    return powers;
}

// An exponent or logarithm as a vector over the monomials, with the combination of generators that it stands for.
struct Row {
    Polynomial vector;
    std::map<std::size_t, Rational> combination;
};

void subtract(Row& row, const Row& pivot, const Rational& factor) {
    row.vector = row.vector - pivot.vector * factor;
    for (const auto& [g, r] : pivot.combination) {
        const auto [place, made] = row.combination.try_emplace(g, Rational(0));
        place->second = place->second - r * factor;
    }
}

using Monomial = std::vector<unsigned long>;
using Echelon = std::map<Monomial, Row>;  // by leading monomial

// Gaussian elimination: a row is reduced by the row that leads with the same monomial, until it is 0 or leads anew.
// Returns its leading monomial then.
std::optional<Monomial> reduce(Row& row, const Echelon& echelon) {
    while (!row.vector.is_zero()) {
        auto lead = row.vector.exponents(0);
        const auto pivot = echelon.find(lead);
        if (pivot == echelon.end()) return lead;
        subtract(row, pivot->second, row.vector.coefficient(0) / pivot->second.vector.coefficient(0));
    }
    return std::nullopt;
}

}  // namespace

// The element whose logarithm (exponentials: exponent; logarithms: themselves) the combinations are made of.
Fraction Tower::value_of(std::size_t index) {
    const auto& known = generators_[index];
    if (known.kind == Kind::exponential) return generator(index);
    if (known.kind == Kind::logarithm) return refreshed(Fraction(*known.argument));
    const Fraction rest = add(constant(Rational(1)), negate(generator(index)));
    return multiply(generator(index), invert(rest));
}

// u as Σ r_i u_i with rational r_i, over the exponents u_i and the logarithms there are; none if there is no such sum.
std::optional<Tower::Combination> Tower::as_combination(const Fraction& u) {
    std::vector<std::pair<std::size_t, Fraction>> elements;
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        auto& known = generators_[g];
        if (known.replacement) continue;
        if (known.kind == Kind::exponential || known.kind == Kind::logistic) {
            known.argument = refreshed(Fraction(*known.argument));
            elements.emplace_back(g, *known.argument);
        } else if (known.kind == Kind::logarithm) {
            elements.emplace_back(g, generator(g));
        }
    }
    // One denominator for all makes them vectors over the monomials.
    std::map<std::size_t, unsigned> common;
    const auto widen = [&common](const Fraction& a) {
        for (const auto& [factor, exponent] : a.denominator) common[factor] = std::max(common[factor], exponent);
    };
    widen(u);
    for (const auto& [g, element] : elements) widen(element);
    const auto widened = [&](const Fraction& a) {
        auto missing = common;
        for (const auto& [factor, exponent] : a.denominator) missing[factor] -= exponent;
        Polynomial result = a.numerator;
        for (const auto& [factor, exponent] : missing) result = result * factors_[factor].power(exponent);
        return result;
    };
    Echelon echelon;
    for (const auto& [g, element] : elements) {
        Row row{widened(element), {{g, Rational(1)}}};
        if (auto lead = reduce(row, echelon)) echelon.emplace(std::move(*lead), std::move(row));
    }
    Row query{widened(u), {}};
    if (reduce(query, echelon)) return std::nullopt;
    Combination result;
    for (const auto& [g, r] : query.combination)
        if (!r.is_zero()) result.emplace_back(g, Rational(0) - r);
    return result;
}

// The exponential with this very exponent: no new knowledge, but much faster than the elimination.
std::optional<std::size_t> Tower::known_exponential(const Fraction& u) {
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        auto& known = generators_[g];
        if (known.replacement || (known.kind != Kind::exponential && known.kind != Kind::logistic)) continue;
        if (!is_fresh(*known.argument)) known.argument = refreshed(Fraction(*known.argument));
        if (equal(*known.argument, u)) return g;
    }
    return std::nullopt;
}

// Trades e^u for e^{u / parts}, of which it is a power.
void Tower::refine(std::size_t exponential, long parts) {
    const Fraction part = constant(Rational(1, static_cast<unsigned long>(parts)));
    const Fraction argument = multiply(refreshed(Fraction(*generators_[exponential].argument)), part);
    const bool logistic = generators_[exponential].kind == Kind::logistic;
    const auto finer = add_generator(Kind::exponential, Domain::positive, "exp(" + str(argument) + ")", argument);
    Fraction replacement = power(generator(finer), parts);
    if (logistic) replacement = invert(add(constant(Rational(1)), power(generator(finer), -parts)));
    replace(exponential, replacement);
}

Fraction Tower::exp(const Fraction& u) {
    if (u.numerator.is_zero()) return constant(Rational(1));
    if (const auto known = known_exponential(u)) return value_of(*known);
    const Fraction opposite = negate(u);
    if (const auto known = known_exponential(opposite)) return invert(value_of(*known));
    const auto combination = as_combination(u);
    if (!combination) {
        // Of u and -u, the one with the positive leading coefficient.
        if (u.numerator.coefficient(0).sign() < 0) return invert(exp(opposite));
        return generator(add_generator(Kind::exponential, Domain::positive, "exp(" + str(u) + ")", u));
    }
    for (const auto& [g, r] : *combination) {
        if (r.is_integer()) continue;
        if (generators_[g].kind == Kind::logarithm && (r * Rational(2)).is_integer() &&
            has_a_root(*generators_[g].argument))
            continue;
        if (generators_[g].kind == Kind::logarithm)
            throw std::domain_error("exp(" + str(u) + ") is a root, which the field does not hold");
        if (fmpz_fits_si(fmpq_denref(r.get())) == 0)
            throw std::length_error("too large to prove exactly: a root of very high order");
        refine(g, fmpz_get_si(fmpq_denref(r.get())));
        return exp(refreshed(u));
    }
    Fraction result = constant(Rational(1));
    for (const auto& [g, r] : *combination) {
        const bool is_root = !r.is_integer();
        const Fraction factor =
            is_root ? power(root(value_of(g)), (r * Rational(2)).to_long()) : power(value_of(g), r.to_long());
        result = multiply(refreshed(result), refreshed(factor));
    }
    return result;
}

Fraction Tower::logarithm_generator(const Fraction& argument) {
    return generator(function_generator(Kind::logarithm, Domain::real, "log", argument));
}

Fraction Tower::log_of_positive(const Rational& value) {
    Fraction result = constant(Rational(0));
    const auto collect = [&](const fmpz* integer, long sign) {
        for (const auto& [prime, exponent] : primes_of(integer))
            result = add(result,
                         multiply(constant(Rational(sign * exponent)), logarithm_generator(constant(Rational(prime)))));
    };
    collect(fmpq_numref(value.get()), 1);
    collect(fmpq_denref(value.get()), -1);
    return result;
}

Fraction Tower::log_of_positive(const Polynomial& factor) {
    const auto used = factor.used();
    const Fraction element{factor, {}, epoch_};
    if (used.size() == 1 && factor == Polynomial::generator(ring_, used[0])) {
        const auto& known = generators_[used[0]];
        if (known.kind == Kind::exponential) return refreshed(Fraction(*known.argument));
        if (known.kind == Kind::logistic) {  // t/(1 - t) = e^u
            const Fraction rest = add(constant(Rational(1)), negate(element));
            return add(refreshed(Fraction(*known.argument)), logarithm_generator(rest));
        }
    }
    return logarithm_generator(element);
}

// log(c Π f_i^k_i) = log c + Σ k_i log f_i needs each factor positive; what may be negative stays together.
Fraction Tower::log(const Fraction& v) {
    if (v.numerator.is_zero()) throw std::domain_error("the logarithm of 0");
    auto [content, factors] = v.numerator.factor();
    std::vector<std::pair<Polynomial, long>> powers(factors.begin(), factors.end());
    for (const auto& [factor, exponent] : v.denominator)
        powers.emplace_back(factors_[factor], -static_cast<long>(exponent));
    for (const auto& [factor, exponent] : powers)
        if (const auto exponential = as_one_plus_exponential(factor)) {
            make_logistic(*exponential);
            return log(refreshed(v));
        }
    Fraction result = constant(Rational(0));
    Fraction rest = constant(Rational(1));
    int rest_sign = content.sign();
    const Rational size = content * Rational(content.sign());
    for (const auto& [factor, exponent] : powers) {
        const auto known = sign(factor, false);  // where there is a logarithm, it is not 0
        if (!known) {
            rest = multiply(rest, power({factor, {}, epoch_}, exponent));
            continue;
        }
        if (*known < 0 && exponent % 2 != 0) rest_sign = -rest_sign;
        const Fraction part = log_of_positive(*known < 0 ? -factor : factor);
        result = add(result, multiply(constant(Rational(exponent)), part));
    }
    result = add(result, log_of_positive(size));
    if (rest_sign < 0) rest = negate(rest);
    if (!is_constant(rest)) return add(result, logarithm_generator(rest));
    if (rest_sign < 0) throw std::domain_error("the logarithm of " + str(v) + ", which is negative");
    return result;
}

// (e^{2u} - 1) / (e^{2u} + 1)
Fraction Tower::tanh(const Fraction& u) {
    const Fraction e = exp(multiply(constant(Rational(2)), u));
    const Fraction denominator = invert(add(refreshed(e), constant(Rational(1))));
    return multiply(add(refreshed(e), constant(Rational(-1))), denominator);
}

Fraction Tower::half_tangent(const Fraction& u) {
    if (u.numerator.is_zero()) return u;
    if (u.numerator.coefficient(0).sign() < 0) return negate(half_tangent(negate(u)));
    return generator(function_generator(Kind::half_tangent, Domain::real, "half_tangent", u));
}

Fraction Tower::sin(const Fraction& u) {
    if (u.numerator.is_zero()) return constant(Rational(0));
    const Fraction t = half_tangent(u);
    const Fraction denominator = invert(add(constant(Rational(1)), multiply(t, t)));
    return multiply(multiply(constant(Rational(2)), t), denominator);
}

Fraction Tower::cos(const Fraction& u) {
    if (u.numerator.is_zero()) return constant(Rational(1));
    const Fraction t = half_tangent(u);
    const Fraction square = multiply(t, t);
    const Fraction denominator = invert(add(constant(Rational(1)), square));
    return multiply(add(constant(Rational(1)), negate(square)), denominator);
}

// A prime number, or an irreducible polynomial in plain symbols. The roots of different ones are independent over the
// rational functions, and plain symbols are never replaced, so they stay so. It need not be seen to be positive: what
// follows from √p √p = p holds wherever there is a root. A product of factors whose signs are not known has none here,
// as it would depend on the roots of the factors.
bool Tower::has_a_root(const Fraction& argument) {
    if (is_constant(argument)) return true;
    if (!argument.denominator.empty()) return false;
    const auto used = argument.numerator.used();
    if (!std::all_of(used.begin(), used.end(), [&](std::size_t g) { return generators_[g].kind == Kind::symbol; }))
        return false;
    const auto [content, factors] = argument.numerator.factor();
    return content * content == Rational(1) && factors.size() == 1 && factors.begin()->second == 1;
}

Fraction Tower::root(const Fraction& prime) {
    const auto g = function_generator(Kind::root, is_constant(prime) ? Domain::positive : Domain::real, "root", prime);
    if (std::find(roots_.begin(), roots_.end(), g) == roots_.end()) roots_.push_back(g);
    return generator(g);
}

Fraction Tower::root_of_pi() {
    for (std::size_t g = 0; g < generators_.size(); ++g)
        if (generators_[g].kind == Kind::root_of_pi) return generator(g);
    return generator(add_generator(Kind::root_of_pi, Domain::positive, "root_of_pi", std::nullopt));
}

Fraction Tower::unknown(const std::string& function, unsigned order, const Fraction& u) {
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        auto& known = generators_[g];
        if (known.kind != Kind::unknown || known.function != function || known.order != order) continue;
        known.argument = refreshed(Fraction(*known.argument));
        if (equal(*known.argument, u)) return generator(g);
    }
    const std::string name = function + std::string(order, '\'') + "(" + str(u) + ")";
    const auto made = add_generator(Kind::unknown, Domain::real, name, u);
    generators_[made].function = function;
    generators_[made].order = order;
    return generator(made);
}

Fraction Tower::atan(const Fraction& u) {
    if (u.numerator.is_zero()) return u;
    if (u.numerator.coefficient(0).sign() < 0) return negate(atan(negate(u)));
    return generator(function_generator(Kind::arctangent, Domain::real, "atan", u));
}

Fraction Tower::erf(const Fraction& u) {
    if (u.numerator.is_zero()) return u;
    if (u.numerator.coefficient(0).sign() < 0) return negate(erf(negate(u)));
    return generator(function_generator(Kind::error_function, Domain::real, "erf", u));
}

}  // namespace gradproof::proof
