// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "notes/check.hpp"

namespace gradproof::proof {

/// The engines besides the 50-digit one: "exact" and "balls". The three share no arithmetic and no way of
/// differentiating.
std::vector<notes::NamedEngine> engines();

}  // namespace gradproof::proof
