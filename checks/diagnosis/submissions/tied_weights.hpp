// SPDX-License-Identifier: MIT
//
// Weights that two layers share, as their owner declares them: W2=W1.T.
#pragma once

#include <string>
#include <vector>

#include "diagnosis/submissions/keys.hpp"
#include "diagnosis/submissions/read_submission.hpp"

namespace gradproof::diagnosis {

/// The arrays with shared weights in both their places, where the file has them only once. Throws npz::Error for a key
/// that is not there, for two arrays that are not the same numbers, and for shared weights with an L2 term.
std::vector<npz::Array> with_tied_weights(std::vector<npz::Array> arrays, const Declaration& declaration,
                                          const std::string& file);

/// The layers that share their weights; a remark says what their gradient is. Throws npz::Error for an array that is no
/// matrix of weights.
std::vector<Tie> ties_of(const Keys& keys, const std::vector<DeclaredTie>& declared, std::vector<std::string>& remarks);

}  // namespace gradproof::diagnosis
