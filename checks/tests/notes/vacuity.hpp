// SPDX-License-Identifier: MIT
//
// Does a claim depend on what was defined? One that still holds when every definition is taken away says nothing about
// them: it is a step of algebra, or empty.
#pragma once

#include <string>
#include <vector>

#include "notes/reader/document.hpp"

namespace gradproof::notes {

/// A claim that holds whatever the definitions are.
struct IndependentClaim {
    std::string note;   ///< "output_layer"
    std::string claim;  ///< the claim as LaTeX
    int line = 0;
};

/// Every claim of the notes is tried at many points with each defined name replaced by a free one and each defined
/// function by any function. Functions of matrices keep their definition; claims that two sides differ are left out.
std::vector<IndependentClaim> independent_claims(const std::vector<const Document*>& documents,
                                                 const std::vector<Symbol>& symbols, unsigned threads);

}  // namespace gradproof::notes
