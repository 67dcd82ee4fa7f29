// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <filesystem>

namespace gradproof::checks {

/// Examples with two classes, in the course's convention: examples are columns.
struct LabelledData {
    Eigen::MatrixXd X;  // features × m
    Eigen::MatrixXd Y;  // 1 × m, each 0 or 1
};

/// Reads a table of numbers separated by commas, an example a line, its last number the label, 0 or 1. A first line
/// that starts with counts (examples, features) and names, or is all names, is a header. Throws std::runtime_error
/// naming file, line, column, what was found and what is expected: for a file that cannot be read or holds no example,
/// a line with another number of columns, text or NaN or infinity in place of a number, a label other than 0 or 1, and
/// a header whose counts are wrong.
LabelledData read_labelled_csv(const std::filesystem::path& file);

/// Each feature shifted and scaled to mean 0 and variance 1 over the examples. A feature that does not vary becomes 0.
Eigen::MatrixXd standardised(const Eigen::MatrixXd& X);

}  // namespace gradproof::checks
