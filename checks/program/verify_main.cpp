// SPDX-License-Identifier: MIT
//
// The main job alone, for the target verify: it needs nothing but Eigen and fmt, so it is built in a fraction of the
// time of the program `gradproof`, whose command verify does the same.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "program/output.hpp"
#include "program/verify_table.hpp"

int main(int argc, char** argv) {
    using namespace gradproof;
    try {
        if (argc != 2) {
            fmt::print(stderr, "usage: {} FILE\nFILE is what verify --data takes, checks/data/breast_cancer.csv\n",
                       argv[0]);
            return program::bad_input;
        }
        const bool colour = program::wants_colour(program::Colour::automatic);
        const program::Verification verification =
            program::verify_and_print(argv[1], program::default_iterations, true, colour);
        return program::status_of(verification.outcome());
    } catch (const std::exception& error) {
        fmt::print(stderr, "verify: {}\n", error.what());
        return program::bad_input;
    }
}
