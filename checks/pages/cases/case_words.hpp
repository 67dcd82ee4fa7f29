// SPDX-License-Identifier: MIT
//
// What is known of an activation or a loss, in the words of the page of all cases.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gradproof/any_loss.hpp"

namespace gradproof::cases {

/// "-1", "0.17": three digits.
std::vector<std::string> numbers(const std::vector<double>& values);

/// "0", "0 and 6", "a, b and c".
std::string joined(const std::vector<std::string>& parts);

/// Where the values lie with the default parameters: "0 to 1", "from -0.17 up".
std::string values_of(const AnyActivation& g);

/// Where it has kinks and bends: "-3 and 3", "bend: 0"; of a loss "a = y".
std::string kinks_in_words(const AnyActivation& g);
std::string kinks_in_words(const AnyLoss& loss);

/// Which predictions and labels a loss accepts: "between 0 and 1", "-1 or 1".
std::string predictions_of(const LossFacts& facts);
std::string labels_of(const LossFacts& facts);

/// A sentence, after a blank; nothing if there is none: " Parameter: `slope`, above 0; here it is 0.01."
std::string parameters_in_words(const std::vector<ParameterValue>& parameters);
/// " At the kink 0 the code takes 0 for the slope."
std::string slopes_at_kinks(const std::vector<Kink>& kinks);

/// "PyTorch: `ReLU`. Keras: `relu`. Other words: `rectifier`. "
std::string called_elsewhere(std::string_view slug, const std::vector<std::string_view>& more_words);

}  // namespace gradproof::cases
