// SPDX-License-Identifier: MIT
#include "notes/engines/undefined_point.hpp"

#include <fmt/format.h>

#include <utility>

namespace gradproof::notes {

Verdict undefined_at(Witness witness, const SideCondition& condition, const Graph& graph,
                     const std::vector<Symbol>& symbols) {
    witness.no_value = failure_of(condition, graph, symbols);
    std::string hint;
    if (!witness.point.empty())
        hint =
            fmt::format("leave {} out: in the table of symbols, or with \\qquad {} behind the claim",
                        witness.point.size() == 1 ? "this value" : "these values", text_of(condition, graph, symbols));
    return {Status::refuted, std::move(hint), std::move(witness), {}};
}

}  // namespace gradproof::notes
