// SPDX-License-Identifier: MIT
//
// An elementwise activation or one component of a loss with its label held, as plain callables: what the checkers of
// functions of one variable work on.
#pragma once

#include <complex>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "gradproof/any_loss.hpp"
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
    std::vector<double> seams{};
};

/// An elementwise activation.
ScalarCase scalar_case(const AnyActivation& activation);
/// The same from its formulas, on complex numbers too if they run there.
ScalarCase scalar_case(const ActivationFacts& facts, const ActivationFormulas<double>& on_double,
                       const ActivationFormulas<Dual<double>>& on_dual,
                       const std::optional<ActivationFormulas<std::complex<double>>>& on_complex);

/// One component of a loss as a function of the prediction, for the label y.
ScalarCase scalar_case(const AnyLoss& loss, double y);
ScalarCase scalar_case(const LossFacts& facts, const LossFormulas<double>& on_double,
                       const LossFormulas<Dual<double>>& on_dual,
                       const std::optional<LossFormulas<std::complex<double>>>& on_complex, double y);

}  // namespace gradproof::checks
