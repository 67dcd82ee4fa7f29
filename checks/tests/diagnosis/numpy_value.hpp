// SPDX-License-Identifier: MIT
//
// What a line of NumPy comes to on given arrays, so that a line the program prints can be run.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

/// NamedArrays by name; a number is 1 × 1.
using NamedArrays = std::map<std::string, Tensor>;

/// The value of a formula, with NumPy's broadcasting; "tanh'(Z1)" is the slope of the activation of that name, and
/// softmax goes along the units, as the array "examples_in_rows" says. Throws
/// std::invalid_argument for a name that is not there, for shapes that do not go together and for anything else.
Tensor numpy_value(std::string_view formula, const NamedArrays& arrays);

}  // namespace gradproof::diagnosis
