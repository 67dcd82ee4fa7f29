// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include "program/output.hpp"

namespace gradproof::cli {

struct ExplainOptions {
    std::string activation;
    std::string loss;
    Colour colour = Colour::automatic;
};

/// Prints what is claimed of one pairing, the numbers for and against it, and which note to read. Returns the exit
/// status: 2 with a message that names the nearest known names if activation or loss is unknown, or if the two make no
/// pairing.
int run_explain(const ExplainOptions& options);

}  // namespace gradproof::cli
