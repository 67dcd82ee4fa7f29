// SPDX-License-Identifier: MIT
#include "notes/algebra/tower.hpp"

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <stdexcept>

#include "notes/algebra/symbol.hpp"

namespace gradproof::proof {

Tower::Tower(std::size_t capacity, std::size_t most_terms, Charge charge)
    : ring_(std::make_shared<Ring>(capacity, std::move(charge))), most_terms_(most_terms) {}

Fraction Tower::constant(const Rational& value) const {
    return {.numerator = Polynomial(ring_, value), .denominator = {}, .epoch = epoch_};
}

Fraction Tower::generator(std::size_t index) const {
    return {.numerator = Polynomial::generator(ring_, index), .denominator = {}, .epoch = epoch_};
}

// The name of a function of functions holds all their names: cut, or it doubles with every one of them.
std::size_t Tower::add_generator(Kind kind, Domain domain, std::string name, std::optional<Fraction> argument) {
    constexpr std::size_t longest_name = 200;
    if (name.size() > longest_name) {
        name.resize(longest_name);
        name += "...#" + std::to_string(generators_.size());
    }
    if (generators_.size() == ring_->generators())
        throw FieldFull("the field holds " + std::to_string(ring_->generators()) +
                        " symbols and functions of symbols; '" + name +
                        "' is one more: make it with a larger capacity");
    generators_.push_back({kind, domain, std::move(name), std::move(argument), {}, 0, std::nullopt});
    return generators_.size() - 1;
}

std::size_t Tower::add_symbol(const std::string& name, Domain domain) {
    for (const auto& known : generators_)
        if (known.name == name) throw std::invalid_argument("the symbol '" + name + "' exists already");
    return add_generator(Kind::symbol, domain, name, std::nullopt);
}

std::size_t Tower::function_generator(Kind kind, Domain domain, const std::string& function, const Fraction& argument) {
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        auto& known = generators_[g];
        if (known.kind != kind || known.replacement || !known.argument) continue;
        known.argument = refreshed(*known.argument);
        if (equal(*known.argument, argument)) return g;
    }
    return add_generator(kind, domain, function + "(" + str(argument) + ")", argument);
}

std::optional<std::size_t> Tower::as_symbol(const Fraction& a) const {
    if (!a.denominator.empty()) return std::nullopt;
    const auto used = a.numerator.used();
    if (used.size() != 1 || generators_[used[0]].kind != Kind::symbol) return std::nullopt;
    if (!(a.numerator == Polynomial::generator(ring_, used[0]))) return std::nullopt;
    return used[0];
}

// A field of rational functions does not change when e^u is traded for t = 1/(1 + e^-u), with e^u = t/(1 - t). Where
// 1 + e^u is divided by, the trade keeps sums of many such terms polynomials instead of fractions over the product of
// all the 1 + e^u.
std::optional<std::size_t> Tower::as_one_plus_exponential(const Polynomial& factor) const {
    if (factor.length() != 2) return std::nullopt;
    const auto used = factor.used();
    if (used.size() != 1 || generators_[used[0]].kind != Kind::exponential) return std::nullopt;
    if (!(factor == Polynomial::generator(ring_, used[0]) + Polynomial(ring_, Rational(1)))) return std::nullopt;
    return used[0];
}

void Tower::make_logistic(std::size_t exponential) {
    const Fraction argument = refreshed(*generators_[exponential].argument);
    const auto t = add_generator(Kind::logistic, Domain::unit_interval, "sigmoid(" + str(argument) + ")", argument);
    const Fraction rest = add(constant(Rational(1)), negate(generator(t)));
    replace(exponential, multiply(generator(t), invert(rest)));
}

void Tower::replace(std::size_t generator, const Fraction& replacement) {
    generators_[generator].replacement = replacement;
    ++epoch_;
    generators_[generator].replacement->epoch = epoch_;
    // The argument of a logarithm may be a product now: log(1 + e^u) has become -log(1 - t).
    for (std::size_t g = 0; g < generators_.size(); ++g) {
        if (generators_[g].kind != Kind::logarithm || generators_[g].replacement || !generators_[g].argument) continue;
        const Fraction argument = *generators_[g].argument;
        const auto in_use = used(argument);
        if (std::find(in_use.begin(), in_use.end(), generator) == in_use.end()) continue;
        generators_[g].argument.reset();  // not to be found while its successor is made
        const Fraction successor = log(refreshed(argument));
        generators_[g].argument = argument;
        replace(g, successor);
    }
}

Fraction Tower::refreshed(const Fraction& a) {
    if (is_fresh(a)) return a;
    std::map<std::size_t, Fraction> images;
    const auto collect = [&](const Polynomial& polynomial) {
        for (const auto g : polynomial.used())
            if (auto& replacement = generators_[g].replacement; replacement && !images.contains(g)) {
                // Copy, compute, store: a replacement may itself hold a generator that was replaced later.
                const Fraction image = refreshed(Fraction(*replacement));
                generators_[g].replacement = image;
                images.emplace(g, image);
            }
    };
    collect(a.numerator);
    for (const auto& [factor, exponent] : a.denominator) collect(factors_[factor]);
    if (images.empty()) return {a.numerator, a.denominator, epoch_};
    return refreshed(with_images(a, images));
}

