// SPDX-License-Identifier: MIT
//
// A layer of arrays at one point: its inputs, and an upstream derivative for each output. What is differentiated is the
// number sum(d_output * output), whose derivative in each input is what the layer has to pull back.
#pragma once

#include <cstdint>
#include <vector>

#include "differences/jacobian_verdicts.hpp"
#include "gradproof/any_layer.hpp"

namespace gradproof::checks {

struct LayerPoint {
    AnyLayer layer;
    Arrays<double> inputs;
    Arrays<double> d_outputs;

    /// What lib's own pull-back gives.
    Arrays<double> pulled_back() const { return layer.pull_back(inputs, d_outputs); }
};

/// A point of these shapes: variables and upstream derivatives normally distributed, of variables above 0 the
/// logarithms; masks 0 or 1, indices among the rows of the first input. Throws std::invalid_argument if the shapes do
/// not fit.
LayerPoint random_point(const AnyLayer& layer, const std::vector<Shape>& shapes, std::uint32_t seed);

/// The verdicts on `claimed`, the derivative in input `n`, entry after entry, by differences. Throws
/// std::invalid_argument if it has not the shape of the input.
std::vector<EntryVerdict> judge_input(const LayerPoint& point, std::size_t n, const Array<double>& claimed,
                                      const JacobianOptions& options = {});

}  // namespace gradproof::checks
