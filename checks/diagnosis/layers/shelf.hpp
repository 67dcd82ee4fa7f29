// SPDX-License-Identifier: MIT
//
// The arrays of a file, each of which is one thing: what is taken by one of its names is not there a second time.
#pragma once

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "gradproof/array.hpp"

namespace gradproof::diagnosis {

class Shelf {
  public:
    Shelf(const std::vector<npz::Array>& arrays, std::string file) : arrays_(arrays), file_(std::move(file)) {}

    /// The first of these names that the file has and that has not been taken; null if there is none.
    const npz::Array* take(const std::vector<std::string>& names) {
        for (const std::string& name : names)
            for (const npz::Array& array : arrays_)
                if (array.name == name && taken_.insert(name).second) return &array;
        return nullptr;
    }
    /// The same; throws npz::Error, which says what the file has instead.
    const npz::Array& require(const std::vector<std::string>& names, std::string_view what) {
        if (const npz::Array* const array = take(names)) return *array;
        throw npz::Error(fmt::format("{}: no {}; expected one of {}; the file has {}", file_, what,
                                     fmt::join(names, ", "), fmt::join(left(), ", ")));
    }
    /// The names of what has not been taken.
    std::vector<std::string> left() const {
        std::vector<std::string> names;
        for (const npz::Array& array : arrays_)
            if (!taken_.contains(array.name)) names.push_back(npz::printable(array.name));
        return names;
    }

  private:
    const std::vector<npz::Array>& arrays_;
    std::string file_;
    std::set<std::string> taken_;
};

/// The numbers in the shape that NumPy saved.
inline Array<double> as_saved(const npz::Array& array) {
    Shape shape;
    for (const std::size_t dim : array.shape) shape.push_back(static_cast<Eigen::Index>(dim));
    return {std::move(shape), array.values.reshaped<Eigen::RowMajor>()};
}

}  // namespace gradproof::diagnosis
