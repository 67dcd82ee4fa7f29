// SPDX-License-Identifier: MIT
//
// Prints the points of a table of outside values, each with lib's value and derivative there in the place of the
// table's: what a script in another language compares with.
#include <fmt/format.h>

#include <cstdio>
#include <exception>

#include "tests/lib/outside_values/table.hpp"

int main(int argc, char** argv) try {
    for (int file = 1; file < argc; ++file)
        for (const gradproof::checks::OutsideRow& row : gradproof::checks::outside_rows(argv[file])) {
            const auto [value, derivative] = gradproof::checks::computed_at(row);
            fmt::print("{}\t{}\t{:.17g}\t{:.17g}\n", row.name, fmt::join(row.points, "\t"), value, derivative);
        }
} catch (const std::exception& problem) {
    fmt::print(stderr, "{}\n", problem.what());
    return 1;
}
