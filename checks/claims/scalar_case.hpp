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

/// The elementwise activations.
std::vector<ScalarCase> elementwise_activations();

/// One component of a loss as a function of the prediction, for the label y.
ScalarCase loss_with_label(const AnyLoss& loss, double y);

}  // namespace gradproof::checks
