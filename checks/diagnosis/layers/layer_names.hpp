// SPDX-License-Identifier: MIT
//
// What the courses call a layer's arrays and numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradproof::diagnosis {

/// Names for an input, lib's own first: "x", "X", "inp", "A_prev", ...
std::vector<std::string> names_of_input(std::string_view input);
/// Names for the derivative in an array that is called `name`: "dx", "d_x", "grad_x", "x.grad", "dLdx".
std::vector<std::string> names_of_derivative(std::string_view name);
/// Those of all names for an input, lib's own first.
std::vector<std::string> names_of_gradient(std::string_view input);
/// Names for an output, and for the upstream derivative of it; `is_only` if the layer has no other output.
std::vector<std::string> names_of_output(std::string_view output, bool is_only);
std::vector<std::string> names_of_upstream(std::string_view output, bool is_only);

/// What a number under a parameter's other name is.
enum class Reading {
    value,
    complement,  ///< 1 minus the value
    either,      ///< the value with some people and 1 minus it with others
};
struct ParameterName {
    std::string name;
    Reading reading = Reading::value;
};
/// Names for a parameter: "padding", "pad".
std::vector<ParameterName> names_of_parameter(std::string_view parameter);

}  // namespace gradproof::diagnosis
