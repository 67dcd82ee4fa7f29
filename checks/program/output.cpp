// SPDX-License-Identifier: MIT
#include "program/output.hpp"

#include <fmt/color.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace gradproof::program {

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

void write_json(std::string_view json, const std::string& file) {
    if (file == "-") {
        fmt::print("{}", json);
        return;
    }
    std::ofstream out(file, std::ios::binary);
    if (!(out << json).flush()) throw std::runtime_error(fmt::format("--json {}: cannot be written", file));
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

}  // namespace gradproof::program
