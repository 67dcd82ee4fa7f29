// SPDX-License-Identifier: MIT
#include "diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "catalogue.hpp"
#include "elsewhere.hpp"
#include "rounding.hpp"

namespace gradproof::mistakes {
namespace {

using checks::Outcome;

// A float32 number has 7 digits, of which sums lose some; three are enough to see a mistake.
constexpr int required_digits_of_float32 = 3;

// Our own passes, and how far rounding moves them for somebody who computes in double, or in float32.
struct Reference {
    Cache<double> cache;
    Gradients<double> right;
    Roundings in_double;
    Roundings in_float;  // filled only if something was computed in float32
};

Reference reference_for(const Submission& s) {
    Reference reference{.cache = forward(s.network, s.X), .right = {}, .in_double = {}, .in_float = {}};
    reference.right = right_gradients(s.network, reference.cache, s.Y, s.gradients.dA[0].size() > 0);
    reference.in_double = roundings_of(s.network, reference.cache, s.Y, reference.right, double_roundoff);
    if (s.single_precision || !s.in_float32.empty())
        reference.in_float = roundings_of(s.network, reference.cache, s.Y, reference.right, float_roundoff);
    return reference;
}

const checks::TensorEstimate* estimate_at(const checks::NetworkEstimates& estimates, Place place) {
    const auto pick = [&](const std::vector<checks::TensorEstimate>& tensors) {
        return place.l < tensors.size() && !tensors[place.l].entries.empty() ? &tensors[place.l] : nullptr;
    };
    switch (place.step) {
        case Step::dW:
            return pick(estimates.dW);
        case Step::db:
            return pick(estimates.db);
        case Step::dZ_output:
        case Step::dZ:
            return pick(estimates.dZ);
        case Step::dA_output:
        case Step::dA:
            return pick(estimates.dA);
    }
    return nullptr;
}

// Where an entry stands in the user's file, and by what its numbers are divided there.
void into_users_layout(TensorResult& result, Step step, const Submission& s) {
    const bool weights = step == Step::dW;
    const bool transposed =
        weights ? s.convention == Convention::cs231n : step != Step::db && s.convention != Convention::dls;
    if (transposed) std::swap(result.row, result.column);
    if (weights || step == Step::db || s.convention == Convention::dls) return;
    for (double* const number : {&result.yours, &result.numerical, &result.error_bar, &result.visible, &result.largest})
        *number /= s.m();
}

// The verdict on an entry that was computed in float32: as in double where that confirms, else with a bar as wide as
// float32 rounds, measured against the tensor's largest entry, because small entries are what is left of large ones.
checks::Verdict judge_float(double yours, checks::Estimate entry, double rounding, double largest) {
    checks::Verdict verdict = checks::judge(yours, entry);
    if (verdict.outcome == Outcome::confirmed || !std::isfinite(yours)) return verdict;
    entry.error_bar += 4 * rounding;
    verdict = checks::judge(yours, entry, required_digits_of_float32);
    if (verdict.remark == checks::Remark::bar_too_wide &&
        entry.error_bar <= std::pow(10.0, -required_digits_of_float32) * largest) {
        verdict.outcome = Outcome::confirmed;
        verdict.remark = checks::Remark::none;
    }
    return verdict;
}

TensorResult judge_tensor(const Submission& s, Place place, const checks::TensorEstimate& estimate,
                          const Reference& reference) {
    const Tensor yours = tensor_of(s.gradients, place.step, place.l);
    const Tensor right = tensor_of(reference.right, place.step, place.l);
    TensorResult result{.name = tensor_name(place.step, place.l), .outcome = Outcome::confirmed};
    result.entries = static_cast<std::size_t>(yours.size());
    const bool in_float = s.single_precision || s.in_float32.contains(result.name);
    const Tensor rounding =
        tensor_of((in_float ? reference.in_float : reference.in_double).gradients, place.step, place.l);
    for (const checks::Estimate& entry : estimate.entries)
        if (std::isfinite(entry.value)) result.largest = std::max(result.largest, std::abs(entry.value));
    std::optional<checks::Verdict> worst;
    bool beyond_formula = false;
    for (Eigen::Index column = 0; column < yours.cols(); ++column) {
        for (Eigen::Index row = 0; row < yours.rows(); ++row) {
            checks::Verdict verdict =
                in_float ? judge_float(yours(row, column), estimate(row, column), rounding(row, column), result.largest)
                         : checks::judge(yours(row, column), estimate(row, column));
            const checks::Estimate& entry = verdict.estimate;
            const double allowed = 4 * rounding(row, column);
            // Differences cannot see this error, the formula can: then nobody should call the entry confirmed.
            if (verdict.outcome == Outcome::confirmed && verdict.remark == checks::Remark::none &&
                !(std::abs(yours(row, column) - right(row, column)) <= allowed)) {
                verdict.outcome = Outcome::undecided;
                beyond_formula = true;
            }
            result.wrong += verdict.outcome == Outcome::refuted;
            result.not_exercised += verdict.remark == checks::Remark::not_exercised;
            if (std::isfinite(entry.error_bar))
                result.visible = std::max(result.visible, entry.error_bar + (entry.upper - entry.lower));
            if (!worst || checks::is_worse(verdict, *worst)) {
                worst = verdict;
                result.row = row;
                result.column = column;
            }
        }
    }
    if (!worst) return result;
    result.outcome = worst->outcome;
    result.digits = worst->digits;
    result.yours = worst->analytic;
    result.numerical = std::clamp(worst->analytic, worst->estimate.lower, worst->estimate.upper);
    if (!std::isfinite(worst->analytic)) result.numerical = worst->estimate.value;
    result.error_bar = worst->estimate.error_bar;
    if (result.not_exercised == result.entries) {
        result.remark = "every entry is 0 here and nothing moves the cost: right, but it shows nothing";
    } else if (worst->remark == checks::Remark::bar_too_wide || worst->remark == checks::Remark::cost_not_finite ||
               worst->remark == checks::Remark::not_finite) {
        result.remark = checks::explain(worst->remark);
    } else if (worst->outcome == Outcome::undecided && beyond_formula) {
        result.remark = "differences agree, but the formula's own digits do not: an error smaller than the error bar";
    } else if (worst->outcome == Outcome::confirmed && in_float) {
        result.remark = "as far as float32 carries";
    } else if (worst->remark == checks::Remark::subgradient) {
        result.remark = checks::explain(worst->remark);
    }
    into_users_layout(result, place.step, s);
    return result;
}

std::size_t unknowns_of(const std::vector<Explanation>& explanations) {
    return explanations.empty() ? 0 : explanations.front().unknowns() + explanations.front().not_judged.size();
}

const Mistake* mistake_named(std::string_view slug) {
    const auto found = std::ranges::find(catalogue(), slug, &Mistake::slug);
    return found == catalogue().end() ? nullptr : &*found;
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
                            .mistake = mistake_named("float32-precision"),
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
        const Tensor& W = s.network.layer(l).W;
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
            if (W.row(i) == W.row(0) && s.network.layer(l).b(i) == s.network.layer(l).b(0)) {
                warnings.push_back(
                    fmt::format("units 0 and {} of layer {} have the same weights: exchanged entries do not "
                                "show; take random weights",
                                i, l));
                break;
            }
    }
}

}  // namespace

