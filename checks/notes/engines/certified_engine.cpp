// SPDX-License-Identifier: MIT
#include "notes/engines/certified_engine.hpp"

#include <fmt/format.h>

#include <exception>

#include "notes/engines/claim_lines.hpp"
#include "notes/engines/claim_points.hpp"
#include "notes/engines/enclosure.hpp"

namespace gradproof::proof {
namespace {

// To find the degree of every side in every coordinate.
constexpr double cost_of_degree = 2;

notes::Verdict decide(notes::Graph& graph, const std::vector<notes::Symbol>& symbols, const notes::Question& question,
                      notes::Work& work) {
    using notes::Relation;
    using notes::Status;
    const ClaimDomain domains(graph, symbols, question);
    Enclosure enclosure(graph, question, work);
    std::string box;
    try {
        if (const auto verdict = look_at_points(graph, domains, question, work)) return *verdict;
        if (question.relation == Relation::not_equal) return {Status::undecided, "no point found that differs", {}};
        for (const auto& instance : question.instances) {
            work.spend(cost_of_degree * static_cast<double>(domains.coordinates().size() * domains.nodes()));
            for (const auto& line : lines_of(domains, question, instance)) {
                enclosure.certify(instance, line);
                if (line.running)
                    box = fmt::format("{} in [{:.4g}, {:.4g}]", domains.name(*line.running), line.lower, line.upper);
            }
        }
    } catch (const CertainFailure& failure) {
        if (const auto verdict = look_at_point(graph, domains, question, failure.at, work)) return *verdict;
        return {Status::undecided, "an inequality seems to fail", {}};
    } catch (const std::exception& reason) {
        return {Status::undecided, reason.what(), {}};
    }
    std::string detail = !box.empty() ? box : domains.coordinates().empty() ? "enclosed" : "at all corners of the box";
    if (question.relation == Relation::equal) detail += fmt::format(", {:.1e}", enclosure.worst());
    return {Status::certified, detail, {}};
}

}  // namespace

notes::Verdict certify(notes::Graph& graph, const std::vector<notes::Symbol>& symbols,
                       const notes::Question& question) {
    notes::Work work(question.work);
    notes::Verdict verdict = decide(graph, symbols, question, work);
    verdict.work = work.spent();
    return verdict;
}

}  // namespace gradproof::proof
