// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "diagnosis/npz/array.hpp"

namespace gradproof::npz {

/// Fills the span with the next bytes of an array and returns how many there were; fewer only at the end.
using ByteSource = std::function<std::size_t(std::span<char>)>;

/// Reads one .npy array of exactly `bytes` bytes. Nothing is allocated before the shape the header claims has been
/// compared with `bytes`. Throws Error, with `where` in front, when the two differ or the bytes end early.
Array read_npy(const ByteSource& source, std::uint64_t bytes, std::string name, const std::string& where);

}  // namespace gradproof::npz
