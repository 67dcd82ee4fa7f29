// SPDX-License-Identifier: MIT
//
// A proof that both sides of a claim have values on the whole domain.
#pragma once

#include <string>
#include <vector>

#include "notes/engines/work.hpp"
#include "notes/graph/side_conditions.hpp"

namespace gradproof::proof {

struct DefinedEverywhere {
    std::string not_seen{};                 ///< a side condition that is not seen to hold, as LaTeX; empty if all are
    std::string not_decided{};              ///< why none of this could be tried; else empty
    std::vector<std::string> conditions{};  ///< that hold, as Verdict::side_conditions
    std::size_t more = 0;
};

/// Whether it is proved that the sides of a claim have values for all values of its symbols under its conditions: every
/// side condition (notes/side_conditions.hpp), with the symbols in their declared domains, ends included.
DefinedEverywhere has_values_everywhere(const notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                                        const notes::Question& question, notes::Work& work);

}  // namespace gradproof::proof
