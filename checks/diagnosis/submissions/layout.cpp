// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/submissions/key_name.hpp"

namespace gradproof::diagnosis {
namespace {

bool has_one_axis(const npz::Array& array) {
    return array.shape.size() == 1;
}

// Whether X, Y, weights and biases go together in this layout.
bool fits(const Keys& keys, const Layout& layout) {
    const Tensor X = with_examples_in_columns(keys.at("X"), layout);
    Eigen::Index n = X.rows();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const Tensor W = weights_of(keys.at("W", l), layout, n);
        if (W.cols() != n || (keys.has_biases() && keys.at("b", l).values.size() != W.rows())) return false;
        n = W.rows();
    }
    const npz::Array& Y = keys.at("Y");
    if (is_line(Y)) return Y.values.size() == X.cols() || (X.cols() == 1 && Y.values.size() == n);
    return with_examples_in_columns(Y, layout).cols() == X.cols();
}

// Numbers in the order of the file as rows × columns.
Tensor in_rows(const npz::Array& array, Eigen::Index rows, Eigen::Index columns) {
    using InRows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    return Eigen::Map<const InRows>(array.values.data(), rows, columns);
}

}  // namespace

Tensor with_examples_in_columns(const npz::Array& array, const Layout& layout, Eigen::Index n) {
    if (has_one_axis(array)) {
        const Eigen::Index size = array.values.size();
        if (n == 1 && size != 1) return array.values.reshaped(1, size);
        return array.values.reshaped(size, 1);
    }
    if (!layout.examples_in_rows) return array.values;
    return array.values.transpose();
}
Tensor weights_of(const npz::Array& array, const Layout& layout, Eigen::Index n_prev) {
    const Eigen::Index size = array.values.size();
    if (has_one_axis(array) && n_prev > 0 && size % n_prev == 0) {
        const Eigen::Index n = size / n_prev;
        return layout.weights_in_by_out ? Tensor(in_rows(array, n_prev, n).transpose()) : in_rows(array, n, n_prev);
    }
    if (layout.weights_in_by_out) return array.values.transpose();
    return array.values;
}
Tensor biases_of(const npz::Array& array) {
    return array.values.reshaped(array.values.size(), 1);
}
bool is_line(const npz::Array& array) {
    return array.values.rows() == 1 || array.values.cols() == 1;
}

std::vector<Layout> layouts_that_fit(const Keys& keys) {
    std::vector<Layout> fitting;
    for (const Layout& layout :
         {layout_of(Convention::deep_learning_specialization), layout_of(Convention::cs231n),
          layout_of(Convention::torch), Layout{.examples_in_rows = false, .weights_in_by_out = true}})
        if (fits(keys, layout)) fitting.push_back(layout);
    return fitting;
}

void Expectation::require_shape(const npz::Array& array, const Tensor& found, Eigen::Index rows, Eigen::Index columns,
                                const std::string& because) const {
    if (found.rows() == rows && found.cols() == columns) return;
    const bool swapped = found.rows() == columns && found.cols() == rows;
    const bool is_weight = key_name(array.name) && key_name(array.name)->role == Role::W;
    const bool transposed = is_weight ? layout.weights_in_by_out : layout.examples_in_rows;
    const auto [r, c] = transposed ? std::pair(columns, rows) : std::pair(rows, columns);
    throw npz::Error(fmt::format("{}: {} has shape {}; expected ({}, {}) {}{}", keys.file, array.name,
                                 npz::shape_text(array.shape), r, c, because,
                                 swapped ? ": this is the transpose, so a .T is missing or too much" : ""));
}

void Expectation::require_biases(const npz::Array& array, Eigen::Index n, Eigen::Index m) const {
    if (is_line(array) && array.values.size() == n) return;
    std::string hint;
    const int over_examples = layout.examples_in_rows ? 0 : 1;
    const bool is_gradient = key_name(array.name) && key_name(array.name)->is_gradient;
    if (is_gradient && array.values.size() == m)
        hint =
            fmt::format(": it has one entry for each example, so it was summed over the units (axis {} instead of {})",
                        1 - over_examples, over_examples);
    if (is_gradient && array.values.size() == 1)
        hint = ": it is one number, so it was summed over the units too; give np.sum an axis";
    if (is_gradient && array.values.size() == n * m)
        hint = fmt::format(": it was not summed over the examples, axis={}", over_examples);
    throw npz::Error(fmt::format("{}: {} has shape {}; expected ({}, 1) or ({},), one entry for each of its {} units{}",
                                 keys.file, array.name, npz::shape_text(array.shape), n, n, n, hint));
}

void Expectation::require_finite(const npz::Array& array) const {
    for (Eigen::Index column = 0; column < array.values.cols(); ++column)
        for (Eigen::Index row = 0; row < array.values.rows(); ++row)
            if (!std::isfinite(array.values(row, column)))
                throw npz::Error(fmt::format("{}: {}[{}, {}] is {}; expected a finite number", keys.file, array.name,
                                             row, column, array.values(row, column)));
}

}  // namespace gradproof::diagnosis
