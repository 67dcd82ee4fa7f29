// SPDX-License-Identifier: MIT
#include "diagnosis/search/branch.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "diagnosis/line_template.hpp"

namespace gradproof::diagnosis {
namespace {

// More branches than this hold only worse explanations of the same numbers.
constexpr std::size_t most_branches = 48;

// Fewer mistakes are likelier, a θ makes a formula less telling, and an unknown step is the last resort.
double cost_of(const std::vector<Finding>& findings) {
    double cost = static_cast<double>(distinct_mistakes(findings));
    for (const Finding& finding : findings) {
        cost += 0.01;
        if (!finding.mistake) cost += finding.pattern.kind == Kind::single_entries ? 1.5 : 100;
        if (finding.parameter) cost += 0.1;
    }
    return cost;
}

}  // namespace

Finding Hypothesis::found(const Fit& fit) const {
    std::string line = attempt.line.empty() ? std::string(variant->numpy) : attempt.line;
    replace_word(line, "{k}", attempt.filling);
    return {.place = place,
            .mistake = mistake,
            .numpy = std::move(line),
            .detail = attempt.detail,
            .parameter = attempt.direction.size() > 0 ? fit.parameter : std::nullopt,
            .residual = fit.residual};
}

std::size_t distinct_mistakes(const std::vector<Finding>& findings) {
    std::set<std::pair<std::string_view, std::string>> mistakes;
    for (const Finding& finding : findings)
        if (finding.mistake && !finding.mistake->is_convention)
            mistakes.emplace(finding.mistake->slug,
                             finding.parameter ? fmt::format("{:.6g}", *finding.parameter) : std::string());
    return mistakes.size();
}

std::vector<Branch> best_of(std::vector<Branch> branches) {
    std::ranges::stable_sort(branches, {}, [](const Branch& b) { return cost_of(b.findings); });
    if (branches.size() > most_branches) branches.resize(most_branches);
    return branches;
}

}  // namespace gradproof::diagnosis
