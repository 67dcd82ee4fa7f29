// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>

#include "program/commands/check.hpp"

namespace gradproof::cli {

struct ReportOptions {
    std::string out;               ///< the folder that index.html is written to; made if it does not exist
    std::string data;              ///< a CSV file to train a network on, or empty
    std::size_t iterations = 200;  ///< steps of gradient descent on the data
    CheckOptions submission;       ///< a .npz file to show the diagnosis of; its `file` is empty if there is none
    std::string book;              ///< where the notes are as pages, relative to the report, or empty
};

/// Writes the report and says where. Returns the exit status of what it shows; throws std::runtime_error for files that
/// cannot be read or written.
int run_report(const ReportOptions& options);

}  // namespace gradproof::cli
