// SPDX-License-Identifier: MIT
//
// The formula of a note that is compared with the code.
#pragma once

#include <string>
#include <vector>

#include "notes/check.hpp"

namespace gradproof::notes {

struct TaggedFormula {
    std::vector<NodeId> entries;  ///< row by row
    Position where;
};

/// The right side of the last claim in the fence with this tag, a slug, or what the fence defines. Where the fence
/// makes claims about several symbols, `left` names the one that is meant. Throws std::runtime_error if there is none.
TaggedFormula tagged_formula(const Document& document, Workspace& workspace, const std::string& tag,
                             const std::string& left = {});

/// The symbols with tanh for what a note calls any smooth function: code needs a certain one.
std::vector<Symbol> with_tanh(std::vector<Symbol> symbols, const Document& document);

}  // namespace gradproof::notes
