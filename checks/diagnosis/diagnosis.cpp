// SPDX-License-Identifier: MIT
#include "diagnosis/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/search/elsewhere.hpp"
#include "diagnosis/tensor_judgement.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

std::size_t unknowns_of(const std::vector<Explanation>& explanations) {
    return explanations.empty() ? 0 : explanations.front().unknowns() + explanations.front().not_judged.size();
}

// The user's tensors that lie outside double rounding of the right ones.
std::vector<Finding> tensors_at_float_precision(const Submission& s, const Reference& reference) {
    std::vector<Finding> findings;
    for (const Place place : backward_order(s.L())) {
        const Tensor yours = tensor_of(s.gradients, place.step, place.l);
        if (yours.size() == 0) continue;
        const Tensor right = tensor_of(reference.right, place.step, place.l);
        if (((yours - right).array().abs() <= 4 * tensor_of(reference.in_double.gradients, place.step, place.l).array())
                .all())
            continue;
        const double largest = right.cwiseAbs().maxCoeff();
        findings.push_back({.place = place,
                            .mistake = &mistake_named("float32-precision"),
                            .residual = largest > 0 ? (yours - right).cwiseAbs().maxCoeff() / largest : 0});
    }
    return findings;
}

Explanation elsewhere(const Submission& s, Finding finding) {
    Explanation explanation{.findings = {std::move(finding)}, .consequences = {}, .not_judged = {}};
    for (const Place place : backward_order(s.L()))
        if (tensor_of(s.gradients, place.step, place.l).size() > 0 && !(place == explanation.findings[0].place))
            explanation.consequences.push_back(tensor_name(place.step, place.l));
    return explanation;
}

std::vector<Explanation> explanations_of(const Submission& s, const CacheCheck& check, const Reference& reference) {
    const bool in_float = s.single_precision || !s.in_float32.empty();
    const double u = in_float ? float_roundoff : double_roundoff;
    const auto explain_with = [&](const Cache<double>& cache, double roundoff) {
        return explain({s.network, cache, s.Y, s.gradients, roundoff}, catalogue());
    };
    const Cache<double>& ours = reference.cache;
    auto best = explain_with(check.cache.A.empty() ? ours : check.cache, u);
    if (!check.faults.empty() && unknowns_of(best) > 0)
        if (auto others = explain_with(ours, u); unknowns_of(others) < unknowns_of(best)) best = std::move(others);
    if (unknowns_of(best) == 0) return best;
    if (auto found = right_for_another_network(s, u)) return {elsewhere(s, *found)};
    if (auto found = right_before_an_update(s, u)) return {elsewhere(s, *found)};
    if (in_float) return best;
    auto others = explain_with(ours, float_roundoff);
    if (unknowns_of(others) >= unknowns_of(best)) return best;
    for (Explanation& explanation : others)
        for (const Finding& noisy : tensors_at_float_precision(s, reference))
            if (std::ranges::none_of(explanation.findings, [&](const Finding& f) { return f.place == noisy.place; }))
                explanation.findings.push_back(noisy);
    return others;
}

void warn_of_symmetry(const Submission& s, std::vector<std::string>& warnings) {
    for (std::size_t l = 1; l <= s.L(); ++l) {
        const Tensor& W = s.network.layer(l).dense.W;
        if ((W.array() == 0).all()) {
            warnings.push_back(
                fmt::format("W{} is zero: nothing is passed down through it, so the layers below show nothing; "
                            "take random weights",
                            l));
            continue;
        }
        if (W.rows() > 1 && W.rows() == W.cols() && W == W.transpose())
            warnings.push_back(
                fmt::format("W{} is symmetric: a missing transpose changes nothing; take random weights", l));
        for (Eigen::Index i = 1; i < W.rows(); ++i)
            if (W.row(i) == W.row(0) && s.network.layer(l).dense.b(i) == s.network.layer(l).dense.b(0)) {
                warnings.push_back(
                    fmt::format("units 1 and {} of layer {} have the same weights: exchanged entries do not "
                                "show; take random weights",
                                i + 1, l));
                break;
            }
    }
}

}  // namespace

checks::Outcome Diagnosis::gradients() const {
    Outcome worst = tensors.empty() ? Outcome::undecided : Outcome::confirmed;
    for (const TensorResult& tensor : tensors) worst = std::max(worst, tensor.outcome);
    return worst;
}

checks::Outcome Diagnosis::outcome() const {
    const bool is_consistent = cache.empty() && (!cost || cost->is_J());
    return is_consistent ? gradients() : Outcome::refuted;
}

bool Diagnosis::stopped() const {
    return std::ranges::any_of(tensors, [](const TensorResult& tensor) { return tensor.not_checked > 0; });
}

checks::NetworkEstimates estimates_for(const Submission& s, checks::DifferenceOptions options) {
    options.activations = false;
    for (const auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
        for (const Tensor& tensor : *tensors) options.activations = options.activations || tensor.size() > 0;
    return checks::differentiate_network(s.network, s.X, s.Y, options);
}

Diagnosis diagnose(const Submission& s, const checks::NetworkEstimates& estimates) {
    const Reference reference = reference_for(s);
    Diagnosis diagnosis{.file = s.file,
                        .J = cost_formula_of(s),
                        .tensors = {},
                        .cache = {},
                        .explanations = {},
                        .warnings = {},
                        .remarks = s.remarks};
    const CacheCheck check =
        check_cache(s, reference.cache, s.single_precision ? reference.in_float : reference.in_double);
    diagnosis.cache = check.faults;
    diagnosis.cache_checked = check.checked;
    diagnosis.cost = check.cost;
    const std::optional<double> slope = slope_at_kinks(s, estimates, reference);
    for (const Place place : backward_order(s.L())) {
        const checks::TensorEstimate* const estimate = estimate_at(estimates, place);
        if (tensor_of(s.gradients, place.step, place.l).size() > 0 && estimate)
            diagnosis.tensors.push_back(judge_tensor(s, place, *estimate, reference, slope));
    }
    for (const auto& warning : checks::blindness_of(s.network, s.X, s.Y)) diagnosis.warnings.push_back(warning.text);
    warn_of_symmetry(s, diagnosis.warnings);
    // A check that was stopped without finding anything wrong has nothing to explain.
    const Outcome gradients = diagnosis.gradients();
    if (gradients == Outcome::refuted || (gradients == Outcome::undecided && !diagnosis.stopped())) {
        diagnosis.explanations = explanations_of(s, check, reference);
        std::erase_if(diagnosis.explanations, [](const Explanation& e) {
            return std::ranges::all_of(e.findings,
                                       [](const Finding& f) { return f.mistake && f.mistake->is_convention; });
        });
    }
    return diagnosis;
}

Diagnosis diagnose(const Submission& s, const checks::DifferenceOptions& options) {
    return diagnose(s, estimates_for(s, options));
}

std::string describe(const Finding& finding) {
    std::string text = fmt::format("{} at {}", finding.slug(), tensor_name(finding.place.step, finding.place.l));
    if (!finding.detail.empty() || finding.parameter) {
        text += " (" + finding.detail;
        if (finding.parameter) text += fmt::format("{}{:.9g}", finding.detail.empty() ? "" : ": ", *finding.parameter);
        text += ")";
    }
    if (!finding.mistake) text += ": " + finding.pattern.text;
    return text;
}

}  // namespace gradproof::diagnosis
