// SPDX-License-Identifier: MIT
//
// What activations and losses have in common where they are chosen at run time: who they are, and their parameters. A
// parameter is a data member with a default, which the case declares with its name and the interval of its values:
//
//     double slope = 0.01;
//     static constexpr std::array<Parameter<LeakyRelu>, 1> parameters{{{"slope", &LeakyRelu::slope,
//     positive_numbers}}};
#pragma once

#include <cmath>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/scalar.hpp"

namespace gradproof {

/// A data member that a user may set.
template <class Case>
struct Parameter {
    std::string_view name;
    double Case::*member;
    Interval range;
    bool is_whole = false;  ///< of the whole numbers in the range
};

template <class Case>
concept HasParameters = requires {
    { *std::begin(Case::parameters) } -> std::convertible_to<Parameter<Case>>;
};

/// A parameter of one case as it is set.
struct ParameterValue {
    std::string_view name;
    double value;
    double usual;  ///< its default
    Interval range;
    bool is_whole = false;
};

template <class Case>
std::vector<ParameterValue> parameters_of(const Case& g) {
    std::vector<ParameterValue> values;
    if constexpr (HasParameters<Case>)
        for (const auto& [name, member, range, is_whole] : Case::parameters)
            values.push_back({name, g.*member, Case{}.*member, range, is_whole});
    return values;
}

/// "leaky_relu", or "leaky_relu(slope=0.3)" where a parameter is not its default.
std::string name_with_parameters(std::string_view name, const std::vector<ParameterValue>& parameters);

/// `g` with a parameter set. Throws std::invalid_argument, naming what is expected, if it has no such parameter or if
/// the value lies outside its range.
template <class Case>
Case with_parameter(Case g, std::string_view name, double value);

/// The same of a case, or what it calls itself if that depends on more than its parameters.
template <class Case>
std::string name_of_case(const Case& g, const std::vector<ParameterValue>& parameters) {
    if constexpr (requires { g.display_name(); })
        return g.display_name();
    else
        return name_with_parameters(Case::name, parameters);
}

/// Which type a case is, told without knowing it.
using CaseId = const char*;
template <class Case>
inline constexpr char case_tag = 0;
template <class Case>
constexpr CaseId case_id() {
    return &case_tag<Case>;
}

/// The formulas of one type of case on one type of number.
template <class Table>
struct CompiledCase {
    CaseId id;
    const Table* table;  ///< null if they do not run on these numbers
};

namespace detail {

[[noreturn]] void refuse_case(std::string_view name, std::string_view among);
[[noreturn]] void refuse_parameter(std::string_view of, std::string_view name,
                                   const std::vector<ParameterValue>& parameters);
[[noreturn]] void refuse_value(std::string_view of, std::string_view name, double value, const Interval& range,
                               bool is_whole);
[[noreturn]] void refuse_scalar(std::string_view of);

}  // namespace detail

/// The table of the case `id`; null if its formulas do not run on these numbers. Throws std::invalid_argument if it is
/// not among the cases that are compiled; `name` and `among` say so.
template <class Table>
const Table* table_of(CaseId id, std::span<const CompiledCase<Table>> compiled, std::string_view name,
                      std::string_view among) {
    for (const CompiledCase<Table>& one : compiled)
        if (one.id == id) return one.table;
    detail::refuse_case(name, among);
}

template <class Case>
Case with_parameter(Case g, std::string_view name, double value) {
    if constexpr (HasParameters<Case>)
        for (const auto& parameter : Case::parameters) {
            if (parameter.name != name) continue;
            const bool fits = !parameter.is_whole || value == std::floor(value);
            if (!fits || !parameter.range.contains(value))
                detail::refuse_value(Case::name, name, value, parameter.range, parameter.is_whole);
            g.*parameter.member = value;
            return g;
        }
    detail::refuse_parameter(Case::name, name, parameters_of(g));
}

}  // namespace gradproof
