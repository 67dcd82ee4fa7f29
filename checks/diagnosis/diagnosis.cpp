// SPDX-License-Identifier: MIT
#include "diagnosis/diagnosis.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/hessian.hpp"
#include "diagnosis/search/common_factor.hpp"
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

// The user's gradients without what tied layers add to each other, as each layer's own pass gives them.
Gradients<double> own_gradients(const Submission& s, const Reference& reference) {
    Gradients<double> own = s.gradients;
    if (s.ties.empty()) return own;
    const Gradients<double> alone = right_gradients(s.network, reference.cache, s.Y, false);
    for (std::size_t l = 1; l <= s.L(); ++l)
        if (own.dW[l].size() > 0) own.dW[l] -= reference.right.dW[l] - alone.dW[l];
    return own;
}

// Whether all is right but for shared weights, whose gradient is that of one of their places.
std::optional<Explanation> one_place_of_shared_weights(const Submission& s, const Reference& reference) {
    if (s.ties.empty()) return std::nullopt;
    const Gradients<double> alone = right_gradients(s.network, reference.cache, s.Y, false);
    Explanation explanation{.findings = {}, .consequences = {}, .not_judged = {}};
    for (const Place place : backward_order(s.L())) {
        const Tensor yours = tensor_of(s.gradients, place.step, place.l);
        if (yours.size() == 0) continue;
        const Tensor allowed = 4 * tensor_of(reference.in_double.gradients, place.step, place.l);
        const auto agrees = [&](const Tensor& tensor) {
            return ((yours - tensor).array().abs() <= allowed.array()).all();
        };
        const Tensor total = tensor_of(reference.right, place.step, place.l);
        if (agrees(total)) continue;
        if (place.step != Step::dW || !(agrees(alone.dW[place.l]) || agrees(total - alone.dW[place.l])))
            return std::nullopt;
        explanation.findings.push_back({.place = place, .mistake = &mistake_named("shared-weights-at-one-place")});
    }
    if (explanation.findings.empty()) return std::nullopt;
    return explanation;
}

