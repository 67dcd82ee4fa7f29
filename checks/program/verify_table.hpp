// SPDX-License-Identifier: MIT
//
// The main job from its data to its last line, for the command and for the program of its own.
#pragma once

#include <cstddef>
#include <string>

#include "program/verification.hpp"

namespace gradproof::program {

/// Checks all claims and then, if `data` names a CSV file, every gradient of a network trained on it. With `table` it
/// prints what came out as it comes: the digits of every pairing, each claim that is not as it must be, the network,
/// and the verdict as the last line. Throws std::runtime_error naming the file if that cannot be read, before anything
/// is checked.
Verification verify_and_print(const std::string& data, std::size_t iterations, bool table, bool colour);

}  // namespace gradproof::program
