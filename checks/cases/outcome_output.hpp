// SPDX-License-Identifier: MIT
#pragma once

#include <ostream>

#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// How Boost.Test prints an outcome.
std::ostream& operator<<(std::ostream& out, Outcome outcome);

}  // namespace gradproof::checks
