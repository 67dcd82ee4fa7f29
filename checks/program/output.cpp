// SPDX-License-Identifier: MIT
#include "program/output.hpp"

#include <fmt/color.h>
#include <unistd.h>

#include <cstdlib>

namespace gradproof::cli {

bool wants_colour(Colour colour) {
    if (colour != Colour::automatic) return colour == Colour::always;
    const char* no_colour = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

std::string coloured(checks::Outcome outcome, std::string_view text, bool colour) {
    if (!colour) return std::string(text);
    switch (outcome) {
        case checks::Outcome::confirmed:
            return fmt::format(fg(fmt::terminal_color::green), "{}", text);
        case checks::Outcome::undecided:
            return fmt::format(fg(fmt::terminal_color::yellow), "{}", text);
        case checks::Outcome::refuted:
            return fmt::format(fg(fmt::terminal_color::red), "{}", text);
    }
    return std::string(text);
}

ExitStatus status_of(checks::Outcome outcome) {
    switch (outcome) {
        case checks::Outcome::confirmed:
            return all_confirmed;
        case checks::Outcome::undecided:
            return something_undecided;
        case checks::Outcome::refuted:
            return something_refuted;
    }
    return bad_input;
}

}  // namespace gradproof::cli
