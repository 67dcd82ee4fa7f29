// SPDX-License-Identifier: MIT
//
// The network of derivations/worked_example.md, with the numbers that stand in that note.
#pragma once

#include <filesystem>

#include "gradproof/network.hpp"

namespace gradproof::pictures {

struct WorkedExample {
    Network<double> network;
    Matrix<double> X;
    Matrix<double> Y;
};

/// Reads X, Y, W and b from the note's definitions. Throws std::runtime_error, naming the file, if one is missing.
WorkedExample read_worked_example(const std::filesystem::path& derivations);

}  // namespace gradproof::pictures
