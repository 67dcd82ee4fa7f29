// SPDX-License-Identifier: MIT
//
// An array as np.savez writes it.
#pragma once

#include <string>

#include "diagnosis/npz/array.hpp"
#include "gradproof/array.hpp"

namespace gradproof::diagnosis {

inline npz::Array saved(const std::string& name, const Array<double>& array, const std::string& dtype = "<f8") {
    npz::Array saved{.name = name, .dtype = dtype, .shape = {}, .values = {}};
    for (const Eigen::Index dim : array.shape()) saved.shape.push_back(static_cast<std::size_t>(dim));
    const Eigen::Index rows = array.shape().empty() ? 1 : array.dim(0);
    saved.values = array.values().reshaped<Eigen::RowMajor>(rows, array.size() / rows);
    return saved;
}
inline npz::Array saved(const std::string& name, double number) {
    return saved(name, Array<double>(Shape{}, number));
}

}  // namespace gradproof::diagnosis
