// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnosis/diagnosis.hpp"

namespace gradproof::diagnosis {

/// For a terminal: the outcome in the first line, the formula of J in the second; then the table of tensors, the
/// forward pass, the diagnosis and the warnings.
std::string report_text(const Diagnosis& diagnosis);
/// The verdict, and what was done, a line each.
std::string summary_text(const Diagnosis& diagnosis);

/// {"verdict", "formula", "cost": {...}, "tensors": [...], "cache": [...], "diagnosis": [...], "warnings", "remarks"};
/// numbers that are not finite are the strings "nan", "inf" and "-inf". "formula" is J on one line, "cost" its parts: J
/// = 1/m sum over examples of "factor" sum over outputs of "term", plus "l2" where there is one; with "given" and
/// "computed" where the file states a cost. Findings of the second, third, ... equally good explanation carry
/// "alternative" 2, 3, ...
std::string report_json(const Diagnosis& diagnosis);

/// The wrong line of a finding with its own layer's numbers in it.
std::string numpy_line(const Finding& finding);
/// The same in the layout and with the names of the file; empty where it would say something that is not so there.
std::string numpy_line(const Finding& finding, const Diagnosis& diagnosis);
/// The right line for the tensor of a finding, where it is the same for all activations: of dW, db and dA.
std::string right_line(const Finding& finding, const Diagnosis& diagnosis);

}  // namespace gradproof::diagnosis