// `a` with generators replaced by their images, which hold no replaced generator.
Fraction Tower::with_images(const Fraction& a, const std::map<std::size_t, Fraction>& images) {
    // First all compositions, then the divisions: a division may replace yet another generator.
    Fraction result = compose(a.numerator, images);
    std::vector<Fraction> divisors;
    for (const auto& [factor, exponent] : a.denominator)
        divisors.push_back(compose(Polynomial(factors_[factor]), images));
    for (std::size_t i = 0; i < divisors.size(); ++i) {
        const Fraction quotient = power(refreshed(divisors[i]), -static_cast<long>(a.denominator[i].exponent));
        result = multiply(refreshed(result), refreshed(quotient));
    }
    return refreshed(result);
}

Fraction Tower::compose(const Polynomial& polynomial, const std::map<std::size_t, Fraction>& images) {
    // Horner's scheme in one generator after the other.
    for (const auto g : polynomial.used()) {
        const auto image = images.find(g);
        if (image == images.end()) continue;
        Fraction result = constant(Rational(0));
        const auto coefficients = polynomial.coefficients_of(g);
        for (auto c = coefficients.rbegin(); c != coefficients.rend(); ++c)
            result = add(multiply(refreshed(result), refreshed(image->second)), compose(*c, images));
        return result;
    }
    return {polynomial, {}, epoch_};
}

std::size_t Tower::factor_index(const Polynomial& irreducible) {
    const auto found = std::find(factors_.begin(), factors_.end(), irreducible);
    if (found != factors_.end()) return static_cast<std::size_t>(found - factors_.begin());
    factors_.push_back(irreducible);
    factor_generators_.push_back(irreducible.used());
    return factors_.size() - 1;
}

Polynomial Tower::denominator_product(const std::vector<FactorPower>& powers) const {
    Polynomial result(ring_, Rational(1));
    for (const auto& [factor, exponent] : powers) result = result * factors_[factor].power(exponent);
    return result;
}

Polynomial Tower::product(const Polynomial& a, const Polynomial& b) const {
    if (a.length() > 1 && b.length() > 1 && a.length() > most_terms_ / b.length())
        throw std::length_error("a product of formulas with " + std::to_string(a.length()) + " and " +
                                std::to_string(b.length()) + " terms is too large");
    return roots_.empty() ? a * b : without_root_powers(a * b);
}

Polynomial Tower::without_root_powers(const Polynomial& a) const {
    Polynomial result = a;
    for (const auto g : roots_) {
        if (result.is_zero() || result.degree(g) < 2) continue;
        const Polynomial prime = generators_[g].argument->numerator;
        const Polynomial self = Polynomial::generator(ring_, g);
        Polynomial reduced(ring_);
        const auto coefficients = result.coefficients_of(g);
        for (std::size_t k = 0; k < coefficients.size(); ++k) {
            const Polynomial term = coefficients[k] * prime.power(k / 2);
            reduced = reduced + (k % 2 == 0 ? term : term * self);
        }
        result = std::move(reduced);
    }
    return result;
}

// Takes out of the numerator the factors that it shares with the denominator, trying the candidates only.
void Tower::cancel(Polynomial& numerator, std::vector<FactorPower>& denominator,
                   const std::vector<bool>& candidates) const {
    if (numerator.is_zero()) {
        denominator.clear();
        return;
    }
    for (std::size_t i = 0; i < denominator.size(); ++i) {
        if (!candidates[i]) continue;
        auto& [factor, exponent] = denominator[i];
        while (exponent > 0) {
            const auto& needed = factor_generators_[factor];
            const bool possible =
                std::all_of(needed.begin(), needed.end(), [&](std::size_t g) { return numerator.degree(g) > 0; });
            if (!possible) break;
            auto quotient = numerator.divided_by(factors_[factor]);
            if (!quotient) break;
            numerator = std::move(*quotient);
            --exponent;
        }
    }
    std::erase_if(denominator, [](const FactorPower& power) { return power.exponent == 0; });
}

Fraction Tower::add(const Fraction& a, const Fraction& b) {
    if (a.denominator.empty() && b.denominator.empty()) return {a.numerator + b.numerator, {}, epoch_};
    std::vector<FactorPower> common;
    std::vector<FactorPower> missing_in_a;
    std::vector<FactorPower> missing_in_b;
    std::vector<bool> candidates;  // in lowest terms, only a factor of the same power in both can cancel
    auto i = a.denominator.begin();
    auto k = b.denominator.begin();
    while (i != a.denominator.end() || k != b.denominator.end()) {
        const bool from_a = i != a.denominator.end() && (k == b.denominator.end() || i->factor <= k->factor);
        const bool from_b = k != b.denominator.end() && (i == a.denominator.end() || k->factor <= i->factor);
        const std::size_t factor = from_a ? i->factor : k->factor;
        const unsigned in_a = from_a ? (i++)->exponent : 0;
        const unsigned in_b = from_b ? (k++)->exponent : 0;
        common.push_back({factor, std::max(in_a, in_b)});
        candidates.push_back(in_a == in_b || !roots_.empty());
        if (in_a < in_b) missing_in_a.push_back({factor, in_b - in_a});
        if (in_b < in_a) missing_in_b.push_back({factor, in_a - in_b});
    }
    Polynomial numerator = product(a.numerator, denominator_product(missing_in_a)) +
                           product(b.numerator, denominator_product(missing_in_b));
    cancel(numerator, common, candidates);
    return {std::move(numerator), std::move(common), epoch_};
}

