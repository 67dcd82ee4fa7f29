// SPDX-License-Identifier: MIT
#include "program/output.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace gradproof::program {

bool wants_colour(Colour colour) {
    if (colour != Colour::automatic) return colour == Colour::always;
    const char* no_colour = std::getenv("NO_COLOR");
    return isatty(STDOUT_FILENO) == 1 && (no_colour == nullptr || *no_colour == '\0');
}

std::size_t screen_width() {
    constexpr std::size_t usual = 80;
    constexpr std::size_t least = 60;
    winsize size{};
    if (isatty(STDOUT_FILENO) != 1 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return usual;
    return std::max<std::size_t>(size.ws_col, least);
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
