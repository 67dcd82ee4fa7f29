// SPDX-License-Identifier: MIT
//
// Files of arrays that are no .npz, and how their owner makes one of them.
#pragma once

#include <filesystem>
#include <string>

namespace gradproof::npz {

/// The lines of Python that turn a file of MATLAB, PyTorch, safetensors, HDF5 or pickle into a .npz; empty for other
/// extensions. None of these formats is read here: some of them run code.
std::string how_to_convert(const std::filesystem::path& file);

}  // namespace gradproof::npz
