// SPDX-License-Identifier: MIT
//
// The program gradproof as a user runs it.
#pragma once

#include <string>

namespace gradproof::checks {

struct Run {
    int status = -1;
    std::string output;  ///< standard output and standard error together
};

/// Runs it with arguments as a shell has them, from the folder of the sources.
Run run_gradproof(const std::string& arguments);

}  // namespace gradproof::checks
