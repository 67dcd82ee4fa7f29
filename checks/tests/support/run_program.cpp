// SPDX-License-Identifier: MIT
#include "tests/support/run_program.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdio>

namespace gradproof::checks {

Run run_gradproof(const std::string& arguments) {
    const std::string command = "'" GRADPROOF_PROGRAM "' " + arguments + " 2>&1";
    Run run;
    std::FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return run;
    std::array<char, 4096> part{};
    while (const std::size_t read = std::fread(part.data(), 1, part.size(), pipe)) run.output.append(part.data(), read);
    const int result = pclose(pipe);
    if (WIFEXITED(result)) run.status = WEXITSTATUS(result);
    return run;
}

}  // namespace gradproof::checks
