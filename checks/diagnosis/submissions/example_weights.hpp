// SPDX-License-Identifier: MIT
//
// Weights of the examples in a file: one for each example, a mask, or one for each class, which an example has by its
// label.
#pragma once

#include "diagnosis/submission.hpp"
#include "diagnosis/submissions/layout.hpp"

namespace gradproof::diagnosis {

/// Reads them into the network, if there are any. Precondition: Y is read. Throws npz::Error if they are not as many as
/// examples or classes, are not finite, are all 0, or if there are two kinds.
void read_example_weights(const Expectation& expected, Submission& submission);

/// Whether there are weights and each is 0 or 1.
bool is_mask(const Tensor& weights);

}  // namespace gradproof::diagnosis
