// SPDX-License-Identifier: MIT
//
// The main job: every claim is checked, and on request every gradient of a network trained on real data.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "claims/real_data/csv.hpp"
#include "claims/real_data/data_check.hpp"
#include "gradproof/checks/verdict.hpp"

namespace gradproof::program {

inline constexpr std::size_t default_iterations = 1000;  ///< of gradient descent on data

/// What came out; after Ctrl-C, of as much as was done by then.
struct Verification {
    std::vector<checks::CheckedClaim> claims;
    std::set<std::string> not_checked;         ///< paths of claims
    std::optional<checks::DataCheck> on_data;  ///< none if it was not asked for or not reached
    bool stopped = false;

    /// Refuted if anything is not as it must be. A stop never turns into a success, nor what held until then into a
    /// failure.
    checks::Outcome outcome() const;
};

/// Checks all claims, with a bar on a terminal.
Verification verify_claims();

/// Adds what training on `data` gives, unless it was stopped before: checks::check_on_data, with a bar on a terminal.
void verify_data(Verification& verification, const checks::LabelledData& data, std::size_t iterations);

}  // namespace gradproof::program
