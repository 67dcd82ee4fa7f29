// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "pages/report/network_evidence.hpp"
#include "pages/report/pairing_evidence.hpp"

namespace gradproof::report {

struct PageContent {
    std::vector<PairingEvidence> pairings{};
    std::optional<NetworkEvidence> network{};
    std::string data_name{};   ///< what the network was trained on
    std::string submission{};  ///< what `gradproof check --json` writes of somebody's gradients, or empty
    std::string book{};        ///< where the notes are as pages, relative to the report: "..", or empty
};

/// The report as one HTML page that needs nothing beside it.
std::string page_of(const PageContent& content);

}  // namespace gradproof::report
