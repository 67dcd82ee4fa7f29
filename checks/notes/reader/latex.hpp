// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "notes/reader/tree.hpp"

namespace gradproof::notes {

/// A tree written as LaTeX again, for parts that stand in no note (mutants). Names need the symbols they point into;
/// without them a symbol is written as its number.
std::string latex_of(const Tree& tree, const std::vector<Symbol>& symbols = {});

/// =, \neq, ...
std::string latex_of(Relation relation);

}  // namespace gradproof::notes
