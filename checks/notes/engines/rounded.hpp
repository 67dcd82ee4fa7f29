// SPDX-License-Identifier: MIT
//
// A double together with a bound on how far rounding has moved it. A formula of lib that runs on these returns what it
// returns in double, and how wrong that may be: the bound follows from the formula's own steps, so no tolerance is
// chosen. Sums are bounded whatever the order of their terms, since matrix products choose it themselves.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace gradproof::notes {

class Rounded {
  public:
    Rounded() = default;
    /// A double as it is, without error.
    explicit Rounded(double value) : value_(value), terms_(std::fabs(value)) {}

    double value() const { return value_; }
    /// What the value may be away from the result of exact arithmetic; infinite where nothing can be said.
    double error() const {
        // The bound is computed in double itself, and rounded by far less than this allowance.
        const double bound = (inherited_ + additions_ * roundoff * terms_) * (1 + 0x1p-20);
        return std::isfinite(value_) && !std::isnan(bound) ? bound : std::numeric_limits<double>::infinity();
    }

    Rounded operator-() const {
        Rounded result = *this;
        result.value_ = -value_;
        return result;
    }
    friend Rounded operator+(const Rounded& a, const Rounded& b) { return sum(a, b, a.value_ + b.value_); }
    friend Rounded operator-(const Rounded& a, const Rounded& b) { return sum(a, b, a.value_ - b.value_); }
    friend Rounded operator*(const Rounded& a, const Rounded& b) {
        const double moved = std::fabs(a.value_) * b.error() + std::fabs(b.value_) * a.error() + a.error() * b.error();
        return step(a.value_ * b.value_, moved, roundoff);
    }
    friend Rounded operator/(const Rounded& a, const Rounded& b) {
        const double quotient = a.value_ / b.value_;
        const double divisor = std::fabs(b.value_) - b.error();
        return step(quotient, over(a.error() + std::fabs(quotient) * b.error(), divisor), roundoff);
    }
    Rounded& operator+=(const Rounded& b) { return *this = *this + b; }
    Rounded& operator-=(const Rounded& b) { return *this = *this - b; }
    Rounded& operator*=(const Rounded& b) { return *this = *this * b; }
    Rounded& operator/=(const Rounded& b) { return *this = *this / b; }

    // A branch is taken as in double.
    friend bool operator<(const Rounded& a, const Rounded& b) { return a.value_ < b.value_; }
    friend bool operator>(const Rounded& a, const Rounded& b) { return a.value_ > b.value_; }
    friend bool operator<=(const Rounded& a, const Rounded& b) { return a.value_ <= b.value_; }
    friend bool operator>=(const Rounded& a, const Rounded& b) { return a.value_ >= b.value_; }
    friend bool operator==(const Rounded& a, const Rounded& b) { return a.value_ == b.value_; }

    friend Rounded exp(const Rounded& x) {
        const double value = std::exp(x.value_);
        return step(value, value * std::expm1(x.error()), roundoff_of_functions);
    }
    friend Rounded expm1(const Rounded& x) {
        return step(std::expm1(x.value_), std::exp(x.value_) * std::expm1(x.error()), roundoff_of_functions);
    }
    friend Rounded log(const Rounded& x) {
        return step(std::log(x.value_), over(x.error(), x.value_ - x.error()), roundoff_of_functions);
    }
    friend Rounded log1p(const Rounded& x) {
        return step(std::log1p(x.value_), over(x.error(), 1 + x.value_ - x.error()), roundoff_of_functions);
    }
    friend Rounded tanh(const Rounded& x) {
        // The slope 1 / cosh² is largest where the argument is nearest to 0.
        const double cosine = std::cosh(std::max(std::fabs(x.value_) - x.error(), 0.0));
        return step(std::tanh(x.value_), x.error() / cosine / cosine, roundoff_of_functions);
    }

    friend Rounded sin(const Rounded& x) { return step(std::sin(x.value_), x.error(), roundoff_of_functions); }
    friend Rounded cos(const Rounded& x) { return step(std::cos(x.value_), x.error(), roundoff_of_functions); }
    friend Rounded sinh(const Rounded& x) {
        return step(std::sinh(x.value_), x.error() * std::cosh(std::fabs(x.value_) + x.error()), roundoff_of_functions);
    }
    friend Rounded cosh(const Rounded& x) {
        return step(std::cosh(x.value_), x.error() * std::sinh(std::fabs(x.value_) + x.error()), roundoff_of_functions);
    }
    friend Rounded sqrt(const Rounded& x) {
        const double least = x.value_ - x.error();
        const double moved = x.error() == 0 ? 0 : over(x.error(), least > 0 ? std::sqrt(least) : 0);
        return step(std::sqrt(x.value_), moved, roundoff);
    }
    friend Rounded atan(const Rounded& x) {
        const double least = std::max(std::fabs(x.value_) - x.error(), 0.0);
        return step(std::atan(x.value_), x.error() / (1 + least * least), roundoff_of_functions);
    }
    friend Rounded erf(const Rounded& x) {
        return step(std::erf(x.value_), x.error() * slope_of_erf(x), roundoff_of_functions);
    }
    friend Rounded erfc(const Rounded& x) {
        return step(std::erfc(x.value_), x.error() * slope_of_erf(x), roundoff_of_erfc);
    }

  private:
    // 2/√π e^(-x²), where the argument is nearest to 0.
    static double slope_of_erf(const Rounded& x) {
        const double least = std::max(std::fabs(x.value_) - x.error(), 0.0);
        return 2 * std::numbers::inv_sqrtpi * std::exp(-least * least);
    }

    static constexpr double roundoff = std::numeric_limits<double>::epsilon() / 2;
    // The GNU C library gives 2 units in the last place for the worst of the functions here, and 5 for erfc.
    static constexpr double roundoff_of_functions = 4 * roundoff;
    static constexpr double roundoff_of_erfc = 10 * roundoff;

    double value_ = 0;
    double inherited_ = 0;  // errors of the terms
    double terms_ = 0;      // the sum of their absolute values
    int additions_ = 0;     // each rounds a partial sum, which is no larger

    static double over(double error, double divisor) {
        if (error == 0) return 0;
        return divisor > 0 ? error / divisor : std::numeric_limits<double>::infinity();
    }
    static Rounded sum(const Rounded& a, const Rounded& b, double value) {
        Rounded result;
        result.value_ = value;
        result.inherited_ = a.inherited_ + b.inherited_;
        result.terms_ = a.terms_ + b.terms_;
        result.additions_ = a.additions_ + b.additions_ + 1;
        return result;
    }
    static Rounded step(double value, double moved, double relative) {
        Rounded result(value);
        result.inherited_ = moved + relative * std::fabs(value) + 4 * std::numeric_limits<double>::denorm_min();
        return result;
    }
};

}  // namespace gradproof::notes

template <>
struct Eigen::NumTraits<gradproof::notes::Rounded> : Eigen::GenericNumTraits<gradproof::notes::Rounded> {
    using Real = gradproof::notes::Rounded;
    using NonInteger = gradproof::notes::Rounded;
    using Nested = gradproof::notes::Rounded;
    enum {
        IsComplex = 0,
        IsInteger = 0,
        IsSigned = 1,
        RequireInitialization = 1,
        ReadCost = 4,
        AddCost = 4,
        MulCost = 8
    };
};
