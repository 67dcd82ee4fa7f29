// SPDX-License-Identifier: MIT
//
// The arrays of a submission sorted by what they are, in the course's letters and counted from 1.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "diagnosis/npz/array.hpp"

namespace gradproof::diagnosis {

/// The arrays of a file by letter and layer: layers["W"][2] is W2, whatever the file calls it. What belongs to no layer
/// (X, Y, cost; w, mask or class_weight, the weights of the examples) is under layer 0.
struct Keys {
    std::string file;
    std::map<std::string, std::map<std::size_t, const npz::Array*>> layers;
    std::size_t L = 0;
    bool is_from_0 = false;                         ///< the file calls the first layer 0, and names no modules
    std::shared_ptr<std::deque<npz::Array>> own{};  ///< arrays that the file has in another shape

    const npz::Array* find(const std::string& letter, std::size_t l = 0) const;
    /// Throws npz::Error if the array is not there.
    const npz::Array& at(const std::string& letter, std::size_t l = 0) const;
    bool any_gradient() const;
    /// A network without any bias.
    bool has_biases() const { return layers.contains("b"); }
};

/// Another name for an array: it is read as if it were called `to`.
struct Rename {
    std::string from;
    std::string to;
};

/// Sorts the arrays by name. Layers may be counted from 0. Throws npz::Error for names that say nothing, all of them at
/// once, for two arrays that are the same thing, for layers that are missing and for a file without any gradient.
Keys keys_of(const std::vector<npz::Array>& arrays, const std::string& file, const std::vector<Rename>& renames = {});

}  // namespace gradproof::diagnosis
