// SPDX-License-Identifier: MIT
//
// Prints how check_jacobian judges the least-squares problems, right and wrong: a line for each problem with -v.
#include <fmt/format.h>

#include <string_view>
#include <utility>

#include "tests/differences/least_squares/census.hpp"
#include "tests/differences/least_squares/more_garbow_hillstrom.hpp"
#include "tests/differences/least_squares/nist.hpp"

using namespace gradproof::checks;

int main(int argc, char** argv) {
    const bool each = argc > 1 && std::string_view(argv[1]) == "-v";
    for (const auto& [name, problems] :
         {std::pair("NIST", nist_problems()), std::pair("Moré, Garbow, Hillstrom", more_garbow_hillstrom_problems())}) {
        Census all;
        for (const NamedProblem& problem : problems) {
            const Census census = census_of({problem});
            if (each) fmt::print("{}: {}\n", problem.name, describe(census));
            all += census;
        }
        fmt::print("{}: {}\n", name, describe(all));
    }
}
