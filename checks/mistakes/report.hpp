// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnosis.hpp"

namespace gradproof::mistakes {

/// The table of tensors, the forward pass, the diagnosis and the warnings, for a terminal.
std::string report_text(const Diagnosis& diagnosis);

/// {"verdict", "tensors": [...], "cache": [...], "diagnosis": [...], "warnings", "remarks"}; numbers that are not
/// finite are the strings "nan", "inf" and "-inf". Findings of the second, third, ... equally good explanation carry
/// "alternative" 2, 3, ...
std::string report_json(const Diagnosis& diagnosis);

/// The wrong line of a finding with its own layer's numbers in it.
std::string numpy_line(const Finding& finding);

}  // namespace gradproof::mistakes
