// SPDX-License-Identifier: MIT
//
// The right formula of each step as a line of NumPy, to be shown and to be made wrong.
#pragma once

#include <string>
#include <string_view>

#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

/// "dZ{l} @ A{p}.T{/m}{+L2}" for Step::dW, with the words of line_template.hpp; empty where the formula is the loss's
/// own (dA of the output layer) or a vector activation's.
std::string_view right_formula(Step step, bool is_elementwise, bool is_canonical);

/// The line of a step with its right formula between `before` and `after`; empty where there is none.
std::string with_right_formula(Step step, const Situation& situation, std::string_view before, std::string_view after);

/// dZ as dA times the slope of an activation, written as a function of its value, at `at`: "dZ{l} = dA{l} * (1 -
/// Z{l}**2)" for tanh and "Z{l}". Empty where the slope is no formula of one line.
std::string with_slope_from_value(const AnyActivation& activation, std::string_view at);

}  // namespace gradproof::diagnosis
