// SPDX-License-Identifier: MIT
//
// What somebody hands in of one backward function: a layer's inputs, the upstream derivatives, and the derivatives that
// their function returned; perhaps the outputs as well.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "diagnosis/layers/layer_arrangement.hpp"
#include "diagnosis/npz/array.hpp"
#include "differences/layer_point.hpp"

namespace gradproof::diagnosis {

/// Digits of its own size to which an entry that was computed in float32 has to agree; it has seven, sums lose some.
inline constexpr int required_digits_of_float32 = 4;

struct LayerSubmission {
    std::string file;
    checks::LayerPoint point;
    std::vector<std::optional<Array<double>>> gradients;  ///< one for each input, in lib's layout
    std::vector<std::optional<Array<double>>> outputs;    ///< one for each output
    // What the file calls them: "dx", "x", "dout", "out"; what it does not hold has lib's name.
    std::vector<std::string> gradient_names;
    std::vector<std::string> input_names;
    std::vector<std::string> upstream_names;
    std::vector<std::string> output_names;
    std::vector<AxisOrder> axes;  ///< of each input in the file; empty if as lib has it
    // In the file, which may have axes of length 1 besides, or several of examples.
    std::vector<Shape> input_shapes;
    std::vector<Shape> gradient_shapes;
    // What was saved as float32, and so computed in it.
    std::set<std::size_t> float32_gradients;
    std::set<std::size_t> float32_outputs;
    std::vector<std::string> remarks;
};

/// Reads a layer's arrays by the names that the courses use: A_prev, x or inp, W or w, dZ, dout, dA_prev or dx, stride,
/// pad, keep_prob, ... Axes may lie in every way that arrangements_of() has; of several that fit the one under which
/// the saved outputs, then most of the derivatives, are right. A mask may be divided by keep. Of losses the upstream
/// derivative may be left out, and the cost be saved for the losses: costs_above() has what it may be. Throws
/// npz::Error with one line that names what is missing, what does not fit, and what is expected.
LayerSubmission make_layer_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                      const AnyLayer& layer);
LayerSubmission read_layer_submission(const std::filesystem::path& path, const AnyLayer& layer);

}  // namespace gradproof::diagnosis
