// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "mistake.hpp"

namespace gradproof::mistakes {

/// Every mistake of the folder catalogue/, one file each, in the order of their files.
const std::vector<Mistake>& catalogue();

}  // namespace gradproof::mistakes
