// SPDX-License-Identifier: MIT
//
// One pairing's part of the page: its formulas, its plots and its claims.
#pragma once

#include <kainjow/mustache.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "pages/report/pairing_evidence.hpp"

namespace gradproof::report {

/// What the template's section "pairings" is filled with; the plots' numbers are added to `values` by the plot's id.
/// `book` is where the notes are as pages, empty if nowhere.
kainjow::mustache::data pairing_section(const PairingEvidence& evidence, const std::string& book,
                                        nlohmann::json& values);

/// "sigmoid-binary-cross-entropy", unique in the page.
std::string id_of(const checks::Pairing& pairing);

/// What the notes call it: "Leaky ReLU", "Binary cross-entropy".
std::string spoken(const AnyActivation& activation);
std::string spoken(const AnyLoss& loss);
/// Both: "Sigmoid with binary cross-entropy".
std::string spoken(const checks::Pairing& pairing);

/// The style sheet's class for a number of digits: "d0" (none or refuted) to "d7" (14 and more).
std::string shade_of(double digits);

}  // namespace gradproof::report
