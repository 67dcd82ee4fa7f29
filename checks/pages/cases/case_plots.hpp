// SPDX-License-Identifier: MIT
//
// What is drawn of an activation and of a loss, all of it computed by lib's own functions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_loss.hpp"
#include "pages/cases/curve_plot.hpp"

namespace gradproof::cases {

/// g, g' and g'' (g'' as the dual part of the code's g'), with its kinks. Of an activation of whole columns the first
/// value and its derivative, as the first of three pre-activations moves and the others are 0.
CurvePlot plot_of(const AnyActivation& g, std::string_view title);

/// The loss of one component and its derivative in the prediction, for the labels of shown_labels().
CurvePlot plot_of(const AnyLoss& loss, std::string_view title);

/// Two labels that the loss accepts, as far apart as makes a picture.
std::vector<double> shown_labels(const LossFacts& facts);

}  // namespace gradproof::cases
