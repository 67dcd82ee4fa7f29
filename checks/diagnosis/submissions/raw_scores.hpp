// SPDX-License-Identifier: MIT
//
// What people hand to gradient boosting: for each example the derivative of the loss in the raw score, and the second
// derivative. It is a network without weights, whose one layer applies a function to the scores.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "diagnosis/submissions/keys.hpp"

namespace gradproof::diagnosis {

/// Such a file as the arrays of a network: X holds the scores, W1 is the identity, dZ1 the gradient. `hessian` has the
/// examples in columns.
struct RawScores {
    std::vector<npz::Array> arrays{};
    std::optional<Eigen::MatrixXd> hessian{};
    std::string score;  ///< what the file calls the scores
    std::string grad;
};

/// A file with `grad`, a `score` (also called margin, raw, preds, z, ...) and labels, and without weights; nothing if
/// the file is another one. Scores have a row an example, or are one-dimensional. Throws npz::Error if shapes do not
/// fit.
std::optional<RawScores> raw_scores_in(std::vector<npz::Array> arrays, const std::string& file,
                                       const std::vector<Rename>& renames);

}  // namespace gradproof::diagnosis
