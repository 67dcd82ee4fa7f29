// SPDX-License-Identifier: MIT
//
// A mistake that people make in the backward function of a layer: all derivatives as code with that mistake computes
// them. A file in layer_catalogue/ is one.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "differences/layer_point.hpp"
#include "gradproof/any_layer.hpp"

namespace gradproof::diagnosis {

struct LayerMistake {
    std::string_view slug;
    std::vector<CaseId> layers;    ///< in whose backward functions it is made
    std::string_view explanation;  ///< what is done and what is right
    std::string_view line;         ///< the wrong line in NumPy, with the courses' names
    std::string_view hidden_when;  ///< where its numbers are the right ones
    /// The derivatives in all inputs with the mistake in. What the mistake leaves alone is as lib has it.
    std::function<Arrays<double>(const checks::LayerPoint&)> derivatives;
    /// Whether this mistake gives `given`, too, in an input: of those whose numbers depend on more than the point, as
    /// on a mask that is drawn anew.
    std::function<bool(const checks::LayerPoint&, std::size_t input, const Array<double>& given)> also_gives{};
    /// A sentence on what was given, of a mistake that can be made in several ways.
    std::function<std::string(const checks::LayerPoint&, const std::vector<std::optional<Array<double>>>& given)>
        what_is_there{};
};

/// The file layers/<slug>.md of the notes.
std::string note_of(const AnyLayer& layer);

/// Those of one layer, in the order of the folder.
std::vector<LayerMistake> layer_mistakes(const AnyLayer& layer);

}  // namespace gradproof::diagnosis
