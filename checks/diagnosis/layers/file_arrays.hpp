// SPDX-License-Identifier: MIT
//
// The arrays of a file, taken by their names, each for one thing.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "gradproof/array.hpp"

namespace gradproof::diagnosis {

class UnreadArrays {
  public:
    /// `arrays` has to outlive it.
    UnreadArrays(const std::vector<npz::Array>& arrays, std::string file) : arrays_(arrays), file_(std::move(file)) {}

    /// The first of these names that is there and was not taken; `what` says for what. Null if there is none.
    const npz::Array* take(const std::vector<std::string>& names, std::string_view what);
    /// The same. Throws npz::Error if there is none.
    const npz::Array& require(const std::vector<std::string>& names, std::string_view what);

    bool has(std::string_view name) const;
    /// The names of what was not taken.
    std::vector<std::string> left() const;
    /// "; the file has a, b", as the end of a line; empty if nothing is left.
    std::string and_has() const;

    /// Throws npz::Error if something that is left may be meant as well as what was taken. The first of the names is
    /// no guess, and what has another beside it, as the A beside a Z, is likely something else; but x beside X says
    /// nothing.
    void require_no_rivals() const;

  private:
    struct Choice {
        std::string name;
        std::string what;
        std::vector<std::string> names;
    };

    const std::vector<npz::Array>& arrays_;
    std::string file_;
    std::set<std::string> taken_;
    std::vector<Choice> choices_;
};

/// The numbers in the shape that NumPy saved.
Array<double> as_saved(const npz::Array& array);

/// Throws npz::Error, "mine.npz: variance[2, 0] is -0.5, expected a number above 0", unless all numbers are above 0.
void require_positive(const npz::Array& array, const std::string& file);

}  // namespace gradproof::diagnosis
