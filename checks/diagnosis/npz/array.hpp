// SPDX-License-Identifier: MIT
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::npz {

/// A file that cannot be read. The text is one line: the file, the array, what was found, what is expected.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// The line that writes a file this reader takes; the end of many an error.
inline constexpr std::string_view how_to_save =
    "save the arrays themselves: np.savez(file, X=X, Y=Y, **parameters, **grads)";

/// An array as NumPy saved it, with its numbers as double. A vector (n,) becomes n × 1, a scalar () becomes 1 × 1, and
/// of more axes than two those after the first are laid out in a row, the last one fastest; `shape` keeps what the file
/// said.
struct Array {
    std::string name;   // without .npy
    std::string dtype;  // NumPy's, for example "<f8"
    std::vector<std::size_t> shape;
    Eigen::MatrixXd values;

    bool is_float32() const { return dtype.ends_with("f4"); }
    bool is_integer() const { return !dtype.ends_with("f4") && !dtype.ends_with("f8"); }
};

/// A shape as NumPy writes it: "()", "(3,)", "(3, 4)".
std::string shape_text(const std::vector<std::size_t>& shape);

/// Text out of a file, made fit for an error line: cut at 60 bytes, bytes outside printable ASCII as \xNN.
std::string printable(std::string_view text);

}  // namespace gradproof::npz
