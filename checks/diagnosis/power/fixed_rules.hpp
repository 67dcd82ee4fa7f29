// SPDX-License-Identifier: MIT
//
// Rules with fixed tolerances, as gradient checkers in use have them, stated here to be measured next to error bars.
// They are named by what they ask, not by the tools they are known from.
#pragma once

#include <array>
#include <functional>
#include <string_view>
#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

/// A rule's verdict on the parameter gradients of a network: accepted or not.
struct FixedRule {
    std::string_view name;
    std::string_view known_from;
    double step;        ///< of its central difference
    bool extrapolated;  ///< whether differences with steps halved from there are extrapolated to 0 (Ridders)
    bool (*accepts)(const Eigen::VectorXd& analytic, const Eigen::VectorXd& numerical);
};

const std::array<FixedRule, 4>& fixed_rules();

/// The rule's difference of `value` in `parameter`, which is moved and put back.
double difference_by(const FixedRule& rule, double& parameter, const std::function<double()>& value);

/// All dW and db in one vector: W1, b1, W2, b2, ...
Eigen::VectorXd flattened(const Gradients<double>& gradients);

/// The rule's differences of the whole cost in every parameter, in the same order.
Eigen::VectorXd numerical_for(const FixedRule& rule, const Network<double>& network, const Matrix<double>& X,
                              const Matrix<double>& Y);

}  // namespace gradproof::diagnosis
