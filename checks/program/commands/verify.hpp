// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "program/output.hpp"
#include "program/verification.hpp"

namespace gradproof::cli {

struct VerifyOptions {
    std::string data;  ///< a CSV file to train and check on; none if empty
    std::size_t iterations = default_iterations;
    std::string json;  ///< a file to write the result to as JSON, or "-"; none if empty
    Colour colour = Colour::automatic;
};

/// Checks every claim, prints the table of activations and losses, and on `data` trains a network and confirms all its
/// gradients. Returns the exit status: 0 if every claim came out as it must and everything on the data was confirmed, 1
/// if not, 3 if Ctrl-C ended it with nothing wrong until then; what is known so far is printed all the same.
int run_verify(const VerifyOptions& options);

}  // namespace gradproof::cli
