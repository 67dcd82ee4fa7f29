// SPDX-License-Identifier: MIT
//
// The files of layers/, which make_layers.py made: a layer at one point, with the outputs and the derivatives that
// PyTorch computed there.
#pragma once

#include <string>
#include <vector>

#include "differences/layer_point.hpp"

namespace gradproof::checks {

struct OutsideArray {
    std::string name;
    Array<double> array;
};

struct OutsideLayer {
    LayerPoint point;
    std::vector<OutsideArray> outputs;
    std::vector<OutsideArray> derivatives;  ///< of those inputs that are variables
};

/// Throws std::runtime_error, naming the file, if it cannot be read, has no layer, or an array does not fit.
std::vector<OutsideLayer> outside_layers(const std::string& path);

}  // namespace gradproof::checks
