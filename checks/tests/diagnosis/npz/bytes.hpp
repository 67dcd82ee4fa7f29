// SPDX-License-Identifier: MIT
//
// Builds .npy and .npz bytes, right ones and wrong ones, without NumPy.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace gradproof::npz {

/// A .npy array of this dictionary and these raw numbers; version is the pair of version bytes.
std::string npy_bytes(std::string_view dictionary, std::string_view numbers,
                      std::string_view version = {"\x01\x00", 2});

/// The bytes of float64 numbers, little-endian.
std::string f8_bytes(const std::vector<double>& numbers);

/// {'descr': dtype, 'fortran_order': False, 'shape': shape, }
std::string dictionary_of(std::string_view dtype, std::string_view shape);

/// A float64 array of this shape.
std::string f8_array(std::string_view shape, const std::vector<double>& numbers);

/// A zip of these members (name with .npy, content), stored or deflated, made by libzip.
std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& members, bool compressed = false);

/// What read_arrays says against these bytes; empty if it reads them.
std::string complaint(std::string_view bytes);

}  // namespace gradproof::npz