Fraction Tower::multiply(const Fraction& a, const Fraction& b) {
    if (a.denominator.empty() && b.denominator.empty()) return {product(a.numerator, b.numerator), {}, epoch_};
    Fraction left = a;
    Fraction right = b;
    cancel(left.numerator, right.denominator, std::vector<bool>(right.denominator.size(), true));
    cancel(right.numerator, left.denominator, std::vector<bool>(left.denominator.size(), true));
    if (left.numerator.is_zero() || right.numerator.is_zero()) return constant(Rational(0));
    std::map<std::size_t, unsigned> exponents;
    for (const auto& [factor, exponent] : left.denominator) exponents[factor] += exponent;
    for (const auto& [factor, exponent] : right.denominator) exponents[factor] += exponent;
    Fraction result{product(left.numerator, right.numerator), {}, epoch_};
    for (const auto& [factor, exponent] : exponents) result.denominator.push_back({factor, exponent});
    // √p √p has become p, which may stand below, too.
    if (!roots_.empty())
        cancel(result.numerator, result.denominator, std::vector<bool>(result.denominator.size(), true));
    return result;
}

Fraction Tower::negate(const Fraction& a) const {
    return {-a.numerator, a.denominator, a.epoch};
}

Fraction Tower::invert(const Fraction& a) {
    if (a.numerator.is_zero()) throw std::domain_error("a division by 0");
    const auto [content, factors] = a.numerator.factor();
    for (const auto& [factor, exponent] : factors)
        if (const auto exponential = as_one_plus_exponential(factor)) {
            make_logistic(*exponential);
            return invert(refreshed(a));
        }
    Fraction result{denominator_product(a.denominator) * (Rational(1) / content), {}, epoch_};
    std::map<std::size_t, unsigned> exponents;
    for (const auto& [factor, exponent] : factors) {
        const auto used = factor.used();
        if (used.size() == 1 && generators_[used[0]].kind == Kind::root && factor.length() == 1) {  // 1/√p = √p / p
            const auto [number, primes] = generators_[used[0]].argument->numerator.factor();
            result.numerator = product(result.numerator, factor) * (Rational(1) / number);
            for (const auto& [prime, once] : primes) exponents[factor_index(prime)] += once;
        } else {
            exponents[factor_index(factor)] += exponent;
        }
    }
    for (const auto& [factor, exponent] : exponents) result.denominator.push_back({factor, exponent});
    return result;
}

Fraction Tower::power(const Fraction& a, long exponent) {
    constexpr long highest = 100'000;
    if (exponent > highest || exponent < -highest)
        throw std::length_error("too large to prove exactly: a power of exponent " + std::to_string(exponent));
    const Fraction base = exponent < 0 ? invert(a) : a;
    const auto size = static_cast<unsigned long>(std::abs(exponent));
    const Fraction fresh = refreshed(base);
    if (size == 0) return constant(Rational(1));
    if (roots_.empty()) {  // what is in lowest terms stays so
        Fraction result{fresh.numerator.power(size), fresh.denominator, epoch_};
        for (auto& factor : result.denominator) factor.exponent *= static_cast<unsigned>(size);
        return result;
    }
    Fraction result = constant(Rational(1));
    for (unsigned long bit = std::bit_floor(size); bit > 0; bit /= 2) {
        result = multiply(refreshed(result), refreshed(result));
        if ((size & bit) != 0) result = multiply(refreshed(result), refreshed(base));
    }
    return result;
}

bool Tower::equal(const Fraction& a, const Fraction& b) const {
    if (!(a.numerator == b.numerator) || a.denominator.size() != b.denominator.size()) return false;
    return std::equal(a.denominator.begin(), a.denominator.end(), b.denominator.begin(),
                      [](auto& x, auto& y) { return x.factor == y.factor && x.exponent == y.exponent; });
}

std::string Tower::str(const Fraction& a) const {
    std::vector<std::string> names;
    for (const auto& known : generators_) names.push_back(known.name);
    const std::string numerator = a.numerator.str(names);
    if (a.denominator.empty()) return numerator;
    std::string denominator;
    for (const auto& [factor, exponent] : a.denominator) {
        denominator += (denominator.empty() ? "(" : "*(") + factors_[factor].str(names) + ")";
        if (exponent > 1) denominator += "^" + std::to_string(exponent);
    }
    return "(" + numerator + ")/" + (a.denominator.size() > 1 ? "(" + denominator + ")" : denominator);
}

}  // namespace gradproof::proof