checks::Outcome Diagnosis::outcome() const {
    Outcome worst = tensors.empty() ? Outcome::undecided : Outcome::confirmed;
    for (const TensorResult& tensor : tensors) worst = std::max(worst, tensor.outcome);
    return worst;
}

int Diagnosis::exit_status() const {
    switch (outcome()) {
        case Outcome::confirmed:
            return cache.empty() ? 0 : 1;
        case Outcome::refuted:
            return 1;
        case Outcome::undecided:
            return cache.empty() ? 3 : 1;
    }
    return 1;
}

checks::NetworkEstimates estimates_for(const Submission& s) {
    checks::DifferenceOptions options;
    options.activations = false;
    for (const auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
        for (const Tensor& tensor : *tensors) options.activations = options.activations || tensor.size() > 0;
    return checks::differentiate_network(s.network, s.X, s.Y, options);
}

Diagnosis diagnose(const Submission& s, const checks::NetworkEstimates& estimates) {
    const Reference reference = reference_for(s);
    Diagnosis diagnosis{
        .file = s.file, .tensors = {}, .cache = {}, .explanations = {}, .warnings = {}, .remarks = s.remarks};
    const CacheCheck check =
        check_cache(s, reference.cache, s.single_precision ? reference.in_float : reference.in_double);
    diagnosis.cache = check.faults;
    diagnosis.cache_looked_at = check.looked_at;
    for (const Place place : backward_order(s.L())) {
        const checks::TensorEstimate* const estimate = estimate_at(estimates, place);
        if (tensor_of(s.gradients, place.step, place.l).size() > 0 && estimate)
            diagnosis.tensors.push_back(judge_tensor(s, place, *estimate, reference));
    }
    for (const auto& warning : checks::blindness_of(s.network, s.X, s.Y)) diagnosis.warnings.push_back(warning.text);
    warn_of_symmetry(s, diagnosis.warnings);
    if (diagnosis.outcome() != Outcome::confirmed) {
        diagnosis.explanations = explanations_of(s, check, reference);
        std::erase_if(diagnosis.explanations, [](const Explanation& e) { return e.findings.empty(); });
    }
    return diagnosis;
}

Diagnosis diagnose(const Submission& s) {
    return diagnose(s, estimates_for(s));
}

std::string describe(const Finding& finding) {
    std::string text = fmt::format("{} at {}", finding.mistake ? finding.mistake->slug : finding.pattern.slug(),
                                   tensor_name(finding.place.step, finding.place.l));
    if (!finding.detail.empty() || finding.parameter) {
        text += " (" + finding.detail;
        if (finding.parameter) text += fmt::format("{}{:.9g}", finding.detail.empty() ? "" : ": ", *finding.parameter);
        text += ")";
    }
    if (!finding.mistake) text += ": " + finding.pattern.text;
    return text;
}

}  // namespace gradproof::mistakes
