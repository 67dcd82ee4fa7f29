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

// Calls act(entry, outputs) with what the layer makes of the inputs on S, where that entry of `input` is marked.
template <class S, class Mark, class Do>
void for_each_marked(const LayerPoint& point, std::size_t input, const Mark& mark, const Do& act) {
    Arrays<S> moved;
    for (const Array<double>& array : point.inputs) moved.push_back(cast<S>(array));
    for (Eigen::Index n = 0; n < moved[input].size(); ++n) {
        const S kept = moved[input].values()(n);
        moved[input].values()(n) = mark(kept);
        act(n, point.layer.forward(moved));
        moved[input].values()(n) = kept;
    }
}

// sum(d_output * of(output))
template <class S, class Of>
double sum_over_outputs(const LayerPoint& point, const Arrays<S>& outputs, const Of& of) {
    double sum = 0;
    for (std::size_t output = 0; output < outputs.size(); ++output)
        for (Eigen::Index k = 0; k < outputs[output].size(); ++k)
            sum += of(point.d_outputs[output].values()(k), outputs[output].values()(k));
    return sum;
}

// The derivative in each entry by dual numbers, with the sum of the absolute values of all terms that make it up, also
// of those that cancel inside the layer: what rounding is relative to.
struct KnownDerivative {
    std::vector<double> values;
    std::vector<double> scales;
};
KnownDerivative known_derivative(const LayerPoint& point, std::size_t input) {
    KnownDerivative known;
    for_each_marked<Dual<double>>(
        point, input, [](const Dual<double>& x) { return Dual<double>(x.value, 1); },
        [&](Eigen::Index, const Arrays<Dual<double>>& outputs) {
            known.values.push_back(
                sum_over_outputs(point, outputs, [](double d, const Dual<double>& y) { return d * y.derivative; }));
            known.scales.push_back(sum_over_outputs(
                point, outputs, [](double d, const Dual<double>& y) { return std::abs(d) * y.magnitude; }));
        });
    return known;
}

Evidence compared(const LayerPoint& point, std::size_t input, const KnownDerivative& known) {
    const Array<double> claimed = point.pulled_back()[input];
    std::vector<Comparison> comparisons;
    for (Eigen::Index n = 0; n < claimed.size(); ++n) {
        const auto entry = static_cast<std::size_t>(n);
        comparisons.push_back({fmt::format("entry {}", n), claimed.values()(n),
                               known_value(known.values[entry], known.scales[entry], Method::dual_number)});
    }
    return evidence_of("pull_back", comparisons);
}

Evidence pulled_back_by_dual_numbers(const AnyLayer& layer, std::size_t input) {
    const LayerPoint point = point_of(layer);
    return compared(point, input, known_derivative(point, input));
}

Evidence pulled_back_by_complex_step(const AnyLayer& layer, std::size_t input) {
    using Complex = std::complex<double>;
    const LayerPoint point = point_of(layer);
    KnownDerivative known = known_derivative(point, input);  // for the scales
    for_each_marked<Complex>(
        point, input, [](const Complex& x) { return x + Complex(0, complex_step_size); },
        [&](Eigen::Index n, const Arrays<Complex>& outputs) {
            known.values[static_cast<std::size_t>(n)] = sum_over_outputs(
                point, outputs, [](double d, const Complex& y) { return d * y.imag() / complex_step_size; });
        });
    return compared(point, input, known);
}

}  // namespace

std::vector<Claim> array_layer_claims() {
    std::vector<Claim> claims;
    for (const AnyLayer& usual : all_layers())
        for (const AnyLayer& layer : variants(usual))
            for (std::size_t n = 0; n < layer.facts().inputs.size(); ++n) {
                if (layer.facts().inputs[n].kind != InputKind::variable) continue;
                const std::string_view name = layer.facts().inputs[n].name;
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
                if (layer.runs_on<std::complex<double>>() && layer.runs_on<Dual<double>>())
                    add("by_complex_step", "by the complex step", pulled_back_by_complex_step);
            }
    return claims;
}

}  // namespace gradproof::checks
