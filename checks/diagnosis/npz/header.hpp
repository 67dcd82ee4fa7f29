// SPDX-License-Identifier: MIT
//
// The header of a .npy array: a magic number, a version, a length and a Python dictionary such as
// {'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }. This reader takes exactly that grammar and nothing else:
// a checker must not guess what a file meant.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::npz {

/// How the numbers of an array are stored.
struct Element {
    enum class Kind { boolean, signed_integer, unsigned_integer, floating } kind;
    std::size_t bytes;
    bool big_endian;
};

struct Header {
    std::string dtype;
    Element element;
    bool fortran_order;
    std::vector<std::size_t> shape;

    /// The bytes the numbers take. Never overflows: read_header refuses what would.
    std::size_t data_bytes() const;
};

/// The first bytes of an array, before the dictionary: magic (6), version (2), length (2 or 4).
inline constexpr std::string_view magic = "\x93NUMPY";
inline constexpr std::size_t version_bytes = 8;
/// A dictionary longer than this is no header of an array.
inline constexpr std::size_t longest_dictionary = 65536;

/// As NumPy itself has it.
inline constexpr std::size_t most_axes = 32;

/// How many bytes the length field takes in this version: 2 (version 1.0) or 4 (2.0, 3.0).
/// Throws Error, with `where` in front, when these are not the first eight bytes of a .npy array.
std::size_t length_bytes(std::string_view first_bytes, const std::string& where);

/// Reads the dictionary. Throws Error, with `where` in front, when it is not of the strict grammar, the dtype is no
/// real number, the array has too many axes, or its bytes do not fit into a std::ptrdiff_t.
Header read_header(std::string_view dictionary, const std::string& where);

}  // namespace gradproof::npz
