// SPDX-License-Identifier: MIT
//
// The verdict on every tensor as a table for a terminal.
#pragma once

#include <string>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/screen.hpp"

namespace gradproof::diagnosis {

/// A row a tensor, with its worst entry; what there is to say of it besides stands below it. Of many tensors, if one is
/// refuted, only those that are to be looked at first, and a line that counts the others.
std::string tensor_table(const Diagnosis& diagnosis, const Screen& screen);

}  // namespace gradproof::diagnosis
