// SPDX-License-Identifier: MIT
//
// NumPy's containers: a .npz file (a zip of .npy arrays), a single .npy array, or a folder of .npy arrays. The zip
// container is libzip's work; what it hands over is distrusted: entries and bytes are capped before anything is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string_view>
#include <vector>

#include "diagnosis/npz/array.hpp"

namespace gradproof::npz {

/// What a file may ask for. A network of 246,000 parameters on 209 images takes 25 MB.
struct Limits {
    std::size_t entries = 1000;
    std::uint64_t bytes = std::uint64_t{1} << 30;  // of all arrays together
};

/// All arrays of a .npz file, of a folder's .npy files, or the one array of a .npy file, in the order of their names.
/// Throws Error: one line naming file, array, what was found and what is expected.
std::vector<Array> read_arrays(const std::filesystem::path& path, const Limits& limits = {});

/// The same from memory; `name` stands for the file in errors.
std::vector<Array> read_arrays(std::string_view bytes, std::string_view name, const Limits& limits = {});

}  // namespace gradproof::npz
