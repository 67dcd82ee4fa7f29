// SPDX-License-Identifier: MIT
//
// Do the checks notice? Every claim and every definition is changed by one slip at a time, and something must reject
// it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// A slip that nothing noticed.
struct SurvivingMutant {
    std::string note;      ///< "output_layer"
    std::string place;     ///< the formula as it stands: "h(z) := \frac{1}{1 - e^{-z}}"
    std::string mutation;  ///< "number + 1"
    std::string becomes;   ///< the changed side
    int line = 0;
    friend bool operator==(const SurvivingMutant&, const SurvivingMutant&) = default;
};

struct MutationReport {
    std::size_t mutants = 0;
    std::size_t refuted = 0;     ///< by a value
    std::size_t unreadable = 0;  ///< by the reader: shapes, an index out of range, no dependence
    std::size_t empty =
        0;  ///< the claim depended on the definitions and no longer does (vacuity.hpp), or has equal sides
    std::vector<SurvivingMutant> survivors;
    std::vector<std::string> red;       ///< claims that are rejected unchanged, so that no slip shows, with file:line
    std::vector<std::string> unpinned;  ///< definitions of which not a single mutant was rejected, with file:line
    std::vector<std::string> vacuous;   ///< claims with the same formula on both sides, with file:line
    std::size_t rejected() const { return refuted + unreadable + empty; }
};

/// Whether something besides the claims rejects a note under changed definitions: the cross-checks with the code.
using ExtraJudge = std::function<bool(const Document& document, const std::vector<Symbol>& changed)>;

/// Mutates the notes in `documents`. A changed definition may be rejected by a claim of its own note, by a note that
/// takes its notation from there, or by `extra`.
MutationReport mutate(const Library& library, const std::vector<const Document*>& documents, const ExtraJudge& extra,
                      unsigned threads);

}  // namespace gradproof::notes
