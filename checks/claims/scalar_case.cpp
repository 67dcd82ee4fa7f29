// SPDX-License-Identifier: MIT
#include "claims/scalar_case.hpp"

#include <utility>

namespace gradproof::checks {
namespace {

using Complex = std::complex<double>;

template <Scalar S, class Any>
auto formulas_if_any(const Any& any) {
    return any.template runs_on<S>() ? std::optional(any.template on<S>()) : std::nullopt;
}

}  // namespace

ScalarCase scalar_case(const ActivationFacts& facts, const ActivationFormulas<double>& on_double,
                       const ActivationFormulas<Dual<double>>& on_dual,
                       const std::optional<ActivationFormulas<Complex>>& on_complex) {
    ScalarCase scalar;
    scalar.name = facts.name;
    scalar.note = "derivations/activations/" + std::string(facts.slug) + ".md";
    scalar.variable = "z";
    scalar.value = [on_double](double z) { return on_double.value(z); };
    scalar.derivative = [on_double](double z) { return on_double.derivative(z); };
    scalar.dual_value = [on_dual](Dual<double> z) { return on_dual.value(z); };
    scalar.dual_derivative = [on_dual](Dual<double> z) { return on_dual.derivative(z); };
    if (on_complex) scalar.complex_value = [g = *on_complex](Complex z) { return g.value(z); };
    if (on_double.has_derivative_from_value())
        scalar.derivative_from_value = [on_double](double a) { return on_double.derivative_from_value(a); };
    if (on_double.has_second_derivative())
        scalar.second_derivative = [on_double](double z) { return on_double.second_derivative(z); };
    scalar.range = facts.range;
    scalar.kinks = facts.kinks;
    scalar.seams = facts.seams;
    return scalar;
}

ScalarCase scalar_case(const AnyActivation& activation) {
    return scalar_case(activation.facts(), activation.on<double>(), activation.on<Dual<double>>(),
                       formulas_if_any<Complex>(activation));
}

ScalarCase scalar_case(const LossFacts& facts, const LossFormulas<double>& on_double,
                       const LossFormulas<Dual<double>>& on_dual,
                       const std::optional<LossFormulas<Complex>>& on_complex, double y) {
    ScalarCase scalar;
    scalar.name = facts.name;
    scalar.note = "derivations/losses/" + std::string(facts.slug) + ".md";
    scalar.variable = "a";
    scalar.value = [on_double, y](double a) { return on_double.value(a, y); };
    scalar.derivative = [on_double, y](double a) { return on_double.derivative(a, y); };
    scalar.dual_value = [on_dual, y](Dual<double> a) { return on_dual.value(a, Dual<double>(y)); };
    if (on_complex) scalar.complex_value = [l = *on_complex, y](Complex a) { return l.value(a, Complex(y)); };
    return scalar;
}

ScalarCase scalar_case(const AnyLoss& loss, double y) {
    return scalar_case(loss.facts(), loss.on<double>(), loss.on<Dual<double>>(), formulas_if_any<Complex>(loss), y);
}

}  // namespace gradproof::checks
