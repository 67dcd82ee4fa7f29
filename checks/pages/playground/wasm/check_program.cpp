// SPDX-License-Identifier: MIT
//
// What the page calls: the program with the commands that need nothing but a file.
#include <array>
#include <cstdio>

#include "program/commands/check.hpp"
#include "program/commands/list.hpp"
#include "program/run.hpp"

int main(int argc, char** argv) {
    using namespace gradproof::program;
    constexpr std::array<AddCommand, 2> commands{add_check, add_list};
    const int status = run(argc, argv, commands, "");
    std::fflush(stdout);
    return status;
}
