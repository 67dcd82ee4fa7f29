// SPDX-License-Identifier: MIT
//
// Right gradients of networks whose derivatives are so small that the fallback in extended precision has to decide
// them.
#pragma once

#include <cstddef>

namespace gradproof::checks {

struct Decisions {
    std::size_t confirmed = 0;
    std::size_t undecided = 0;
    std::size_t refuted = 0;
    std::size_t by_fallback = 0;  ///< of them all
};

/// What the check says of the entries of all dW and db.
Decisions decisions_on_right_gradients();

}  // namespace gradproof::checks
