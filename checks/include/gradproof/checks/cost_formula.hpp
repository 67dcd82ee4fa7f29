// SPDX-License-Identifier: MIT
//
// The formula of a cost J, to be read: with what stands in front of the loss, what is a mean and what a sum, and the
// scale of the L2 term. An elementwise loss is written down by its own code (written.hpp), so the formula is that of
// whatever lib computes; a loss of a whole column declares its formula, and a test computes the cost by it.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <string_view>

#include "gradproof/any_loss.hpp"

namespace gradproof::checks {

/// The L2 term of a cost: a scale in terms of lambda, times the sum of the squared weights, and of the biases if
/// they are in it.
struct L2Formula {
    double lambda = 0;
    std::string_view scale = "lambda/(2m)";
    bool with_biases = false;
};

/// J = 1/m sum over examples of `factor` times the sum over the outputs of `term`, or times `term` itself if the loss
/// is one of the whole column, plus the L2 term. With weights of the examples each is multiplied by its own, w.
struct CostFormula {
    double factor = 1;
    std::string term{};  ///< of one output of one example, a its prediction and y its label: "(a - y)^2"
    bool is_of_column = false;
    std::optional<L2Formula> l2{};
    Eigen::Index m = 0;  ///< examples; 0 if they are not known
    bool has_weights = false;
    bool is_weighted_mean = false;  ///< divided by the sum of the weights, not by m
};

/// The formula of the mean loss. A loss whose code cannot be written down is called by its name, "huber(a, y)".
CostFormula cost_formula(const AnyLoss& loss);

/// On one line, in ASCII: "J = 1/m sum over examples of 1/2 sum over outputs of (a - y)^2, m = 5".
std::string describe(const CostFormula& formula);

}  // namespace gradproof::checks
