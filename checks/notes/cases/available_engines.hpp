// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "notes/check.hpp"

namespace gradproof::notes {

/// The exact and the certified engine where FLINT and Arb were found, else none.
std::vector<NamedEngine> available_engines();

}  // namespace gradproof::notes
