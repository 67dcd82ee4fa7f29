// SPDX-License-Identifier: MIT
#include "certified_engine.hpp"

#include <fmt/format.h>

#include <exception>

#include "claim_lines.hpp"
#include "claim_points.hpp"
#include "enclosure.hpp"

namespace gradproof::proof {
notes::Verdict certify(notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                       const notes::Question& question) {
    using notes::Relation;
    using notes::Status;
    const ClaimDomain domains(graph, symbols, question);
    Enclosure enclosure(graph, question);
    std::string box;
    try {
        if (const auto verdict = look_at_points(graph, domains, question)) return *verdict;
        if (question.relation == Relation::not_equal) return {Status::undecided, "no point found that differs", {}};
        for (const auto& instance : question.instances)
            for (const auto& line : lines_of(domains, question, instance)) {
                enclosure.certify(instance, line);
                if (line.running)
                    box = fmt::format("{} in [{:.4g}, {:.4g}]", domains.name(*line.running), line.lower, line.upper);
            }
    } catch (const CertainFailure& failure) {
        if (const auto verdict = look_at_point(graph, domains, question, failure.at)) return *verdict;
        return {Status::undecided, "an inequality seems to fail", {}};
    } catch (const std::exception& reason) {
        return {Status::undecided, reason.what(), {}};
    }
    std::string detail = !box.empty() ? box : domains.coordinates().empty() ? "enclosed" : "at all corners of the box";
    if (question.relation == Relation::equal) detail += fmt::format(", {:.1e}", enclosure.worst());
    return {Status::certified, detail, {}};
}

}  // namespace gradproof::proof
