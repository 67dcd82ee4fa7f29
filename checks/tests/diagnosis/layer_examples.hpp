// SPDX-License-Identifier: MIT
//
// A mistake of a layer by its name, and what a diagnosis says on one line.
#pragma once

#include <string>
#include <string_view>

#include "diagnosis/power/planted_layers.hpp"

namespace gradproof::diagnosis {

/// The mistake with this slug. Precondition: the layer has it.
LayerMistake layer_mistake(const AnyLayer& layer, std::string_view slug);

/// "mask-left-out at dx; ...", for the message of a test.
std::string text_of(const LayerDiagnosis& diagnosis);

}  // namespace gradproof::diagnosis
