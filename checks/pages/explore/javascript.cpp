// SPDX-License-Identifier: MIT
#include "pages/explore/javascript.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <stdexcept>
#include <utility>
#include <vector>

namespace gradproof::explore {
namespace {

// An expression that may stand as a factor. Of a logarithm and of e to a power it is known what they are of.
struct Factor {
    std::string text;
    bool is_log = false;
    std::string exponent{};  // of exp(u) that stands alone: u
};

struct Term {
    bool negative = false;
    std::string text{};
    std::string exponent{};
};

using Sum = std::vector<Term>;

std::string text_of(const Sum& sum) {
    // exp(u) - 1
    if (sum.size() == 2 && !sum[0].negative && !sum[0].exponent.empty() && sum[1].negative && sum[1].text == "1")
        return fmt::format("Math.expm1({})", sum[0].exponent);
    std::string text;
    for (const Term& term : sum)
        text += text.empty() ? (term.negative ? "-" : "") + term.text : (term.negative ? " - " : " + ") + term.text;
    return text;
}

class Printer {
  public:
    explicit Printer(std::string_view text) : text_(text) {}

    std::string all() {
        const std::string printed = text_of(sum());
        if (at_ != text_.size()) complain();
        return printed;
    }

  private:
    [[noreturn]] void complain() const {
        throw std::invalid_argument(fmt::format("'{}' is no formula from column {} on", text_, at_ + 1));
    }
    char here() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool takes(std::string_view token) {
        if (!text_.substr(at_).starts_with(token)) return false;
        at_ += token.size();
        return true;
    }
    void need(std::string_view token) {
        if (!takes(token)) complain();
    }

    Sum sum() {
        Sum terms;
        bool negative = takes("-");
        do {
            terms.push_back(term());
            terms.back().negative = negative;
            negative = false;
        } while (takes(" + ") || (negative = takes(" - ")));
        return terms;
    }

    // Factors side by side are multiplied from left to right, and / divides by the next one alone.
    Term term() {
        const Factor first = factor();
        std::string text = first.is_log ? "" : first.text;
        std::string log = first.is_log ? first.text : "";
        bool is_single = true;
        for (;;) {
            if (takes("/")) {
                const std::string under = factor().text;
                text = fmt::format("{} / {}", text.empty() ? std::exchange(log, "") : text, under);
            } else if (here() == ' ' && begins_factor(at_ + 1)) {
                ++at_;
                Factor next = factor();
                if (next.is_log && log.empty())
                    log = std::move(next.text);
                else
                    text += (text.empty() ? "" : " * ") + next.text;
            } else {
                break;
            }
            is_single = false;
        }
        if (text.empty()) return {.text = log};
        // A number is none that makes 0 of a logarithm.
        if (!log.empty() && text.find_first_not_of("0123456789./* ") == std::string::npos)
            return {.text = text + " * " + log};
        if (!log.empty()) return {.text = fmt::format("timesLog({}, {})", text, log)};
        return {.text = text, .exponent = is_single ? first.exponent : ""};
    }
    // " + ", " - ", " if ", " < " and " and " end a term.
    bool begins_factor(std::size_t at) const {
        const std::string_view rest = text_.substr(at);
        for (const std::string_view end : {"+ ", "- ", "< ", "if ", "and "})
            if (rest.starts_with(end)) return false;
        return !rest.empty();
    }

    Factor factor() {
        Factor base = primary();
        if (!takes("^")) return base;
        if (std::isdigit(static_cast<unsigned char>(here())))
            return {.text = fmt::format("Math.pow({}, {})", base.text, number())};
        need("(");
        const std::string exponent = text_of(sum());
        need(")");
        return {.text = fmt::format("Math.pow({}, {})", base.text, exponent)};
    }

    Factor primary() {
        if (takes("(")) return {.text = "(" + in_brackets() + ")"};
        if (std::isdigit(static_cast<unsigned char>(here()))) return {.text = number()};
        const std::string_view name = word();
        if (!takes("(")) return {.text = std::string(name)};
        return call(name);
    }

    // A sum, or cases.
    std::string in_brackets() {
        std::string text;
        std::string value = text_of(sum());
        while (takes(" if ")) {
            text += fmt::format("{} ? {} : ", condition(), value);
            need(", ");
            static_cast<void>(takes("else "));
            value = text_of(sum());
        }
        need(")");
        return text + value;
    }
    std::string condition() {
        std::vector<std::string> all;
        do {
            const std::string left = text_of(sum());
            need(" < ");
            all.push_back(fmt::format("{} < {}", left, text_of(sum())));
        } while (takes(" and "));
        return fmt::format("{}", fmt::join(all, " && "));
    }

    Factor call(std::string_view name) {
        constexpr std::array<std::string_view, 17> of_math{"exp",   "log",   "tanh", "sinh", "cosh", "sin",
                                                           "cos",   "tan",   "asin", "acos", "atan", "asinh",
                                                           "acosh", "atanh", "sqrt", "max",  "min"};
        std::vector<Sum> arguments{sum()};
        while (takes(", ")) arguments.push_back(sum());
        need(")");
        const Sum& first = arguments.front();
        if (name == "log") {
            const bool is_one_more = first.size() > 1 && !first[0].negative && first[0].text == "1";
            return {.text = is_one_more ? fmt::format("Math.log1p({})", text_of({first.begin() + 1, first.end()}))
                                        : fmt::format("Math.log({})", text_of(first)),
                    .is_log = true};
        }
        std::vector<std::string> texts;
        for (const Sum& argument : arguments) texts.push_back(text_of(argument));
        const std::string list = fmt::format("{}", fmt::join(texts, ", "));
        if (name == "erf" || name == "erfc") return {.text = fmt::format("{}({})", name, list)};
        if (std::ranges::find(of_math, name) == of_math.end()) complain();
        return {.text = fmt::format("Math.{}({})", name, list), .exponent = name == "exp" ? list : ""};
    }

    std::string number() {
        const std::size_t begin = at_;
        const auto digits = [&] {
            while (std::isdigit(static_cast<unsigned char>(here())) || here() == '.') ++at_;
        };
        digits();
        if (takes("e")) {
            static_cast<void>(takes("+") || takes("-"));
            digits();
        }
        return std::string(text_.substr(begin, at_ - begin));
    }
    std::string_view word() {
        const std::size_t begin = at_;
        while (std::isalnum(static_cast<unsigned char>(here()))) ++at_;
        if (at_ == begin) complain();
        return text_.substr(begin, at_ - begin);
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace

std::string javascript_of(std::string_view written) {
    return Printer(written).all();
}

}  // namespace gradproof::explore
