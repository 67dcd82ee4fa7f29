// SPDX-License-Identifier: MIT
//
// How the program prints: colours only on a terminal that wants them, and one way to say what went wrong.
#pragma once

#include <string>
#include <string_view>

#include "gradproof/checks/verdict.hpp"

namespace gradproof::program {

/// Exit statuses, the same for every subcommand.
enum ExitStatus : int { all_confirmed = 0, something_refuted = 1, bad_input = 2, something_undecided = 3 };

enum class Colour { automatic, always, never };

/// Whether to write colours to standard output: as told, or if it is a terminal and NO_COLOR is not set.
bool wants_colour(Colour colour);

/// The columns of the terminal that standard output is; 80 if it is none. At least 60.
std::size_t screen_width();

/// Writes the result of --json to a file, or to standard output for "-". Throws std::runtime_error naming the file if
/// it cannot be written.
void write_json(std::string_view json, const std::string& file);

ExitStatus status_of(checks::Outcome outcome);

}  // namespace gradproof::program
