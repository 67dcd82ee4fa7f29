// SPDX-License-Identifier: MIT
#include "differences/coloured.hpp"

#include <fmt/color.h>

namespace gradproof::checks {

std::string coloured(Outcome outcome, std::string_view text, bool colour) {
    if (!colour) return std::string(text);
    switch (outcome) {
        case Outcome::confirmed:
            return fmt::format(fg(fmt::terminal_color::green), "{}", text);
        case Outcome::undecided:
            return fmt::format(fg(fmt::terminal_color::yellow), "{}", text);
        case Outcome::refuted:
            return fmt::format(fg(fmt::terminal_color::red), "{}", text);
    }
    return std::string(text);
}

}  // namespace gradproof::checks
