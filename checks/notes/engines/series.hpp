// SPDX-License-Identifier: MIT
//
// Truncated power series with complex balls as coefficients (Arb): with one term a ball, with many the Taylor jet of a
// function. Every result encloses all values that it could have, and where that cannot be said, Unclear is thrown: a
// division by something that may be 0, a logarithm whose argument may touch the cut, a branch that may go both ways.
#pragma once

#include <acb_poly.h>

#include <stdexcept>
#include <string>
#include <string_view>

namespace gradproof::proof {

struct Unclear : std::domain_error {
    using std::domain_error::domain_error;
};

class Series {
  public:
    /// How many terms, at how many bits.
    struct Format {
        slong length;
        slong bits;
    };

    explicit Series(Format format) : format_(format) { acb_poly_init(value_); }
    Series(const Series& other) : format_(other.format_) {
        acb_poly_init(value_);
        acb_poly_set(value_, other.value_);
    }
    Series& operator=(const Series& other) {
        format_ = other.format_;
        acb_poly_set(value_, other.value_);
        return *this;
    }
    Series(Series&& other) noexcept : format_(other.format_) {
        acb_poly_init(value_);
        acb_poly_swap(value_, other.value_);
    }
    Series& operator=(Series&& other) noexcept {
        format_ = other.format_;
        acb_poly_swap(value_, other.value_);
        return *this;
    }
    ~Series() { acb_poly_clear(value_); }

    /// A number in digits, perhaps with sign, point and exponent.
    static Series number(const std::string& digits, Format format);
    /// "e" or "pi".
    static Series constant(std::string_view name, Format format);
    /// centre + t, or with one term the ball.
    static Series variable(const acb_t centre, Format format);

    Format format() const { return format_; }
    void coefficient(acb_t result, slong k) const { acb_poly_get_coeff_acb(result, value_, k); }
    /// The sign of the real part of the constant term. Throws Unclear if it may be 0 or either.
    int sign() const;

    Series operator-() const;
    friend Series operator+(const Series& a, const Series& b);
    friend Series operator-(const Series& a, const Series& b);
    friend Series operator*(const Series& a, const Series& b);
    friend Series operator/(const Series& a, const Series& b);
    friend Series exp(const Series& u);
    friend Series log(const Series& u);
    friend Series sqrt(const Series& u);
    friend Series sin(const Series& u);
    friend Series cos(const Series& u);
    friend Series atan(const Series& u);
    friend Series erf(const Series& u);

  private:
    Format format_;
    acb_poly_t value_;
};

}  // namespace gradproof::proof
