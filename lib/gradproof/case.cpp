// SPDX-License-Identifier: MIT
#include "gradproof/case.hpp"

#include <charconv>
#include <stdexcept>
#include <system_error>

namespace gradproof {
namespace {

// The shortest decimal that reads back as this number.
std::string shortest(double value) {
    char text[32];
    const auto [end, error] = std::to_chars(std::begin(text), std::end(text), value);
    return error == std::errc() ? std::string(std::begin(text), end) : std::to_string(value);
}

std::string text_of(const Interval& range) {
    std::string text(1, range.closed_below ? '[' : '(');
    text.append(shortest(range.lower)).append(", ").append(shortest(range.upper));
    text.push_back(range.closed_above ? ']' : ')');
    return text;
}

void separate(std::string& list) {
    if (!list.empty()) list.append(", ");
}

}  // namespace

std::string name_with_parameters(std::string_view name, const std::vector<ParameterValue>& parameters) {
    std::string set;
    for (const ParameterValue& parameter : parameters) {
        if (parameter.value == parameter.usual) continue;
        separate(set);
        set.append(parameter.name).append("=").append(shortest(parameter.value));
    }
    std::string text(name);
    if (!set.empty()) text.append("(").append(set).append(")");
    return text;
}

namespace detail {

void refuse_case(std::string_view name, std::string_view among) {
    throw std::invalid_argument(std::string(name) + " is not among the " + std::string(among) + " of this library");
}

void refuse_parameter(std::string_view of, std::string_view name, const std::vector<ParameterValue>& parameters) {
    std::string known;
    for (const ParameterValue& parameter : parameters) {
        separate(known);
        known.append(parameter.name).append(" in ").append(text_of(parameter.range));
    }
    throw std::invalid_argument(std::string(of) + " has no parameter '" + std::string(name) +
                                "': " + (known.empty() ? "it has none" : "expected " + known));
}

void refuse_value(std::string_view of, std::string_view name, double value, const Interval& range, bool is_whole) {
    throw std::invalid_argument(std::string(of) + "(" + std::string(name) + "=" + shortest(value) + "): expected " +
                                (is_whole ? "a whole " : "") + std::string(name) + " in " + text_of(range));
}

void refuse_scalar(std::string_view of) {
    throw std::invalid_argument(std::string(of) + " compares numbers, so it does not run on numbers without an order");
}

}  // namespace detail
}  // namespace gradproof
