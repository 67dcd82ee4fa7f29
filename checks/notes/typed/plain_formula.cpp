// SPDX-License-Identifier: MIT
#include "notes/typed/plain_formula.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "notes/reader/lexer.hpp"

namespace gradproof::notes {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr std::array<Pair, 17> functions{{{"exp", "\\exp"},
                                          {"log", "\\log"},
                                          {"ln", "\\log"},
                                          {"tanh", "\\tanh"},
                                          {"sinh", "\\sinh"},
                                          {"cosh", "\\cosh"},
                                          {"sin", "\\sin"},
                                          {"cos", "\\cos"},
                                          {"arctan", "\\arctan"},
                                          {"atan", "\\arctan"},
                                          {"max", "\\max"},
                                          {"min", "\\min"},
                                          {"maximum", "\\max"},
                                          {"minimum", "\\min"},
                                          {"sigmoid", "\\sigma"},
                                          {"logistic", "\\sigma"},
                                          {"pi", "\\pi"}}};

// What stands before and after the argument of a function that is no \name.
struct Around {
    std::string_view name;
    std::string_view before;
    std::string_view after;
};
constexpr std::array<Around, 5> around{{{"sqrt", "\\sqrt{", "}"},
                                        {"abs", "\\lvert ", "\\rvert "},
                                        {"fabs", "\\lvert ", "\\rvert "},
                                        {"log1p", "\\log(1 + ", ")"},
                                        {"expm1", "(\\exp(", ") - 1)"}}};

constexpr std::array<std::string_view, 20> greek_letters{"alpha", "beta",  "gamma",  "delta", "epsilon", "zeta", "eta",
                                                         "theta", "kappa", "lambda", "mu",    "nu",      "xi",   "rho",
                                                         "sigma", "tau",   "phi",    "chi",   "psi",     "omega"};

class Translation {
  public:
    explicit Translation(std::string_view text) : text_(text) {}

    std::string all() {
        while (at_ < text_.size()) step();
        return std::move(out_);
    }

  private:
    bool takes(std::string_view token) {
        if (!text_.substr(at_).starts_with(token)) return false;
        at_ += token.size();
        return true;
    }

    void step() {
        if (is_letter(text_[at_]) || text_[at_] == '_') {
            word();
        } else if (takes("**") || takes("^")) {
            exponent();
        } else if (takes("*")) {
            out_ += " \\cdot ";
        } else if (takes("<=")) {
            out_ += " \\le ";
        } else if (takes(">=")) {
            out_ += " \\ge ";
        } else {
            out_ += text_[at_++];
        }
    }

    void word() {
        const std::size_t begin = at_;
        while (at_ < text_.size() &&
               (is_letter(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '_' || text_[at_] == '.'))
            ++at_;
        std::string_view name = text_.substr(begin, at_ - begin);
        for (const std::string_view module : {"np.", "torch.", "math."})
            if (name.starts_with(module)) name.remove_prefix(module.size());
        const auto wrapped = std::ranges::find(around, name, &Around::name);
        if (wrapped != around.end() && at_ < text_.size() && text_[at_] == '(') {
            out_ += wrapped->before;
            out_ += in_brackets();
            out_ += wrapped->after;
            return;
        }
        const auto function = std::ranges::find(functions, name, &Pair::first);
        if (function != functions.end()) {
            const bool is_called = at_ < text_.size() && text_[at_] == '(';
            const std::string call =
                std::string(function->second) + (is_called ? "(" + in_brackets() + ")" : std::string(" "));
            // tanh(z)^2 is the square of the value; LaTeX would not say whether.
            out_ += is_called && is_power_next() ? "(" + call + ")" : call;
        } else if (std::ranges::find(greek_letters, name) != greek_letters.end()) {
            out_ += "\\" + std::string(name) + " ";
        } else if (name.size() == 1) {
            out_ += name;
        } else {
            out_ += "\\mathrm{" + std::string(name) + "}";
        }
    }

    bool is_power_next() const {
        const std::size_t next = text_.find_first_not_of(' ', at_);
        return next != std::string_view::npos && (text_[next] == '^' || text_.substr(next).starts_with("**"));
    }

    // What stands between the bracket here and its partner, translated; the rest of the text if there is none.
    std::string in_brackets() {
        const std::size_t begin = ++at_;
        int depth = 1;
        while (at_ < text_.size() && depth > 0) {
            depth += text_[at_] == '(' ? 1 : text_[at_] == ')' ? -1 : 0;
            ++at_;
        }
        return Translation(text_.substr(begin, at_ - begin - (depth == 0 ? 1 : 0))).all();
    }

    void exponent() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        out_ += "^{";
        if (takes("-")) out_ += '-';
        if (at_ < text_.size() && text_[at_] == '(') {
            out_ += in_brackets();
        } else if (at_ < text_.size() && text_[at_] == '{') {
            out_.resize(out_.size() - 1);
            out_ += text_[at_++];
            return;
        } else if (at_ < text_.size() && (is_letter(text_[at_]) || text_[at_] == '_')) {
            word();
        } else {
            while (at_ < text_.size() && (is_digit(text_[at_]) || text_[at_] == '.')) out_ += text_[at_++];
        }
        out_ += '}';
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::string out_;
};

}  // namespace

std::string latex_of(std::string_view plain) {
    if (plain.find('\\') != std::string_view::npos) return std::string(plain);
    return Translation(plain).all();
}

}  // namespace gradproof::notes
