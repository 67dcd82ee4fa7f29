// SPDX-License-Identifier: MIT
//
// A differential field Q(g_1, ..., g_n): rational functions with rational coefficients in generators. A generator is a
// plain symbol, or stands for an elementary function of an element made before it: exp(u), the logistic 1/(1 + e^-u),
// log(v), ... Each carries its derivative, so differentiation stays inside the field. Generators are kept free of
// relations (but for square roots of primes and of irreducible polynomials, which are reduced): a new exp(u)
// is made only where u is no rational combination of the exponents and logarithms there are (Risch's structure
// theorem); otherwise it is written as a product of what is there. So an element is zero exactly if its numerator is
// the zero polynomial, and zero then means zero for all values of the symbols.
//
// Elements are kept in lowest terms over a table of irreducible denominators: equal elements are written equally.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "notes/algebra/domain.hpp"
#include "notes/algebra/polynomial.hpp"

namespace gradproof::proof {

struct FactorPower {
    std::size_t factor;  // index in the tower's table of irreducible denominators
    unsigned exponent;
};

/// An element of the field, in lowest terms.
struct Fraction {
    Polynomial numerator;
    std::vector<FactorPower> denominator;  // by rising factor
    std::size_t epoch;                     // how many changes of generators it has seen
};

enum class Kind {
    symbol,
    root_of_pi,      // √π
    root,            // √p of a prime or of an irreducible polynomial p in plain symbols, the one generator with a
                     // relation: products are reduced by √p √p = p
    unknown,         // a function of u of which nothing but its name is known, or a derivative of one
    exponential,     // e^u
    logistic,        // 1 / (1 + e^-u), which takes the place of e^u once 1 + e^u is divided by
    logarithm,       // log(u)
    arctangent,      // arctan(u)
    half_tangent,    // tan(u/2), in which sin and cos are rational
    error_function,  // erf(u)
};

struct Generator {
    Kind kind;
    Domain domain;
    std::string name;
    std::optional<Fraction> argument;
    std::string function;                 // of an unknown function: its name
    unsigned order;                       // and how often it is differentiated
    std::optional<Fraction> replacement;  // set once another generator has taken its place
};

/// What is assumed of an element.
enum class Relation { positive, negative, zero, not_zero };

struct Fact {
    Fraction element;
    Relation relation;
};

class Tower {
  public:
    /// `capacity` bounds the number of generators, `most_terms` the terms that a product may have before collecting:
    /// beyond either, operations throw std::length_error.
    /// `charge` is told what each operation costs.
    Tower(std::size_t capacity, std::size_t most_terms, Charge charge = {});

    Fraction constant(const Rational& value) const;
    Fraction generator(std::size_t index) const;
    /// Adds a plain symbol. Throws std::invalid_argument if the name is taken.
    std::size_t add_symbol(const std::string& name, Domain domain);

    Fraction add(const Fraction& a, const Fraction& b);
    Fraction multiply(const Fraction& a, const Fraction& b);
    Fraction negate(const Fraction& a) const;
    /// 1 / a. Throws std::domain_error if a is 0.
    Fraction invert(const Fraction& a);
    Fraction power(const Fraction& a, long exponent);

    Fraction exp(const Fraction& u);
    /// Throws std::domain_error where v is known not to be positive.
    Fraction log(const Fraction& v);
    Fraction tanh(const Fraction& u);
    Fraction sin(const Fraction& u);
    Fraction cos(const Fraction& u);
    Fraction atan(const Fraction& u);
    Fraction erf(const Fraction& u);
    Fraction root_of_pi();
    /// The derivative of that order of a function of which only the name is known.
    Fraction unknown(const std::string& function, unsigned order, const Fraction& u);

    /// The derivative with respect to a plain symbol.
    Fraction derivative(const Fraction& a, std::size_t symbol);
    /// `a` with plain symbols replaced, everything built from them computed anew.
    Fraction substitute(const Fraction& a, const std::map<std::size_t, Fraction>& values);

