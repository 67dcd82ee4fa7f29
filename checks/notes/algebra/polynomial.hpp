// SPDX-License-Identifier: MIT
//
// Values around FLINT's fmpq and fmpq_mpoly: exact rational numbers, and polynomials with rational coefficients in the
// generators of a tower. Only .cpp files include this header; symbol.hpp and field.hpp show nothing of FLINT.
#pragma once

#include <flint/fmpq.h>
#include <flint/fmpq_mpoly.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace gradproof::proof {

/// An exact rational number.
class Rational {
  public:
    explicit Rational(long numerator = 0, unsigned long denominator = 1);
    /// The exact value of a finite double. Throws std::invalid_argument for NaN and infinities.
    static Rational exactly(double value);
    Rational(const Rational& other);
    Rational& operator=(const Rational& other);
    ~Rational();

    fmpq* get() { return value_; }
    const fmpq* get() const { return value_; }

    int sign() const;
    bool is_zero() const { return sign() == 0; }
    bool is_integer() const;
    /// The value as a long. Throws std::overflow_error unless it is an integer of that size.
    long to_long() const;
    std::string str() const;

    friend Rational operator+(const Rational& a, const Rational& b);
    friend Rational operator-(const Rational& a, const Rational& b);
    friend Rational operator*(const Rational& a, const Rational& b);
    friend Rational operator/(const Rational& a, const Rational& b);
    friend bool operator==(const Rational& a, const Rational& b);

  private:
    fmpq_t value_;
};

/// Is told what each operation costs, in multiplications of small numbers, before or after it; may throw to end it all.
using Charge = std::function<void(double)>;

/// The ring of polynomials in a fixed number of generators. Where costs are told, polynomials are bounded in degree,
/// digits and size, too: operations throw std::length_error beyond.
class Ring {
  public:
    explicit Ring(std::size_t generators, Charge charge = {});
    Ring(const Ring&) = delete;
    Ring& operator=(const Ring&) = delete;
    ~Ring();

    std::size_t generators() const { return generators_; }
    const fmpq_mpoly_ctx_struct* get() const { return context_; }
    bool is_bounded() const { return static_cast<bool>(charge_); }
    /// Precondition: is_bounded().
    void charge(double cost) const { charge_(cost); }

  private:
    std::size_t generators_;
    Charge charge_;
    fmpq_mpoly_ctx_t context_;
};

/// A polynomial over a ring, which it keeps alive.
class Polynomial {
  public:
    struct Factorisation;

    explicit Polynomial(std::shared_ptr<const Ring> ring);
    Polynomial(std::shared_ptr<const Ring> ring, const Rational& constant);
    static Polynomial generator(std::shared_ptr<const Ring> ring, std::size_t index);
    Polynomial(const Polynomial& other);
    Polynomial(Polynomial&& other) noexcept;
    Polynomial& operator=(Polynomial other) noexcept;
    ~Polynomial();

    const std::shared_ptr<const Ring>& ring() const { return ring_; }
    bool is_zero() const;
    bool is_one() const;
    bool is_constant() const;
    /// Precondition: is_constant().
    Rational constant() const;
    std::size_t length() const;
    /// The degree in one generator. Precondition: not zero.
    std::size_t degree(std::size_t generator) const;
    /// The generators that occur, in rising order.
    std::vector<std::size_t> used() const;
    /// Exponents and coefficient of the term with this index; term 0 leads.
    std::vector<unsigned long> exponents(std::size_t term) const;
    Rational coefficient(std::size_t term) const;
    /// c[k] of this = Σ c[k] g^k for the generator g.
    std::vector<Polynomial> coefficients_of(std::size_t generator) const;

    Polynomial derivative(std::size_t generator) const;
    Polynomial power(unsigned long exponent) const;
    /// this / divisor where the division leaves no remainder.
    std::optional<Polynomial> divided_by(const Polynomial& divisor) const;
    /// The irreducible factors, each with integer coefficients without common factor and a positive leading one.
    Factorisation factor() const;
    /// Written out, or how many terms there are if they are many.
    std::string str(const std::vector<std::string>& names) const;

    friend Polynomial operator+(const Polynomial& a, const Polynomial& b);
    friend Polynomial operator-(const Polynomial& a, const Polynomial& b);
    friend Polynomial operator-(const Polynomial& a);
    friend Polynomial operator*(const Polynomial& a, const Polynomial& b);
    friend Polynomial operator*(const Polynomial& a, const Rational& b);
    friend bool operator==(const Polynomial& a, const Polynomial& b);

  private:
    /// The bits of the largest coefficient, and the total degree.
    double bits() const;
    double total_degree() const;
    bool is_of_low_degree() const;
    /// Words of memory a term.
    double words() const;
    static void require_in_bounds(double terms, double bits, double degree);
    /// The cost of anything at all, of a sum, a product, a power, a quotient, a factorisation. Throws std::length_error
    /// beyond the bounds.
    double cost_of_any() const;
    static double cost_of_sum(const Polynomial& a, const Polynomial& b);
    static double cost_of_product(const Polynomial& a, const Polynomial& b);
    double cost_of_power(unsigned long exponent) const;
    double cost_of_division(const Polynomial& divisor) const;
    double cost_of_factorisation() const;
    /// Divides by the content and returns it. Precondition: not zero.
    Rational take_content();
    /// Whether this is c g + (terms without g) for a number c and a generator g: such a polynomial is irreducible, and
    /// seeing that is much faster than factoring.
    bool is_linear_somewhere() const;

    std::shared_ptr<const Ring> ring_;
    fmpq_mpoly_t value_;
};

struct Polynomial::Factorisation {
    Rational constant;
    std::vector<std::pair<Polynomial, unsigned>> factors;
};

}  // namespace gradproof::proof
