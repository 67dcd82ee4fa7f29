// SPDX-License-Identifier: MIT
//
// The tables of values from outside: activations.tsv, losses.tsv and, for activations of whole columns, columns.tsv,
// which make.py made.
#pragma once

#include <string>
#include <vector>

namespace gradproof::checks {

struct OutsideRow {
    std::string name;                 ///< of the activation or loss, with the parameters that are not its defaults
    std::vector<std::string> points;  ///< z; a and y; or three z, three upstream derivatives and which component
    std::string value;
    std::string derivative;

    bool is_loss() const { return points.size() == 2; }
    bool is_column() const { return points.size() == 7; }
    double point(std::size_t n) const;
};

/// Throws std::runtime_error if the file cannot be read or a row has another number of columns than the head.
std::vector<OutsideRow> outside_rows(const std::string& path);

struct Computed {
    double value;
    double derivative;
};

/// What lib computes at the points of the row.
Computed computed_at(const OutsideRow& row);

}  // namespace gradproof::checks
