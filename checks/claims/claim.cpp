// SPDX-License-Identifier: MIT
#include "claims/claim.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gradproof::checks {

bool holds(const Claim& claim, const Evidence& evidence) {
    if (evidence.verdict.checked() == 0) return false;
    const Outcome expected = claim.expectation == Expectation::confirmed ? Outcome::confirmed : Outcome::refuted;
    return evidence.verdict.outcome() == expected;
}

CheckedClaim checked(Claim claim) {
    Evidence evidence = claim.check();
    const bool as_expected = holds(claim, evidence);
    return {std::move(claim), std::move(evidence), as_expected};
}

std::string place_of(const Evidence& evidence, const EntryVerdict& entry) {
    const auto column = static_cast<std::size_t>(entry.column);
    if (column >= evidence.points.size()) return fmt::format("[{}, {}]", entry.row + 1, entry.column + 1);
    if (evidence.verdict.rows == 1) return evidence.points[column];
    return fmt::format("{}, component {}", evidence.points[column], entry.row + 1);
}

std::string describe(const Claim& claim, const Evidence& evidence) {
    const TensorVerdict& verdict = evidence.verdict;
    std::string text =
        fmt::format("{}: {}\n  expected to be {}, came out {}: {} values confirmed, {} undecided, {} refuted\n",
                    claim.path, claim.statement, claim.expectation == Expectation::confirmed ? "confirmed" : "refuted",
                    name_of(verdict.outcome()), verdict.confirmed, verdict.undecided, verdict.refuted);
    for (std::size_t n = 0; n < std::min<std::size_t>(verdict.worst.size(), 3); ++n) {
        const EntryVerdict& entry = verdict.worst[n];
        text += fmt::format("  {}: {}\n", place_of(evidence, entry), describe(entry.verdict));
    }
    if (!evidence.remark.empty()) text += fmt::format("  {}\n", evidence.remark);
    return text + fmt::format("  read on: {}\n", claim.note);
}

std::vector<Claim> all_claims() {
    std::vector<Claim> all;
    for (auto& family : {activation_claims(), loss_claims(), layer_claims(), array_layer_claims(), pairing_claims(),
                         question_claims(), network_claims()})
        all.insert(all.end(), family.begin(), family.end());
    std::stable_sort(all.begin(), all.end(), [](const Claim& a, const Claim& b) { return a.path < b.path; });
    return all;
}

}  // namespace gradproof::checks
