// SPDX-License-Identifier: MIT
//
// A scalar that writes down what is computed with it. lib's templates run on it unchanged, and what they return prints
// as the very formula that the code computes: 0.5 * (a - y) * (a - y) as "1/2 (a - y)^2". It says nothing that the code
// does not do, because nobody typed it. Numbers are joined, equal factors become a power, a factor 1 and a term 0 are
// left out; nothing is cancelled or multiplied out, so that the text is the formula for all values.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/scalar.hpp"

namespace gradproof::checks {

class Branches;
class Written;

/// A formula as a number times a text: 0.5 and "(a - y)^2".
struct WrittenFormula {
    double factor = 1;
    std::string text{};
};

/// What f computes of two letters. A formula that compares them is written case by case, in brackets:
/// "(y - a if a < y, else a - y)". Throws std::length_error where comparing goes on without end, as in a loop that the
/// letters should stop.
WrittenFormula write_down(const std::function<Written(const Written&, const Written&)>& f, const std::string& first,
                          const std::string& second);

/// A number as a formula has it: "2", "1/3", "0.7".
std::string written_number(double number);

class Written {
  public:
    /// 0
    Written() = default;
    explicit Written(double constant);

    /// The formula on one line: "a - y log(a)".
    std::string str() const;
    /// The number in front of all of it, 1 for a sum; and the formula without that number, in brackets if it is a sum.
    double coefficient() const;
    std::string without_coefficient() const;

    Written operator-() const;
    Written& operator+=(const Written& other) { return *this = *this + other; }
    Written& operator-=(const Written& other) { return *this = *this - other; }
    Written& operator*=(const Written& other) { return *this = *this * other; }
    Written& operator/=(const Written& other) { return *this = *this / other; }

    friend Written operator+(const Written& a, const Written& b);
    friend Written operator-(const Written& a, const Written& b) { return a + -b; }
    friend Written operator*(const Written& a, const Written& b);
    friend Written operator/(const Written& a, const Written& b);

    // Two formulas are equal where they are written alike: the text is for letters in general, not for single values.
    friend bool operator==(const Written& a, const Written& b) { return a.str() == b.str(); }
    friend bool operator<(const Written& a, const Written& b);
    friend bool operator>(const Written& a, const Written& b) { return b < a; }
    friend bool operator<=(const Written& a, const Written& b) { return !(b < a); }
    friend bool operator>=(const Written& a, const Written& b) { return !(a < b); }

    friend Written exp(const Written& u);
    friend Written log(const Written& u);
    friend Written tanh(const Written& u);
    friend Written sinh(const Written& u);
    friend Written cosh(const Written& u);
    friend Written sin(const Written& u);
    friend Written cos(const Written& u);
    friend Written tan(const Written& u);
    friend Written asin(const Written& u);
    friend Written acos(const Written& u);
    friend Written atan(const Written& u);
    friend Written asinh(const Written& u);
    friend Written acosh(const Written& u);
    friend Written atanh(const Written& u);
    friend Written erf(const Written& u);
    friend Written erfc(const Written& u);
    friend Written sqrt(const Written& u);
    friend Written cbrt(const Written& u);
    friend Written lgamma(const Written& u);
    friend Written tgamma(const Written& u);
    friend Written abs(const Written& u);
    friend Written max(const Written& a, const Written& b);
    friend Written min(const Written& a, const Written& b);
    friend Written pow(const Written& u, int exponent);
    friend Written pow(const Written& u, const Written& exponent);
    friend Written fabs(const Written& u) { return abs(u); }
    friend Written log1p(const Written& u) { return log(Written(1) + u); }
    friend Written expm1(const Written& u) { return exp(u) - Written(1); }

    friend WrittenFormula write_down(const std::function<Written(const Written&, const Written&)>& f,
                                     const std::string& first, const std::string& second);

  private:
    struct Factor {
        std::string base;
        int power = 1;
        bool takes_power = true;  // as it stands, without brackets

        bool operator==(const Factor&) const = default;
    };
    struct Term {
        double number = 1;
        double divisor = 1;  // apart from the number, so that a division by 0.9 stays one
        std::vector<Factor> over{};
        std::vector<Factor> under{};

        double coefficient() const { return number / divisor; }
    };

    // A letter. What it is compared with asks `branches` for the answer.
    Written(std::string letter, std::shared_ptr<Branches> branches);

    static std::string text_of(const Factor& factor);
    static std::string text_of(const std::vector<Factor>& factors);
    static std::string text_of(Term term);  // without its sign
    static void multiply(std::vector<Factor>& product, const std::vector<Factor>& factors);

    bool is_constant() const;
    Term as_term() const;
    void add(const Term& term);
    Written with(Term term) const;
    Written called(std::string_view function, double (*value)(double)) const;

    std::vector<Term> terms_;  // their sum; none is 0
    std::shared_ptr<Branches> branches_;
};

}  // namespace gradproof::checks
