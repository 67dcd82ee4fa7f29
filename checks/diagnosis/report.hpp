// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/screen.hpp"

namespace gradproof::diagnosis {

/// For a terminal: the outcome in the first line, the formula of J from the second, the network as it was read; then
/// the forward pass where it is wrong, the diagnosis, the table of tensors and the warnings. A file of up to three
/// layers with one mistake fits 80 columns and 24 lines; a verbose report has everything.
std::string report_text(const Diagnosis& diagnosis, const Screen& screen = {});
/// The verdict, and what was done, a line each.
std::string summary_text(const Diagnosis& diagnosis);

/// {"verdict", "formula", "cost": {...}, "network": {...}, "tensors": [...], "cache": [...], "diagnosis": [...],
/// "warnings", "remarks"}; numbers that are not finite are the strings "nan", "inf" and "-inf". "formula" is J on one
/// line, "cost" its parts: J = 1/m sum over examples of "factor" sum over outputs of "term", plus "l2" where there is
/// one; with "given" and "computed" where the file states a cost. Findings of the second, third, ... equally good
/// explanation carry "alternative" 2, 3, ...
std::string report_json(const Diagnosis& diagnosis);

}  // namespace gradproof::diagnosis
