// SPDX-License-Identifier: MIT
//
// What somebody hands in of one backward function: a layer's inputs, the upstream derivatives, and the derivatives that
// their function returned; perhaps the outputs as well.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "differences/layer_point.hpp"

namespace gradproof::diagnosis {

/// Of the user's axes, which one lib's axes are: (0, 2, 3, 1) for images with the channels second.
using AxisOrder = std::vector<std::size_t>;

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
    std::vector<std::string> remarks;
};

/// Reads a layer's arrays by the names that the courses use: A_prev, x or inp, W or w, dZ, dout, dA_prev or dx, stride,
/// pad, keep_prob, ... Images may have the channels second. Throws npz::Error with one line that names what is missing,
/// what does not fit, and what is expected.
LayerSubmission make_layer_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                      const AnyLayer& layer);
LayerSubmission read_layer_submission(const std::filesystem::path& path, const AnyLayer& layer);

}  // namespace gradproof::diagnosis
