// SPDX-License-Identifier: MIT
#include "diagnosis/search/common_factor.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "diagnosis/catalogue.hpp"

namespace gradproof::diagnosis {
namespace {

// Places of what is in the file, in the order of the pass.
std::vector<Place> given_places(const Gradients<double>& gradients) {
    std::vector<Place> given;
    for (const Place place : backward_order(gradients.dW.size() - 1))
        if (tensor_of(gradients, place.step, place.l).size() > 0) given.push_back(place);
    return given;
}

// A sign, a mean that is missing or taken twice, and what is left of it.
std::vector<Finding> findings_of_factor(Place place, double factor, double m, double residual) {
    constexpr double close = 1e-6;  // of float32
    const auto is = [](double number, double wanted) { return std::abs(number - wanted) <= close * wanted; };
    std::vector<Finding> findings;
    const auto add = [&](std::string_view slug, std::optional<double> parameter = {}, std::string_view detail = "") {
        findings.push_back({.place = place,
                            .mistake = &mistake_named(slug),
                            .detail = std::string(detail),
                            .parameter = parameter,
                            .everywhere = true,
                            .residual = residual});
    };
    const double size = std::abs(factor);
    if (factor < 0) add("wrong-sign");
    if (is(size, 1)) return findings;
    if (m > 1 && is(size, m)) {
        add("missing-mean");
    } else if (m > 1 && is(size, 1 / m)) {
        add("mean-applied-twice");
    } else if (m > 1 && (is(size, 2 * m) || is(size, m / 2))) {
        add("missing-mean");
        add("constant-factor", size / m);
    } else {
        add("constant-factor", size, factor < 0 && size < 1 ? "like a learning rate" : "");
    }
    return findings;
}

bool is_at_output(const Finding& finding) {
    return finding.place.step == Step::dA_output || finding.place.step == Step::dZ_output;
}

// A factor at the output is one of every gradient.
void name_factor_at_output(Explanation& explanation, const Question& q) {
    if (explanation.findings.empty()) return;
    const Finding first = explanation.findings.front();
    if (first.mistake != &mistake_named("constant-factor") || !first.parameter || !is_at_output(first)) return;
    const std::vector<Finding> findings =
        findings_of_factor(first.place, *first.parameter, static_cast<double>(q.Y.cols()), first.residual);
    explanation.findings.erase(explanation.findings.begin());
    explanation.findings.insert(explanation.findings.begin(), findings.begin(), findings.end());
}

// The number in front of a gradient, if that is what a finding says.
std::optional<double> factor_of(const Finding& finding, double m) {
    const auto is = [&](std::string_view slug) { return finding.mistake == &mistake_named(slug); };
    if (is("constant-factor")) return finding.parameter;
    if (is("wrong-sign")) return -1;
    if (is("missing-mean")) return m;
    if (is("mean-applied-twice")) return 1 / m;
    return std::nullopt;
}

// Numbers that were found in front of two gradients or more, or at the output where something further down is unknown:
// one mistake may have put them in front of all.
std::vector<double> likely_factors(const std::vector<Explanation>& explanations, double m) {
    const auto is_close = [](double a, double b) { return std::abs(a - b) <= 1e-6 * std::abs(a); };
    std::vector<double> likely;
    for (const Explanation& explanation : explanations) {
        const bool has_unknown = explanation.unknowns() > 0;
        std::vector<double> seen;
        for (const Finding& finding : explanation.findings) {
            const std::optional<double> factor = factor_of(finding, m);
            if (!factor || *factor == 1) continue;
            const auto is_it = [&](double other) { return is_close(*factor, other); };
            const bool is_likely = std::ranges::any_of(seen, is_it) || (has_unknown && is_at_output(finding));
            if (is_likely && std::ranges::none_of(likely, is_it)) likely.push_back(*factor);
            seen.push_back(*factor);
        }
    }
    return likely;
}

// The gradients divided by the factor: all of them, or of dW the part that is not the L2 term's.
Gradients<double> without_factor(const Question& q, double factor, bool in_L2_too) {
    Gradients<double> rest = q.yours;
    for (auto* tensors : {&rest.dA, &rest.dZ})
        for (Tensor& tensor : *tensors) tensor /= factor;
    for (auto& db : rest.db) db /= factor;
    for (std::size_t l = 1; l < rest.dW.size(); ++l) {
        if (rest.dW[l].size() == 0) continue;
        const Tensor L2 =
            q.network.layer(l).dense.W * (in_L2_too ? 0 : q.network.lambda / static_cast<double>(q.Y.cols()));
        rest.dW[l] = (rest.dW[l] - L2) / factor + L2;
    }
    return rest;
}

// Fewer is simpler: what is unknown, mistakes, places.
using Complexity = std::tuple<std::size_t, std::size_t, std::size_t>;
Complexity complexity(const std::vector<Explanation>& explanations) {
    const Explanation& first = explanations.front();
    return {first.unknowns() + first.not_judged.size(), first.distinct_mistakes(), first.findings.size()};
}

}  // namespace

Explanation nothing_but_a_factor(const Gradients<double>& gradients, double factor, double m) {
    const std::vector<Place> given = given_places(gradients);
    Explanation explanation{
        .findings = findings_of_factor(given.front(), factor, m, 0), .consequences = {}, .not_judged = {}};
    for (std::size_t n = 1; n < given.size(); ++n)
        explanation.consequences.push_back(tensor_name(given[n].step, given[n].l));
    return explanation;
}

std::vector<Explanation> explained_with_factor(const Question& q, const std::vector<Mistake>& catalogue) {
    std::vector<Explanation> best = explain(q, catalogue);
    const std::vector<Place> given = given_places(q.yours);
    if (!best.empty() && !given.empty()) {
        const double m = static_cast<double>(q.Y.cols());
        Complexity least = complexity(best);
        for (const double factor : likely_factors(best, m))
            for (const bool in_L2_too : {true, false}) {
                if (!in_L2_too && q.network.lambda == 0) continue;
                const Gradients<double> rest = without_factor(q, factor, in_L2_too);
                auto others = explain({q.network, q.cache, q.Y, rest, q.unit_roundoff, q.layout, q.scale}, catalogue);
                if (others.empty() || others.front().findings.empty()) continue;
                // The factor is one mistake at one place.
                auto [unknown, distinct, places] = complexity(others);
                if (Complexity{unknown, distinct + 1, places + 1} >= least) continue;
                least = {unknown, distinct + 1, places + 1};
                const std::vector<Finding> findings = findings_of_factor(given.front(), factor, m, 0);
                for (Explanation& explanation : others) {
                    explanation.findings.insert(explanation.findings.begin(), findings.begin(), findings.end());
                    explanation.consequences.clear();
                    for (const Place place : given) {
                        const std::string name = tensor_name(place.step, place.l);
                        const auto is_here = [&](const Finding& f) { return f.place == place; };
                        if (std::ranges::none_of(explanation.findings, is_here) &&
                            std::ranges::find(explanation.not_judged, name) == explanation.not_judged.end())
                            explanation.consequences.push_back(name);
                    }
                }
                best = std::move(others);
            }
    }
    for (Explanation& explanation : best) name_factor_at_output(explanation, q);
    return best;
}

}  // namespace gradproof::diagnosis
