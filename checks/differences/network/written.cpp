// SPDX-License-Identifier: MIT
#include "differences/network/written.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>

namespace gradproof::checks {

static_assert(Scalar<Written> && Ordered<Written>);

// The answers to the comparisons of one way through a formula. The ways are gone through one after the other, true
// before false, so that a way is described by what it answered with true: the ways before it took the rest.
class Branches {
  public:
    void start() { asked_ = 0; }

    bool is_less(const std::string& left, const std::string& right) {
        if (left == right) return false;
        for (std::size_t n = 0; n < asked_; ++n) {
            if (answers_[n].left == left && answers_[n].right == right) return answers_[n].is_less;
            if (answers_[n].left == right && answers_[n].right == left && answers_[n].is_less) return false;
        }
        if (asked_ == most_questions) throw std::length_error("a formula compares its letters without end");
        if (asked_ == answers_.size()) answers_.push_back({left, right, true});
        return answers_[asked_++].is_less;
    }

    std::string condition() const {
        std::vector<std::string> conditions;
        for (const Answer& answer : answers_)
            if (answer.is_less) conditions.push_back(answer.left + " < " + answer.right);
        return fmt::format("{}", fmt::join(conditions, " and "));
    }

    // To the next way; false if there is none.
    bool go_on() {
        while (!answers_.empty() && !answers_.back().is_less) answers_.pop_back();
        if (answers_.empty()) return false;
        answers_.back().is_less = false;
        return true;
    }

