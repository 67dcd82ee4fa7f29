// SPDX-License-Identifier: MIT
//
// What others call the activations, losses and layers: the names in PyTorch and Keras, and other words for them.
// Messages, `gradproof check` and the page of all cases read this one list. A case that nobody else has is not in it.
#pragma once

#include <string_view>
#include <vector>

namespace gradproof {

struct FrameworkName {
    std::string_view slug;       ///< of the case, "hard_swish"
    std::string_view framework;  ///< "PyTorch", "Keras"; empty for a word that belongs to none
    std::string_view name;       ///< as its code has it: "Hardswish", or with arguments "GELU(approximate='tanh')"
    double factor = 1;           ///< how many times our loss it is, beside the mean over the outputs
};

/// All names of the case `slug`, in the order of the list.
std::vector<FrameworkName> framework_names(std::string_view slug);

/// The first entry whose name is `word`, a plain_word(); none for names with arguments, which are no words. Null if
/// there is none.
const FrameworkName* framework_name_of_activation(std::string_view word);
const FrameworkName* framework_name_of_loss(std::string_view word);
const FrameworkName* framework_name_of_layer(std::string_view word);

}  // namespace gradproof