std::vector<Explanation> explanations_of(const Submission& s, const CacheCheck& check, const Reference& reference) {
    const Gradients<double> own = own_gradients(s, reference);
    const bool in_float = s.single_precision || !s.in_float32.empty();
    const double u = in_float ? float_roundoff : double_roundoff;
    const auto explain_with = [&](const Cache<double>& cache, double roundoff) {
        return explained_with_factor({s.network, cache, s.Y, own, roundoff, s.layout, scale_of_gradients(s)},
                                     catalogue());
    };
    const Cache<double>& ours = reference.cache;
    auto best = explain_with(check.cache.A.empty() ? ours : check.cache, u);
    if (!check.faults.empty() && unknowns_of(best) > 0)
        if (auto others = explain_with(ours, u); unknowns_of(others) < unknowns_of(best)) best = std::move(others);
    if (unknowns_of(best) == 0) return best;
    if (auto found = right_for_another_network(s, u)) return {elsewhere(s, *found)};
    if (auto found = right_for_another_parameter(s, u)) return {elsewhere(s, *found)};
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

// With the biases in the L2 term, whether db is right but for that term.
std::optional<Explanation> biases_left_out(const Submission& s, const Reference& reference) {
    if (!s.scaling.with_biases) return std::nullopt;
    const double of_b = l2_slope(s.scaling, s.m()) / factor_of_parameters(s.scaling, s.m());
    Explanation explanation{.findings = {}, .consequences = {}, .not_judged = {}};
    for (const Place place : backward_order(s.L())) {
        Tensor yours = tensor_of(s.gradients, place.step, place.l);
        if (yours.size() == 0) continue;
        const Tensor allowed = 4 * tensor_of(reference.in_double.gradients, place.step, place.l);
        const Tensor right = tensor_of(reference.right, place.step, place.l);
        const auto agrees = [&](const Tensor& tensor) {
            return ((tensor - right).array().abs() <= allowed.array() + 1e-15).all();
        };
        if (agrees(yours)) continue;
        if (place.step != Step::db) return std::nullopt;
        yours += of_b * s.network.layer(place.l).dense.b;
        if (!agrees(yours)) return std::nullopt;
        explanation.findings.push_back({.place = place,
                                        .mistake = &mistake_named("missing-regularisation"),
                                        .detail = "the cost has the squares of the biases"});
    }
    return explanation;
}

// A multiple of W that nobody declared, as the λ that it may be.
void hint_at_lambda(const Submission& s, Diagnosis& diagnosis) {
    for (const Explanation& explanation : diagnosis.explanations)
        for (const Finding& finding : explanation.findings) {
            if (finding.mistake != &mistake_named("unexpected-regularisation") || !finding.parameter) continue;
            diagnosis.remarks.push_back(fmt::format(
                "with an L2 term say --lambda {:.6g} --l2 \"lambda/(2m)\", or --lambda {:.6g} --l2 \"lambda/2\"",
                *finding.parameter * factor_of_parameters(s.scaling, s.m()) * s.m(),
                *finding.parameter * factor_of_parameters(s.scaling, s.m())));
            return;
        }
}

std::vector<LayerRead> layers_of(const Submission& s) {
    std::vector<LayerRead> layers;
    for (std::size_t l = 1; l <= s.L(); ++l) {
        const auto& [dense, activation] = s.network.layer(l);
        layers.push_back({dense.W.rows(), activation, s.function_layers.contains(l)});
    }
    return layers;
}

void warn_of_constant_features(const Submission& s, std::vector<std::string>& warnings) {
    for (Eigen::Index i = 0; i < s.X.rows(); ++i)
        if ((s.X.row(i).array() == 1).all()) {
            warnings.push_back(fmt::format(
                "feature {} is 1 in every example: its weights have the gradient of the biases, so one taken "
                "for the other does not show; take other examples",
                i + 1));
            return;
        }
}

void warn_of_symmetry(const Submission& s, std::vector<std::string>& warnings) {
    for (std::size_t l = 1; l <= s.L(); ++l) {
        if (s.function_layers.contains(l)) continue;
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
    options.activations = has_dZ_or_dA(s);
    checks::NetworkEstimates estimates = checks::differentiate_network(s.network, s.X, s.Y, options);
    add_up(estimates, s.ties);
    return estimates;
}

Diagnosis diagnose(const Submission& s, const checks::NetworkEstimates& estimates) {
    const Reference reference = reference_for(s);
    Diagnosis diagnosis{.file = s.file,
                        .features = s.X.rows(),
                        .layers = layers_of(s),
                        .is_canonical = is_canonical_pair(s.network.layers.back().activation, s.network.loss),
                        .scale = s.scaling.factor,
                        .weights = s.weights,
                        .names = s.names,
                        .layout = s.layout,
                        .mean_in_dZ = s.scaling.mean_in_dZ,
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
    if (diagnosis.cost)
        for (double* const cost : {&diagnosis.cost->given, &diagnosis.cost->computed})
            *cost = cost_in_users_scale(s, *cost);
    const std::optional<checks::KinkConvention> slope = slope_at_kinks(s, estimates, reference);
    for (const Place place : backward_order(s.L())) {
        const checks::TensorEstimate* const estimate = estimate_at(estimates, place);
        if (tensor_of(s.gradients, place.step, place.l).size() > 0 && estimate)
            diagnosis.tensors.push_back(judge_tensor(s, place, *estimate, reference, slope));
    }
    if (s.hessian) diagnosis.tensors.push_back(judge_hessian(s));
    for (const auto& warning : checks::blindness_of(s.network, s.X, s.Y)) diagnosis.warnings.push_back(warning.text);
    for (const std::size_t l : s.function_layers)
        std::erase_if(diagnosis.warnings,
                      [l](const std::string& warning) { return warning.starts_with(fmt::format("W{} is square", l)); });
    warn_of_symmetry(s, diagnosis.warnings);
    warn_of_constant_features(s, diagnosis.warnings);
    // A check that was stopped without finding anything wrong has nothing to explain.
    const Outcome gradients = diagnosis.gradients();
    if (gradients == Outcome::refuted || (gradients == Outcome::undecided && !diagnosis.stopped())) {
        const bool is_factor = s.right_for && s.right_for->count == s.scaling.count &&
                               s.right_for->l2 == s.scaling.l2 && s.right_for->with_biases == s.scaling.with_biases;
        auto known = one_place_of_shared_weights(s, reference);
        if (!known) known = biases_left_out(s, reference);
        if (s.right_for) diagnosis.right_for = cost_formula_of(s, *s.right_for);
        diagnosis.right_for_word = s.right_for_word;
        diagnosis.explanations = is_factor ? std::vector<Explanation>{nothing_but_a_factor(
                                                 s.gradients, s.right_for->factor / s.scaling.factor, s.m())}
                                 : known   ? std::vector<Explanation>{*known}
                                           : explanations_of(s, check, reference);
        hint_at_lambda(s, diagnosis);
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

namespace {

std::string text_of(const Finding& finding, const std::string& tensor) {
    std::string text = finding.everywhere ? fmt::format("{} of every gradient", finding.slug())
                                          : fmt::format("{} at {}", finding.slug(), tensor);
    if (!finding.detail.empty() || finding.parameter) {
        text += " (" + finding.detail;
        if (finding.parameter) text += fmt::format("{}{:.9g}", finding.detail.empty() ? "" : ": ", *finding.parameter);
        text += ")";
    }
    if (!finding.mistake) text += ": " + finding.pattern.text;
    return text;
}

}  // namespace

std::string describe(const Finding& finding) {
    return text_of(finding, tensor_name(finding.place.step, finding.place.l));
}

std::string describe(const Finding& finding, const Diagnosis& diagnosis) {
    return text_of(finding, name_in_file(diagnosis.names, tensor_name(finding.place.step, finding.place.l)));
}

}  // namespace gradproof::diagnosis
