// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>
#include <vector>

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Every mistake of the folder catalogue/, one file each, in the order of their files.
const std::vector<Mistake>& catalogue();

/// The mistake of this slug. Throws std::out_of_range if there is none.
const Mistake& mistake_named(std::string_view slug);

}  // namespace gradproof::diagnosis
