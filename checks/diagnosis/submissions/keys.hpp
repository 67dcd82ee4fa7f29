// SPDX-License-Identifier: MIT
//
// The names of the arrays in a submission, as in the course.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "diagnosis/npz/array.hpp"

namespace gradproof::diagnosis {

/// The arrays of a file by letter and layer: layers["W"][2] is W2. X, Y and cost are under layer 0.
struct Keys {
    std::string file;
    std::map<std::string, std::map<std::size_t, const npz::Array*>> layers;
    std::size_t L = 0;

    const npz::Array* find(const std::string& letter, std::size_t l = 0) const;
    /// Throws npz::Error if the array is not there.
    const npz::Array& at(const std::string& letter, std::size_t l = 0) const;
    bool any_gradient() const;
};

/// Sorts the arrays by name. Throws npz::Error for a name that is not of the course's, for layers that are missing and
/// for a file without any gradient.
Keys keys_of(const std::vector<npz::Array>& arrays, const std::string& file);

}  // namespace gradproof::diagnosis
