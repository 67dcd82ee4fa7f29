// SPDX-License-Identifier: MIT
//
// A scalar whose values are formulas: an element of the field that is current (field.hpp). It satisfies
// gradproof::Ordered, so lib's templates run on it unchanged, and what they return is the formula they compute.
// Arithmetic is exact, equal formulas are equal values, and a comparison of two symbols is answered only from what the
// field knows or was told to assume; otherwise it throws UndecidedBranch.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <stdexcept>
#include <string>

namespace gradproof::proof {

struct Fraction;

/// A branch of a formula depends on symbols, and no assumption says which way it goes.
struct UndecidedBranch : std::domain_error {
    using std::domain_error::domain_error;
};

/// A formula calls a function that the field does not hold.
struct UnsupportedFunction : std::domain_error {
    using std::domain_error::domain_error;
};

/// A field is full.
struct FieldFull : std::length_error {
    using std::length_error::length_error;
};

class Symbol {
  public:
    /// 0
    Symbol() = default;
    /// The exact value of a finite double. Throws std::logic_error where no field is current.
    explicit Symbol(double value);
    explicit Symbol(std::shared_ptr<const Fraction> fraction) : fraction_(std::move(fraction)) {}

    /// The element in the field's present generators.
    const Fraction& fraction() const;
    std::string str() const;
    /// Whether this is 0 for all values of the symbols; no assumption is used.
    bool is_zero() const;

    Symbol operator-() const;
    Symbol& operator+=(const Symbol& other) { return *this = *this + other; }
    Symbol& operator-=(const Symbol& other) { return *this = *this - other; }
    Symbol& operator*=(const Symbol& other) { return *this = *this * other; }
    Symbol& operator/=(const Symbol& other) { return *this = *this / other; }

    friend Symbol operator+(const Symbol& a, const Symbol& b);
    friend Symbol operator-(const Symbol& a, const Symbol& b);
    friend Symbol operator*(const Symbol& a, const Symbol& b);
    friend Symbol operator/(const Symbol& a, const Symbol& b);

    // Each may throw UndecidedBranch.
    friend bool operator==(const Symbol& a, const Symbol& b);
    friend bool operator<(const Symbol& a, const Symbol& b);
    friend bool operator>(const Symbol& a, const Symbol& b) { return b < a; }
    friend bool operator<=(const Symbol& a, const Symbol& b) { return !(b < a); }
    friend bool operator>=(const Symbol& a, const Symbol& b) { return !(a < b); }

  private:
    mutable std::shared_ptr<const Fraction> fraction_;  // null is 0; rewritten when the field changes a generator
};

Symbol exp(const Symbol& u);
Symbol expm1(const Symbol& u);
Symbol log(const Symbol& u);
Symbol log1p(const Symbol& u);
Symbol tanh(const Symbol& u);
Symbol sinh(const Symbol& u);
Symbol cosh(const Symbol& u);
Symbol sin(const Symbol& u);
Symbol cos(const Symbol& u);
Symbol tan(const Symbol& u);
Symbol atan(const Symbol& u);
Symbol erf(const Symbol& u);
Symbol erfc(const Symbol& u);
Symbol abs(const Symbol& u);
Symbol fabs(const Symbol& u);
Symbol max(const Symbol& a, const Symbol& b);
Symbol min(const Symbol& a, const Symbol& b);

/// As exp(log(u) / 2); throws std::domain_error unless that is in the field, as for u = e^z or u = 4.
Symbol sqrt(const Symbol& u);
/// Whole powers, and exp(exponent log(u)).
Symbol pow(const Symbol& u, const Symbol& exponent);
Symbol pow(const Symbol& u, int exponent);
/// √π, and the derivative of that order of a function of which only the name is known.
Symbol root_of_pi();
Symbol root_of_pi(const Symbol&);
Symbol unknown(const std::string& function, unsigned order, const Symbol& u);

// The field does not hold the functions below. A formula that calls one compiles and throws UnsupportedFunction, so
// that its proof fails with the name of what is missing.
Symbol cbrt(const Symbol& u);
Symbol asin(const Symbol& u);
Symbol acos(const Symbol& u);
Symbol asinh(const Symbol& u);
Symbol acosh(const Symbol& u);
Symbol atanh(const Symbol& u);
Symbol lgamma(const Symbol& u);
Symbol tgamma(const Symbol& u);

}  // namespace gradproof::proof

template <>
struct Eigen::NumTraits<gradproof::proof::Symbol> : Eigen::GenericNumTraits<gradproof::proof::Symbol> {
    using Real = gradproof::proof::Symbol;
    using NonInteger = gradproof::proof::Symbol;
    using Nested = gradproof::proof::Symbol;
    enum {
        IsComplex = 0,
        IsInteger = 0,
        IsSigned = 1,
        RequireInitialization = 1,
        ReadCost = 1,
        AddCost = 50,
        MulCost = 200
    };
    static int digits10() { return 0; }
};
