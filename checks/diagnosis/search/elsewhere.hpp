// SPDX-License-Identifier: MIT
//
// Mistakes that are not in the backward pass: numbers that are right for something else than what was handed in.
#pragma once

#include <optional>

#include "diagnosis/search/explanation.hpp"
#include "diagnosis/submission.hpp"

namespace gradproof::diagnosis {

/// The network whose gradients these are: other activations or another loss with the same weights. Names them.
std::optional<Finding> right_for_another_network(const Submission& submission, double unit_roundoff);

/// Gradients from before an update: right at W + α dW, b + α db for one α. Needs all of dW and db.
std::optional<Finding> right_before_an_update(const Submission& submission, double unit_roundoff);

/// Whether the gradients are right for another parameter of an activation, such as another slope of leaky_relu.
std::optional<Finding> right_for_another_parameter(const Submission& submission, double unit_roundoff);

}  // namespace gradproof::diagnosis
