// SPDX-License-Identifier: MIT
//
// Points at which the mistakes of layers are planted, and what somebody would hand in there.
#pragma once

#include <string>
#include <vector>

#include "diagnosis/layers/layer_diagnosis.hpp"

namespace gradproof::diagnosis {

/// Shapes that a layer is tried at, and its parameters there.
struct LayerSizes {
    AnyLayer layer;
    std::vector<Shape> shapes;
};

/// Of every layer: sizes that all differ, with parameters that hide no mistake, and sizes that are equal.
const std::vector<LayerSizes>& sizes_of_layers();

/// Derivatives of all inputs that are variables, as if they were read from a file.
LayerSubmission layer_submission(const checks::LayerPoint& point, const Arrays<double>& derivatives);

/// Which variables of the point have other derivatives than the right ones: "dx".
std::vector<std::string> names_of_changed(const checks::LayerPoint& point, const Arrays<double>& derivatives);

}  // namespace gradproof::diagnosis
