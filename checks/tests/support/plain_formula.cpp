// SPDX-License-Identifier: MIT
#include "tests/support/plain_formula.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <map>
#include <stdexcept>
#include <string_view>
#include <vector>

namespace gradproof::checks {
namespace {

//     cases   = sum { "if" sum "<" sum { "and" sum "<" sum } "," cases-or-else }     inside brackets
//     sum     = [ "-" ] product { ( "+" | "-" ) product }
//     product = factor { [ "/" ] factor }                                           side by side is times
//     factor  = atom [ "^" ( number | "(" sum ")" ) ]
//     atom    = number | letter | function "(" sum { "," sum } ")" | "(" cases ")" | "sum over ..." product
class Reader {
  public:
    Reader(std::string_view text, const Matrix<double>& A, const Matrix<double>& Y) : text_(text), A_(A), Y_(Y) {}

    void define(const std::string& letter, double value) { letters_[letter] = value; }

    double all() {
        const double value = sum();
        if (at_ != text_.size()) fail();
        return value;
    }

  private:
    std::string_view text_;
    const Matrix<double>& A_;
    const Matrix<double>& Y_;
    std::map<std::string, double, std::less<>> letters_;
    Eigen::Index example_ = 0;
    Eigen::Index output_ = 0;
    std::size_t at_ = 0;

    [[noreturn]] void fail() const {
        throw std::invalid_argument("cannot read '" + std::string(text_) + "' at '" + std::string(text_.substr(at_)) +
                                    "'");
    }
    bool take(std::string_view part) {
        const std::size_t begin = std::min(text_.find_first_not_of(' ', at_), text_.size());
        if (!text_.substr(begin).starts_with(part)) return false;
        at_ = begin + part.size();
        return true;
    }
    void need(std::string_view part) {
        if (!take(part)) fail();
    }
    char next() const {
        const std::size_t begin = text_.find_first_not_of(' ', at_);
        return begin == std::string_view::npos ? '\0' : text_[begin];
    }
    std::string word() const {
        std::size_t begin = std::min(text_.find_first_not_of(' ', at_), text_.size());
        std::string name;
        while (begin < text_.size() && std::isalnum(static_cast<unsigned char>(text_[begin]))) name += text_[begin++];
        return name;
    }

    double cases() {
        double chosen = 0;
        bool is_chosen = false;
        while (true) {
            const bool is_last = take("else ");
            const double value = sum();
            bool holds = true;
            if (!is_last && take("if ")) {
                do {
                    const double left = sum();
                    need("<");
                    holds = left < sum() && holds;
                } while (take("and "));
                need(",");
            } else if (!is_last && is_chosen) {
                fail();
            } else {
                return is_chosen ? chosen : value;
            }
            if (holds && !is_chosen) chosen = value, is_chosen = true;
        }
    }
    double sum() {
        double value = take("-") ? -product() : product();
        while (true) {
            if (take("+"))
                value += product();
            else if (take("-"))
                value -= product();
            else
                return value;
        }
    }
    bool factor_follows() const {
        const std::string name = word();
        return next() == '(' || (!name.empty() && name != "if" && name != "and" && name != "else");
    }
    // 0 log 0 is 0 in every loss.
    static double times(double a, double b) { return a == 0 || b == 0 ? 0 : a * b; }
    double product() {
        double value = factor();
        while (true) {
            if (take("/"))
                value /= factor();
            else if (factor_follows())
                value = times(value, factor());
            else
                return value;
        }
    }
    double factor() {
        const double base = atom();
        if (!take("^")) return base;
        if (!take("(")) return std::pow(base, number());
        const double exponent = sum();
        need(")");
        return std::pow(base, exponent);
    }
    double number() {
        const std::string rest(text_.substr(std::min(text_.find_first_not_of(' ', at_), text_.size())));
        std::size_t length = 0;
        const double value = std::stod(rest, &length);
        at_ = text_.size() - rest.size() + length;
        return value;
    }
    // The body once for every index, each time read from its beginning.
    double sum_over(Eigen::Index& index, Eigen::Index count) {
        const std::size_t body = at_;
        double value = 0;
        const Eigen::Index outside = index;
        for (index = 0; index < count; ++index) {
            at_ = body;
            value += product();
        }
        index = outside;
        return value;
    }
    double atom() {
        if (take("sum over examples of ")) return sum_over(example_, A_.cols());
        if (take("sum over outputs of ")) return sum_over(output_, A_.rows());
        if (take("sum of squared weights")) return letters_.at("squared weights");
        if (take("(")) {
            const double value = cases();
            need(")");
            return value;
        }
        if (std::isdigit(static_cast<unsigned char>(next()))) return number();
        const std::string name = word();
        if (name.empty()) fail();
        need(name);
        if (name == "a") return A_(output_, example_);
        if (name == "y") return Y_(output_, example_);
        if (name == "K") return static_cast<double>(A_.rows());
        if (const auto letter = letters_.find(name); letter != letters_.end()) return letter->second;
        return function(name);
    }
    double function(const std::string& name) {
        need("(");
        std::vector<double> arguments{sum()};
        while (take(",")) arguments.push_back(sum());
        need(")");
        static const std::map<std::string, double (*)(double)> of_one{
            {"exp", std::exp},   {"log", std::log},   {"tanh", std::tanh}, {"cosh", std::cosh}, {"sin", std::sin},
            {"atan", std::atan}, {"sqrt", std::sqrt}, {"abs", std::fabs},  {"erf", std::erf}};
        if (const auto f = of_one.find(name); f != of_one.end() && arguments.size() == 1)
            return f->second(arguments[0]);
        if (name == "max" && arguments.size() == 2) return std::max(arguments[0], arguments[1]);
        if (name == "min" && arguments.size() == 2) return std::min(arguments[0], arguments[1]);
        fail();
    }
};

}  // namespace

double value_by_formula(const std::string& formula, double a, double y) {
    const Matrix<double> A = Matrix<double>::Constant(1, 1, a);
    const Matrix<double> Y = Matrix<double>::Constant(1, 1, y);
    return Reader(formula, A, Y).all();
}

double cost_by_formula(const std::string& formula, const Matrix<double>& A, const Matrix<double>& Y,
                       double squared_weights) {
    constexpr std::string_view left = "J = ";
    if (!formula.starts_with(left)) throw std::invalid_argument("'" + formula + "' does not begin with J");
    std::string_view text = std::string_view(formula).substr(left.size());
    std::map<std::string, double> given;
    // Letters with their numbers stand at the end.
    for (const std::string name : {"m", "lambda"}) {
        const std::string before = ", " + name + " = ";
        const std::size_t at = text.rfind(before);
        if (at == std::string_view::npos) continue;
        given[name] = std::stod(std::string(text.substr(at + before.size())));
        text = text.substr(0, at);
    }
    const auto m = static_cast<double>(A.cols());
    if (given.contains("m") && given["m"] != m) throw std::invalid_argument("'" + formula + "' has another m");
    Reader reader(text, A, Y);
    reader.define("m", m);
    reader.define("squared weights", squared_weights);
    if (given.contains("lambda")) reader.define("lambda", given["lambda"]);
    return reader.all();
}

}  // namespace gradproof::checks
