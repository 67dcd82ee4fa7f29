// SPDX-License-Identifier: MIT
#include "claims/scalar_case.hpp"

#include <fmt/format.h>

#include "claims/registry.hpp"
#include "differences/network/network_probe.hpp"

namespace gradproof::checks {
namespace {

using Complex = std::complex<double>;
using Double = Dual<double>;

template <class G>
ScalarCase case_of(const G& g) {
    ScalarCase scalar;
    scalar.name = g.name;
    scalar.note = fmt::format("derivations/activations/{}.md", g.name);
    scalar.variable = "z";
    scalar.value = [g](double z) { return g.value(z); };
    scalar.derivative = [g](double z) { return g.derivative(z); };
    scalar.dual_value = [g](Double z) { return g.value(z); };
    scalar.dual_derivative = [g](Double z) { return g.derivative(z); };
    if constexpr (ElementwiseActivation<G, Complex>) scalar.complex_value = [g](Complex z) { return g.value(z); };
    if constexpr (HasDerivativeFromValue<G>)
        scalar.derivative_from_value = [g](double a) { return g.derivative_from_value(a); };
    if constexpr (HasSecondDerivative<G>) scalar.second_derivative = [g](double z) { return g.second_derivative(z); };
    scalar.range = G::range;
    if constexpr (HasKinks<G>) scalar.kinks.assign(std::begin(G::kinks), std::end(G::kinks));
    return scalar;
}

}  // namespace

std::vector<ScalarCase> elementwise_activations() {
    std::vector<ScalarCase> cases;
    for (const AnyActivation& activation : all_activations())
        std::visit(
            [&cases]<class G>(const G& g) {
                if constexpr (ElementwiseActivation<G>) cases.push_back(case_of(g));
            },
            activation);
    return cases;
}

ScalarCase loss_with_label(const AnyLoss& any_loss, double y) {
    return std::visit(
        [y]<class L>(const L& loss) {
            ScalarCase scalar;
            scalar.name = loss.name;
            scalar.note = fmt::format("derivations/losses/{}.md", loss.name);
            scalar.variable = "a";
            scalar.value = [loss, y](double a) { return loss.value(a, y); };
            scalar.derivative = [loss, y](double a) { return loss.derivative(a, y); };
            scalar.dual_value = [loss, y](Double a) { return loss.value(a, Double(y)); };
            if constexpr (Loss<L, Complex>)
                scalar.complex_value = [loss, y](Complex a) { return loss.value(a, Complex(y)); };
            return scalar;
        },
        any_loss);
}

}  // namespace gradproof::checks
