// SPDX-License-Identifier: MIT
//
// Derivatives and substitution in a tower.
#include <stdexcept>

#include "notes/algebra/tower.hpp"

namespace gradproof::proof {

// The derivative of the function that a generator stands for, with respect to its argument.
Fraction Tower::slope(std::size_t index) {
    const Fraction one = constant(Rational(1));
    const Fraction self = generator(index);
    switch (generators_[index].kind) {
        case Kind::exponential:
            return self;
        case Kind::logistic:
            return multiply(self, add(one, negate(self)));
        case Kind::logarithm:
            return invert(refreshed(*generators_[index].argument));
        case Kind::arctangent: {
            const Fraction u = refreshed(*generators_[index].argument);
            return invert(add(one, multiply(u, u)));
        }
        case Kind::half_tangent:
            return multiply(constant(Rational(1, 2)), add(one, multiply(self, self)));
        case Kind::error_function: {
            const Fraction u = refreshed(*generators_[index].argument);
            const Fraction bell = exp(negate(multiply(u, u)));
            const Fraction factor = multiply(constant(Rational(2)), invert(root_of_pi()));
            return multiply(factor, refreshed(bell));
        }
        case Kind::unknown: {
            const auto& known = generators_[index];
            return unknown(known.function, known.order + 1, refreshed(Fraction(*known.argument)));
        }
        case Kind::root:
            return multiply(self, invert(multiply(constant(Rational(2)), refreshed(*generators_[index].argument))));
        case Kind::symbol:
        case Kind::root_of_pi:
            break;
    }
    throw std::logic_error("a plain symbol is no function");
}

Fraction Tower::derivative_of_generator(std::size_t index, std::size_t symbol) {
    const auto kind = generators_[index].kind;
    if (kind == Kind::symbol || kind == Kind::root_of_pi) return constant(Rational(index == symbol ? 1 : 0));
    const std::pair key{index, symbol};
    if (const auto known = derivatives_.find(key); known != derivatives_.end())
        return known->second = refreshed(Fraction(known->second));
    const Fraction inner = derivative(refreshed(*generators_[index].argument), symbol);
    Fraction result = constant(Rational(0));
    if (!inner.numerator.is_zero()) {
        const Fraction outer = slope(index);
        result = multiply(refreshed(outer), refreshed(inner));
    }
    derivatives_.insert_or_assign(key, result);
    return result;
}

Fraction Tower::derivative_of_polynomial(const Polynomial& polynomial, std::size_t symbol) {
    Fraction result = constant(Rational(0));
    for (const auto g : polynomial.used()) {
        const Fraction inner = derivative_of_generator(g, symbol);
        if (inner.numerator.is_zero()) continue;
        const Fraction outer{polynomial.derivative(g), {}, inner.epoch};
        result = add(refreshed(result), multiply(refreshed(outer), inner));
    }
    return result;
}

Fraction Tower::derivative(const Fraction& whole, std::size_t symbol) {
    // d(n/d) = (dn - (n/d) dd) / d. The derivatives of the generators come first: finding them may replace a generator,
    // after which the element is written anew.
    Fraction a = refreshed(whole);
    for (bool settled = false; !settled;) {
        const std::size_t before = epoch_;
        for (const auto g : a.numerator.used()) derivative_of_generator(g, symbol);
        for (const auto& [factor, exponent] : a.denominator)
            for (const auto g : Polynomial(factors_[factor]).used()) derivative_of_generator(g, symbol);
        settled = before == epoch_;
        a = refreshed(a);
    }
    Fraction result = derivative_of_polynomial(a.numerator, symbol);
    if (a.denominator.empty()) return result;
    const Fraction unit{Polynomial(ring_, Rational(1)), a.denominator, epoch_};
    result = multiply(result, unit);
    for (const auto& [factor, exponent] : a.denominator) {
        const Fraction inner = derivative_of_polynomial(factors_[factor], symbol);
        if (inner.numerator.is_zero()) continue;
        const Fraction by_factor{Polynomial(ring_, Rational(static_cast<long>(exponent))), {{factor, 1}}, epoch_};
        result = add(result, negate(multiply(a, multiply(inner, by_factor))));
    }
    return result;
}

// The generators that an element is written in.
std::vector<std::size_t> Tower::used(const Fraction& a) const {
    auto result = a.numerator.used();
    for (const auto& [factor, exponent] : a.denominator)
        result.insert(result.end(), factor_generators_[factor].begin(), factor_generators_[factor].end());
    return result;
}

Fraction Tower::substitute(const Fraction& whole, const std::map<std::size_t, Fraction>& values) {
    std::map<std::size_t, Fraction> images;
    return substitute(whole, values, images);
}

Fraction Tower::substitute(const Fraction& whole, const std::map<std::size_t, Fraction>& values,
                           std::map<std::size_t, Fraction>& images) {
    Fraction a = refreshed(whole);
    for (bool complete = false; !complete;) {
        complete = true;
        for (const auto g : used(a))
            if (!images.contains(g)) {
                const Fraction image = image_of(g, values, images);
                images.insert_or_assign(g, image);
                complete = false;
                break;
            }
        a = refreshed(a);  // making an image may have replaced a generator
    }
    for (auto& [g, image] : images) image = refreshed(Fraction(image));
    return with_images(a, images);
}

// What becomes of one generator when plain symbols are replaced: the same function of its new argument.
Fraction Tower::image_of(std::size_t index, const std::map<std::size_t, Fraction>& values,
                         std::map<std::size_t, Fraction>& images) {
    const Kind kind = generators_[index].kind;
    if (kind == Kind::root_of_pi) return generator(index);
    if (kind == Kind::symbol) {
        const auto value = values.find(index);
        return value == values.end() ? generator(index) : refreshed(value->second);
    }
    const Fraction u = substitute(Fraction(*generators_[index].argument), values, images);
    switch (kind) {
        case Kind::exponential:
            return exp(u);
        case Kind::logistic: {
            const Fraction e = exp(negate(u));
            return refreshed(invert(add(constant(Rational(1)), e)));
        }
        case Kind::logarithm:
            return log(u);
        case Kind::root:
            return is_constant(u) && equal(u, *generators_[index].argument)
                       ? generator(index)
                       : exp(multiply(constant(Rational(1, 2)), log(u)));
        case Kind::arctangent:
            return atan(u);
        case Kind::error_function:
            return erf(u);
        case Kind::unknown:
            return unknown(generators_[index].function, generators_[index].order, u);
        default:
            return half_tangent(u);
    }
}

}  // namespace gradproof::proof
