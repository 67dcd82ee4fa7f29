// SPDX-License-Identifier: MIT
//
// The line of code that a finding looks like, and the right one, as the owner of the file would write them.
#pragma once

#include <string>

#include "diagnosis/diagnosis.hpp"

namespace gradproof::diagnosis {

/// The wrong line of a finding, in the layout, the scale and with the names of the file; empty where there is none.
std::string numpy_line(const Finding& finding, const Diagnosis& diagnosis);
/// The right line for the tensor of a finding; empty for dA of the output layer and for dZ of a vector activation.
std::string right_line(const Finding& finding, const Diagnosis& diagnosis);

}  // namespace gradproof::diagnosis
