// SPDX-License-Identifier: MIT
//
// Biases that are a column of W: W is n × (1 + n_prev) and what it is applied to begins, or ends, with ones.
#pragma once

#include <vector>

#include "diagnosis/submissions/keys.hpp"
#include "diagnosis/submissions/layout.hpp"

namespace gradproof::diagnosis {

struct SplitKeys {
    Keys keys;
    Layout layout;
    std::string remark;
};

/// The file with its biases taken out of W and dW, and its ones out of X, in every way that the shapes allow. Empty
/// where the biases are arrays of their own, other than zeros.
std::vector<SplitKeys> with_biases_apart(const Keys& keys);

}  // namespace gradproof::diagnosis
