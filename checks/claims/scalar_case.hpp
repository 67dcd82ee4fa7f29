// SPDX-License-Identifier: MIT
//
// An elementwise activation or one component of a loss with its label held, as plain callables: what the checkers of
// functions of one variable work on, compiled once for all of them.
#pragma once

#include <complex>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gradproof/checks/compiled_network.hpp"
#include "gradproof/checks/dual.hpp"

namespace gradproof::checks {

struct ScalarCase {
    std::string name;
    std::string note;
    std::string variable;  ///< "z" or "a"
    std::function<double(double)> value;
    std::function<double(double)> derivative;
    std::function<Dual<double>(Dual<double>)> dual_value;
    std::function<std::complex<double>(std::complex<double>)> complex_value;  ///< empty for a formula with a kink
    std::function<double(double)> derivative_from_value;                      ///< empty if there is none
    std::function<double(double)> second_derivative;                          ///< empty if there is none
    std::function<Dual<double>(Dual<double>)> dual_derivative;
    Interval range;
    std::vector<Kink> kinks;
};

/// An elementwise activation, which need not be one of lib's list.
template <ElementwiseActivation G>
ScalarCase scalar_case(const G& g) {
    using Complex = std::complex<double>;
    ScalarCase scalar;
    scalar.name = g.name;
    scalar.note = "derivations/activations/" + scalar.name + ".md";
    scalar.variable = "z";
    scalar.value = [g](double z) { return g.value(z); };
    scalar.derivative = [g](double z) { return g.derivative(z); };
    scalar.dual_value = [g](Dual<double> z) { return g.value(z); };
    scalar.dual_derivative = [g](Dual<double> z) { return g.derivative(z); };
    if constexpr (ElementwiseActivation<G, Complex>) scalar.complex_value = [g](Complex z) { return g.value(z); };
    if constexpr (HasDerivativeFromValue<G>)
        scalar.derivative_from_value = [g](double a) { return g.derivative_from_value(a); };
    if constexpr (HasSecondDerivative<G>) scalar.second_derivative = [g](double z) { return g.second_derivative(z); };
    scalar.range = G::range;
    if constexpr (HasKinks<G>) scalar.kinks.assign(std::begin(G::kinks), std::end(G::kinks));
    return scalar;
}

/// One component of a loss as a function of the prediction, for the label y.
template <Loss L>
ScalarCase scalar_case(const L& loss, double y) {
    using Complex = std::complex<double>;
    ScalarCase scalar;
    scalar.name = loss.name;
    scalar.note = "derivations/losses/" + scalar.name + ".md";
    scalar.variable = "a";
    scalar.value = [loss, y](double a) { return loss.value(a, y); };
    scalar.derivative = [loss, y](double a) { return loss.derivative(a, y); };
    scalar.dual_value = [loss, y](Dual<double> a) { return loss.value(a, Dual<double>(y)); };
    if constexpr (Loss<L, Complex>) scalar.complex_value = [loss, y](Complex a) { return loss.value(a, Complex(y)); };
    return scalar;
}

/// The elementwise activations.
std::vector<ScalarCase> elementwise_activations();

/// The same for a loss chosen at run time.
ScalarCase loss_with_label(const AnyLoss& loss, double y);

}  // namespace gradproof::checks