  private:
    struct Answer {
        std::string left;
        std::string right;
        bool is_less;
    };
    static constexpr std::size_t most_questions = 64;
    std::vector<Answer> answers_;
    std::size_t asked_ = 0;
};

namespace {

constexpr std::size_t most_ways = 16;

// q where the number is 1/q, for the q that people write so.
std::optional<int> reciprocal_of(double number) {
    constexpr double largest = 100;
    const double q = std::round(1 / number);
    if (q >= 2 && q <= largest && 1 / q == number) return static_cast<int>(q);
    return std::nullopt;
}

std::string in_brackets(const std::string& text) {
    return "(" + text + ")";
}

}  // namespace

std::string written_number(double number) {
    // What is made of parameters rounds: 1 - 0.9 is meant to be a tenth.
    const double short_one = std::stod(fmt::format("{:.15g}", number));
    if (std::abs(short_one - number) <= 2 * std::numeric_limits<double>::epsilon() * std::abs(number))
        number = short_one;
    if (const auto q = reciprocal_of(std::abs(number))) return fmt::format("{}1/{}", number < 0 ? "-" : "", *q);
    return fmt::format("{}", number);
}

Written::Written(double constant) {
    if (constant != 0) terms_.push_back({.number = constant});
}

Written::Written(std::string letter, std::shared_ptr<Branches> branches) : branches_(std::move(branches)) {
    terms_.push_back({.over = {{.base = std::move(letter)}}});
}

std::string Written::text_of(const Factor& factor) {
    if (factor.power == 1) return factor.base;
    return fmt::format("{}^{}", factor.takes_power ? factor.base : in_brackets(factor.base), factor.power);
}

std::string Written::text_of(const std::vector<Factor>& factors) {
    std::string text;
    for (const Factor& factor : factors) text += (text.empty() ? "" : " ") + text_of(factor);
    return text;
}

std::string Written::text_of(Term term) {
    std::string under = text_of(term.under);
    bool several = term.under.size() > 1;
    // A decimal with many places is one number, 0.044715, and no quotient.
    if (std::abs(term.divisor) > 100) term.number = term.coefficient(), term.divisor = 1;
    // Whole or broken as people write it: x/2 is 1/2 x, x/0.9 stays, and so does x/(2 y).
    const auto q = reciprocal_of(std::abs(term.coefficient()));
    if (q && !under.empty()) term.number = 1, term.divisor = *q;
    if (q && under.empty()) term.number = term.coefficient(), term.divisor = 1;
    if (const double whole = term.coefficient(); whole == std::round(whole)) term.number = whole, term.divisor = 1;
    if (const double divisor = std::abs(term.divisor); divisor != 1) {
        several = !under.empty();
        under = fmt::format("{}{}{}", divisor, under.empty() ? "" : " ", under);
    }
    std::string text = text_of(term.over);
    const double number = std::abs(term.number);
    if (text.empty())
        text = written_number(number);
    else if (number != 1)
        text = written_number(number) + " " + text;
    if (under.empty()) return text;
    return text + "/" + (several ? in_brackets(under) : under);
}

std::string Written::str() const {
    if (terms_.empty()) return "0";
    std::string text;
    for (const Term& term : terms_) {
        const bool negative = term.coefficient() < 0;
        text += text.empty() ? (negative ? "-" : "") : (negative ? " - " : " + ");
        text += text_of(term);
    }
    return text;
}

double Written::coefficient() const {
    if (terms_.empty()) return 0;
    return terms_.size() == 1 ? terms_.front().coefficient() : 1;
}

std::string Written::without_coefficient() const {
    if (terms_.empty()) return "1";
    if (terms_.size() > 1) return in_brackets(str());
    Term term = terms_.front();
    term.number = term.divisor = 1;
    return text_of(term);
}

bool Written::is_constant() const {
    return terms_.empty() || (terms_.size() == 1 && terms_.front().over.empty() && terms_.front().under.empty());
}

Written::Term Written::as_term() const {
    if (terms_.empty()) return {.number = 0};
    if (terms_.size() == 1) return terms_.front();
    return {.over = {{.base = in_brackets(str())}}};
}

Written Written::with(Term term) const {
    Written result;
    result.branches_ = branches_;
    if (term.number != 0) result.terms_.push_back(std::move(term));
    return result;
}

void Written::add(const Term& term) {
    const auto same =
        std::ranges::find_if(terms_, [&term](const Term& t) { return t.over == term.over && t.under == term.under; });
    if (same == terms_.end()) {
        terms_.push_back(term);
    } else {
        same->number = same->coefficient() + term.coefficient();
        same->divisor = 1;
        if (same->number == 0) terms_.erase(same);
    }
}

void Written::multiply(std::vector<Factor>& product, const std::vector<Factor>& factors) {
    for (const Factor& factor : factors) {
        const auto same = std::ranges::find(product, factor.base, &Factor::base);
        if (same == product.end())
            product.push_back(factor);
        else
            same->power += factor.power;
    }
}

Written Written::operator-() const {
    Term term = as_term();
    term.number = -term.number;
    return with(std::move(term));
}

Written operator+(const Written& a, const Written& b) {
    Written sum = a;
    if (!sum.branches_) sum.branches_ = b.branches_;
    for (const auto& term : b.terms_) sum.add(term);
    return sum;
}

Written operator*(const Written& a, const Written& b) {
    Written::Term product = a.as_term();
    const Written::Term other = b.as_term();
    product.number *= other.number;
    product.divisor *= other.divisor;
    Written::multiply(product.over, other.over);
    Written::multiply(product.under, other.under);
    return (a.branches_ ? a : b).with(std::move(product));
}

Written operator/(const Written& a, const Written& b) {
    Written::Term quotient = a.as_term();
    const Written::Term other = b.as_term();
    quotient.number *= other.divisor;
    quotient.divisor *= other.number;
    Written::multiply(quotient.over, other.under);
    Written::multiply(quotient.under, other.over);
    return (a.branches_ ? a : b).with(std::move(quotient));
}

bool operator<(const Written& a, const Written& b) {
    if (a.is_constant() && b.is_constant()) return a.coefficient() < b.coefficient();
    return (a.branches_ ? a : b).branches_->is_less(a.str(), b.str());
}

Written Written::called(std::string_view function, double (*value)(double)) const {
    if (is_constant()) return Written(value(coefficient()));
    return with({.over = {{.base = fmt::format("{}({})", function, str())}}});
}

Written exp(const Written& u) {
    return u.called("exp", std::exp);
}
Written log(const Written& u) {
    return u.called("log", std::log);
}
Written tanh(const Written& u) {
    return u.called("tanh", std::tanh);
}
Written sinh(const Written& u) {
    return u.called("sinh", std::sinh);
}
Written cosh(const Written& u) {
    return u.called("cosh", std::cosh);
}
Written sin(const Written& u) {
    return u.called("sin", std::sin);
}
Written cos(const Written& u) {
    return u.called("cos", std::cos);
}
Written tan(const Written& u) {
    return u.called("tan", std::tan);
}
Written asin(const Written& u) {
    return u.called("asin", std::asin);
}
Written acos(const Written& u) {
    return u.called("acos", std::acos);
}
Written atan(const Written& u) {
    return u.called("atan", std::atan);
}
Written asinh(const Written& u) {
    return u.called("asinh", std::asinh);
}
Written acosh(const Written& u) {
    return u.called("acosh", std::acosh);
}
Written atanh(const Written& u) {
    return u.called("atanh", std::atanh);
}
Written erf(const Written& u) {
    return u.called("erf", std::erf);
}
Written erfc(const Written& u) {
    return u.called("erfc", std::erfc);
}
Written sqrt(const Written& u) {
    return u.called("sqrt", std::sqrt);
}
Written cbrt(const Written& u) {
    return u.called("cbrt", std::cbrt);
}
Written lgamma(const Written& u) {
    return u.called("lgamma", std::lgamma);
}
Written tgamma(const Written& u) {
    return u.called("tgamma", std::tgamma);
}
Written abs(const Written& u) {
    return u.called("abs", std::fabs);
}

Written max(const Written& a, const Written& b) {
    if (a.is_constant() && b.is_constant()) return a.coefficient() < b.coefficient() ? b : a;
    return (a.branches_ ? a : b).with({.over = {{.base = fmt::format("max({}, {})", a.str(), b.str())}}});
}
Written min(const Written& a, const Written& b) {
    if (a.is_constant() && b.is_constant()) return b.coefficient() < a.coefficient() ? b : a;
    return (a.branches_ ? a : b).with({.over = {{.base = fmt::format("min({}, {})", a.str(), b.str())}}});
}

Written pow(const Written& u, int exponent) {
    if (exponent == 0) return Written(1);
    if (u.is_constant()) return Written(std::pow(u.coefficient(), exponent));
    Written::Term term = u.as_term();
    // ((a - y)/0.9)^2 stays: its number multiplied out would be none that anybody wrote.
    if (std::abs(term.number) != 1 || term.divisor != 1) term = {.over = {{.base = in_brackets(u.str())}}};
    if (exponent % 2 == 0) term.number = std::abs(term.number);
    for (auto* factors : {&term.over, &term.under})
        for (auto& factor : *factors) factor.power *= std::abs(exponent);
    if (exponent < 0) std::swap(term.over, term.under);
    return u.with(std::move(term));
}

Written pow(const Written& u, const Written& exponent) {
    if (exponent.is_constant()) {
        const double n = exponent.coefficient();
        if (u.is_constant()) return Written(std::pow(u.coefficient(), n));
        constexpr double largest = 1000;
        if (n == std::round(n) && std::abs(n) <= largest) return pow(u, static_cast<int>(n));
    }
    std::string base = u.str();
    const bool is_plain = u.terms_.size() == 1 && u.terms_[0].coefficient() == 1 && u.terms_[0].under.empty() &&
                          u.terms_[0].over.size() == 1 && u.terms_[0].over[0].power == 1 &&
                          u.terms_[0].over[0].takes_power;
    if (!is_plain) base = in_brackets(base);
    return (u.branches_ ? u : exponent)
        .with({.over = {{.base = fmt::format("{}^({})", base, exponent.str()), .takes_power = false}}});
}

WrittenFormula write_down(const std::function<Written(const Written&, const Written&)>& f, const std::string& first,
                          const std::string& second) {
    struct Case {
        std::string condition;
        Written value;
    };
    const auto branches = std::make_shared<Branches>();
    std::vector<Case> cases;
    do {
        if (cases.size() == most_ways) throw std::length_error("a formula has too many cases to be written down");
        branches->start();
        Written value = f(Written(first, branches), Written(second, branches));
        cases.push_back({branches->condition(), std::move(value)});
    } while (branches->go_on());
    // Two forms of one formula, such as log1p(-a) and log(1 - a), are one to a reader.
    const bool is_one_formula =
        std::ranges::all_of(cases, [&](const Case& other) { return other.value.str() == cases.front().value.str(); });
    if (is_one_formula) return {cases[0].value.coefficient(), cases[0].value.without_coefficient()};
    std::string text;
    for (std::size_t n = 0; n + 1 < cases.size(); ++n)
        text += fmt::format("{} if {}, ", cases[n].value.str(), cases[n].condition);
    return {1, in_brackets(text + "else " + cases.back().value.str())};
}

}  // namespace gradproof::checks