    /// -1, 0 or 1 where the sign is the same for all values that domains and facts allow, and is seen to be.
    std::optional<int> sign(const Fraction& a);
    /// The one factor of `a` whose sign is not known, and the sign of all the others; nothing if there are several, or
    /// if it is all of `a`.
    std::optional<std::pair<Fraction, int>> undecided_factor(const Fraction& a);
    /// Whether it is seen that `a` is nowhere negative.
    bool is_nonnegative(const Fraction& a);
    /// Whether it is seen that `a` is nowhere 0.
    bool is_not_zero(const Fraction& a);
    std::vector<Fact>& facts() { return facts_; }

    /// `a` in the generators now in use.
    Fraction refreshed(const Fraction& a);
    bool is_fresh(const Fraction& a) const { return a.epoch == epoch_; }
    bool equal(const Fraction& a, const Fraction& b) const;
    std::string str(const Fraction& a) const;
    const std::deque<Generator>& generators() const { return generators_; }
    const Polynomial& factor(std::size_t index) const { return factors_[index]; }
    /// The plain symbol that `a` is, if it is one.
    std::optional<std::size_t> as_symbol(const Fraction& a) const;
    /// The generators that `a` is written in; one may be named twice.
    std::vector<std::size_t> used(const Fraction& a) const;
    bool is_constant(const Fraction& a) const { return a.denominator.empty() && a.numerator.is_constant(); }

  private:
    using Combination = std::vector<std::pair<std::size_t, Rational>>;

    std::size_t add_generator(Kind kind, Domain domain, std::string name, std::optional<Fraction> argument);
    std::size_t function_generator(Kind kind, Domain domain, const std::string& function, const Fraction& argument);
    void replace(std::size_t generator, const Fraction& replacement);
    void make_logistic(std::size_t exponential);
    std::optional<std::size_t> as_one_plus_exponential(const Polynomial& factor) const;
    std::size_t factor_index(const Polynomial& irreducible);
    Polynomial denominator_product(const std::vector<FactorPower>& powers) const;
    Polynomial without_root_powers(const Polynomial& a) const;
    bool has_a_root(const Fraction& argument);
    Fraction root(const Fraction& prime);
    Polynomial product(const Polynomial& a, const Polynomial& b) const;
    void cancel(Polynomial& numerator, std::vector<FactorPower>& denominator,
                const std::vector<bool>& candidates) const;
    Fraction slope(std::size_t generator);
    Fraction derivative_of_generator(std::size_t generator, std::size_t symbol);
    Fraction derivative_of_polynomial(const Polynomial& polynomial, std::size_t symbol);
    Fraction with_images(const Fraction& a, const std::map<std::size_t, Fraction>& images);
    Fraction substitute(const Fraction& a, const std::map<std::size_t, Fraction>& values,
                        std::map<std::size_t, Fraction>& images);
    Fraction image_of(std::size_t generator, const std::map<std::size_t, Fraction>& values,
                      std::map<std::size_t, Fraction>& images);
    Fraction half_tangent(const Fraction& u);
    Fraction compose(const Polynomial& polynomial, const std::map<std::size_t, Fraction>& images);
    Fraction value_of(std::size_t generator);
    std::optional<std::size_t> known_exponential(const Fraction& u);
    std::optional<Combination> as_combination(const Fraction& u);
    void refine(std::size_t exponential, long parts);
    Fraction log_of_positive(const Polynomial& factor);
    Fraction log_of_positive(const Rational& value);
    Fraction logarithm_generator(const Fraction& argument);
    std::optional<int> sign(const Polynomial& irreducible, bool strict = true);
    std::optional<int> sign_of_generator(std::size_t generator);
    std::optional<int> sign_by_facts(const Polynomial& irreducible);
    std::optional<int> sign_of_opened(const Polynomial& p, bool strictly);
    std::optional<int> sign_by_terms(const Polynomial& p, bool strictly);
    std::optional<std::pair<Fraction, int>> monotonic_argument(const Polynomial& p);
    bool divides_a_fact(const Polynomial& factor);

    std::shared_ptr<const Ring> ring_;
    std::deque<Generator> generators_;  // deques, since a reference must outlive the making of a new entry
    std::deque<Polynomial> factors_;
    std::deque<std::vector<std::size_t>> factor_generators_;
    std::map<std::pair<std::size_t, std::size_t>, Fraction> derivatives_;
    std::vector<Fact> facts_;
    std::size_t epoch_ = 0;
    std::size_t most_terms_;
    std::vector<std::size_t> roots_;
};

}  // namespace gradproof::proof
