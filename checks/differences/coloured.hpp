// SPDX-License-Identifier: MIT
//
// A verdict's colour on a terminal.
#pragma once

#include <string>
#include <string_view>

#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The text in green, yellow or red, by the outcome, if `colour`.
std::string coloured(Outcome outcome, std::string_view text, bool colour);

}  // namespace gradproof::checks
