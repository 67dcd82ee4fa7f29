// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "notes/check.hpp"

namespace gradproof::proof {

/// The formula that a tagged fence of a note arrives at: the right side of its last claim, or its last definition. The
/// entries come row by row. Throws std::runtime_error with the note's path if there is no such fence.
std::vector<notes::NodeId> tagged_formula(const notes::Document& document, notes::Workspace& workspace,
                                          const std::string& tag);

}  // namespace gradproof::proof
