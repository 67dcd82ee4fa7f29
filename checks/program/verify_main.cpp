// SPDX-License-Identifier: MIT
//
// The main job alone, for the target verify: it needs nothing but Eigen and fmt, so it is built in a fraction of the
// time of the program `gradproof`, whose command verify does the same.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <exception>

#include "program/output.hpp"
#include "program/verification.hpp"
#include "program/verify_table.hpp"

int main(int argc, char** argv) {
    using namespace gradproof;
    try {
        if (argc != 2) {
            fmt::print(stderr, "usage: {} FILE\nFILE is what verify --data takes, checks/data/breast_cancer.csv\n",
                       argv[0]);
            return cli::bad_input;
        }
        const bool colour = cli::wants_colour(cli::Colour::automatic);
        const checks::LabelledData data = checks::read_labelled_csv(argv[1]);
        const auto begin = std::chrono::steady_clock::now();
        cli::Verification verification = cli::verify_claims();
        cli::print_claims(verification, colour);
        cli::verify_data(verification, data, cli::default_iterations);
        cli::print_data(verification, data, argv[1], colour);
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        cli::print_verdict(verification, seconds.count(), colour);
        return cli::status_of(verification.outcome());
    } catch (const std::exception& error) {
        fmt::print(stderr, "verify: {}\n", error.what());
        return cli::bad_input;
    }
}
