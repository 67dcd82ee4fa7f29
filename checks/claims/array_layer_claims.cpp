// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <complex>

#include "claims/claim.hpp"
#include "claims/evidence.hpp"
#include "differences/layer_point.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t seed_of_arrays = 11;

LayerPoint point_of(const AnyLayer& layer) {
    return random_point(layer, layer.example_shapes(), seed_of_arrays);
}

// Another value that the parameter may have, far from its default.
double another_value(const ParameterValue& parameter) {
    if (!parameter.is_whole) return 0.5;
    return parameter.range.contains(parameter.usual + 1) ? parameter.usual + 1 : parameter.usual - 1;
}

// The layer as it comes, and with each of its parameters set otherwise.
std::vector<AnyLayer> variants(const AnyLayer& layer) {
    std::vector<AnyLayer> all{layer};
    for (const ParameterValue& parameter : layer.facts().parameters)
        all.push_back(layer.with(parameter.name, another_value(parameter)));
    return all;
}

Evidence pulled_back_by_differences(const AnyLayer& layer, std::size_t input) {
    const LayerPoint point = point_of(layer);
    const Array<double> claimed = point.pulled_back()[input];
    return {.verdict = tensor_of("pull_back", 1, claimed.size(), judge_input(point, input, claimed)),
            .points = {},
            .remark = {}};
}

// Compares each entry with `derivative(moved inputs)`, where that input's number n has been marked by `mark`, and with
// the sum of the magnitudes it was made of.
template <class S, class Mark, class Derivative>
Evidence by_numbers(const AnyLayer& layer, std::size_t input, const Mark& mark, const Derivative& derivative,
                    Method method) {
    const LayerPoint point = point_of(layer);
    const Array<double> claimed = point.pulled_back()[input];
    Arrays<S> moved;
    for (const Array<double>& array : point.inputs) moved.push_back(cast<S>(array));
    std::vector<Comparison> comparisons;
    for (Eigen::Index n = 0; n < claimed.size(); ++n) {
        const S kept = moved[input].values()(n);
        moved[input].values()(n) = mark(kept);
        const Arrays<S> outputs = layer.forward(moved);
        moved[input].values()(n) = kept;
        double value = 0;
        double scale = 0;
        for (std::size_t output = 0; output < outputs.size(); ++output)
            for (Eigen::Index k = 0; k < outputs[output].size(); ++k) {
                const double part = point.d_outputs[output].values()(k) * derivative(outputs[output].values()(k));
                value += part;
                scale += std::abs(part);
            }
        comparisons.push_back({fmt::format("entry {}", n), claimed.values()(n), known_value(value, scale, method)});
    }
    return evidence_of("pull_back", comparisons);
}

Evidence pulled_back_by_dual_numbers(const AnyLayer& layer, std::size_t input) {
    return by_numbers<Dual<double>>(
        layer, input, [](const Dual<double>& x) { return Dual<double>(x.value, 1); },
        [](const Dual<double>& y) { return y.derivative; }, Method::dual_number);
}

Evidence pulled_back_by_complex_step(const AnyLayer& layer, std::size_t input) {
    return by_numbers<std::complex<double>>(
        layer, input, [](const std::complex<double>& x) { return x + std::complex<double>(0, complex_step_size); },
        [](const std::complex<double>& y) { return y.imag() / complex_step_size; }, Method::dual_number);
}

}  // namespace

std::vector<Claim> array_layer_claims() {
    std::vector<Claim> claims;
    for (const AnyLayer& usual : all_layers())
        for (const AnyLayer& layer : variants(usual))
            for (std::size_t n = 0; n < layer.facts().inputs.size(); ++n) {
                const auto& [name, kind] = layer.facts().inputs[n];
                if (kind != InputKind::variable) continue;
                const auto add = [&](std::string_view how, std::string_view in_words, auto check) {
                    claims.push_back({.path = fmt::format("layers/{}/d{}/{}", name_of(layer), name, how),
                                      .statement = fmt::format("the pull-back's d{} is the derivative of "
                                                               "sum(d_output * output) in {}, {}",
                                                               name, name, in_words),
                                      .note = fmt::format("derivations/layers/{}.md", layer.facts().slug),
                                      .check = [check, layer, n] { return check(layer, n); }});
                };
                add("by_differences", "by differences", pulled_back_by_differences);
                if (layer.runs_on<Dual<double>>())
                    add("by_dual_numbers", "by dual numbers", pulled_back_by_dual_numbers);
                if (layer.runs_on<std::complex<double>>())
                    add("by_complex_step", "by the complex step", pulled_back_by_complex_step);
            }
    return claims;
}

}  // namespace gradproof::checks
