// SPDX-License-Identifier: MIT
#include "diagnosis/search/explanation.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "diagnosis/search/layer_search.hpp"

namespace gradproof::diagnosis {
namespace {

// A formula with a free θ says less than one without, so it is not worth naming next to one, unless θ is a number
// that people type (a forgotten 1/2).
void drop_fitted_where_fixed_fits(std::vector<Explanation>& explanations) {
    const auto is_fitted = [](const Finding& f) { return f.parameter.has_value(); };
    const auto is_typed = [](const Finding& f) {
        if (!f.parameter) return true;
        const double larger = std::max(std::abs(*f.parameter), 1 / std::abs(*f.parameter));
        return larger < 4.5 && std::abs(larger - std::round(larger)) < 1e-9;
    };
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    for (const Explanation& e : explanations)
        if (std::ranges::none_of(e.findings, is_fitted)) fewest = std::min(fewest, e.findings.size());
    std::erase_if(explanations, [&](const Explanation& e) {
        return !std::ranges::all_of(e.findings, is_typed) && e.findings.size() >= fewest;
    });
}

void add_consequences(Explanation& explanation, const StepJudge& judge) {
    for (const Place place : backward_order(judge.L())) {
        if (!judge.given(place)) continue;
        const std::string name = tensor_name(place.step, place.l);
        const auto is_here = [&](const Finding& f) { return f.place == place; };
        if (std::ranges::any_of(explanation.findings, is_here) ||
            std::ranges::find(explanation.not_judged, name) != explanation.not_judged.end())
            continue;
        const Tensor right = tensor_of(judge.right(), place.step, place.l);
        if (!judge.agrees(judge.yours(place), right, place, judge.right())) explanation.consequences.push_back(name);
    }
}

// The best branches as explanations: equally many mistakes, each set of names once.
std::vector<Explanation> equally_good(std::vector<Branch> branches, const StepJudge& judge) {
    std::vector<Explanation> out;
    std::set<std::set<std::string_view>> seen;
    for (Branch& branch : best_of(std::move(branches))) {
        Explanation explanation{
            .findings = std::move(branch.findings), .consequences = {}, .not_judged = std::move(branch.not_judged)};
        if (!out.empty() && (explanation.unknowns() != out.front().unknowns() ||
                             explanation.distinct_mistakes() != out.front().distinct_mistakes()))
            continue;
        std::set<std::string_view> slugs;
        for (const Finding& f : explanation.findings) slugs.insert(f.slug());
        if (!seen.insert(slugs).second) continue;
        add_consequences(explanation, judge);
        out.push_back(std::move(explanation));
    }
    drop_fitted_where_fixed_fits(out);
    return out;
}

}  // namespace

std::string_view Finding::slug() const {
    return mistake ? mistake->slug : pattern.slug();
}

std::size_t Explanation::distinct_mistakes() const {
    return diagnosis::distinct_mistakes(findings);
}

std::size_t Explanation::unknowns() const {
    return static_cast<std::size_t>(std::ranges::count_if(findings, [](const Finding& f) { return !f.mistake; }));
}

std::vector<Explanation> explain(const Question& question, const std::vector<Mistake>& catalogue) {
    const StepJudge judge(question, catalogue);
    std::vector<Branch> branches{{.findings = {}, .so_far = empty_gradients(judge.L()), .not_judged = {}}};
    for (std::size_t l = judge.L(); l >= 1; --l) {
        const LayerSearch layer(judge, l);
        branches = best_of(grown_from(std::move(branches), [&](Branch b) { return layer.grow(std::move(b)); }));
    }
    if (const Place dX{Step::dA, 0}; judge.given(dX))
        branches = grown_from(std::move(branches), [&](Branch b) { return judge.judged(std::move(b), dX); });
    return equally_good(std::move(branches), judge);
}

}  // namespace gradproof::diagnosis
