// SPDX-License-Identifier: MIT
//
// The page's part about a network: a map of digits over every dW and db, the worst entries, and what was not shown.
#pragma once

#include <kainjow/mustache.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "pages/report/network_evidence.hpp"

namespace gradproof::report {

/// What the template's section "network" is filled with; the numbers behind plots and maps are added to `values`.
kainjow::mustache::data network_section(const NetworkEvidence& evidence, const std::string& data_name,
                                        nlohmann::json& values);

}  // namespace gradproof::report
