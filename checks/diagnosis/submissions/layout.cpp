// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/layout.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

namespace gradproof::diagnosis {
namespace {

using npz::Array;

// Whether X, Y, weights and biases go together in this convention.
bool fits(const Keys& keys, Convention convention) {
    const Tensor X = with_examples_in_columns(keys.at("X"), convention);
    Eigen::Index n = X.rows();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const Tensor W = weights_of(keys.at("W", l), convention);
        if (W.cols() != n || keys.at("b", l).values.size() != W.rows()) return false;
        n = W.rows();
    }
    const Array& Y = keys.at("Y");
    if (is_line(Y)) return Y.values.size() == X.cols() || (X.cols() == 1 && Y.values.size() == n);
    return with_examples_in_columns(Y, convention).cols() == X.cols();
}

}  // namespace

Tensor with_examples_in_columns(const Array& array, Convention convention) {
    if (convention == Convention::deep_learning_specialization) return array.values;
    return array.values.transpose();
}
Tensor weights_of(const Array& array, Convention convention) {
    if (convention == Convention::cs231n) return array.values.transpose();
    return array.values;
}
Tensor biases_of(const Array& array) {
    return array.values.reshaped(array.values.size(), 1);
}
bool is_line(const Array& array) {
    return array.values.rows() == 1 || array.values.cols() == 1;
}

Convention find_convention(const Keys& keys, const Declaration& declaration, std::vector<std::string>& remarks) {
    if (declaration.convention) return *declaration.convention;
    std::vector<Convention> fitting;
    for (const auto& [convention, name] : conventions)
        if (fits(keys, convention)) fitting.push_back(convention);
    if (fitting.empty()) return Convention::deep_learning_specialization;  // the shapes are refused later, with reasons
    if (fitting.size() == 1) {
        if (fitting.front() != Convention::deep_learning_specialization)
            remarks.push_back(fmt::format("the shapes fit the convention {} alone", name_of(fitting.front())));
        return fitting.front();
    }
    std::vector<std::string_view> names;
    for (const Convention convention : fitting) names.push_back(name_of(convention));
    remarks.push_back(fmt::format("the shapes fit the conventions {}: read as {}, say --convention if it is another",
                                  fmt::join(names, ", "), names.front()));
    return fitting.front();
}

void Expectation::require_shape(const Array& array, const Tensor& found, Eigen::Index rows, Eigen::Index columns,
                                const std::string& because) const {
    if (found.rows() == rows && found.cols() == columns) return;
    const bool swapped = found.rows() == columns && found.cols() == rows;
    const bool weights_transposed = convention == Convention::cs231n;
    const bool data_transposed = convention != Convention::deep_learning_specialization;
    const bool transposed = array.name.find('W') != std::string::npos ? weights_transposed : data_transposed;
    const auto [r, c] = transposed ? std::pair(columns, rows) : std::pair(rows, columns);
    throw npz::Error(fmt::format("{}: {} has shape {}; expected ({}, {}) {}{}", keys.file, array.name,
                                 npz::shape_text(array.shape), r, c, because,
                                 swapped ? ": this is the transpose, so a .T is missing or too much" : ""));
}

void Expectation::require_biases(const Array& array, Eigen::Index n, Eigen::Index m) const {
    if (is_line(array) && array.values.size() == n) return;
    std::string hint;
    if (array.name.starts_with('d') && array.values.size() == m)
        hint = ": it has one entry for each example, so it was summed over the units (axis 0 instead of 1)";
    if (array.name.starts_with('d') && array.values.size() == n * m)
        hint = ": it was not summed over the examples, np.sum(dZ, axis=1, keepdims=True) / m";
    throw npz::Error(
        fmt::format("{}: {} has shape {}; expected ({}, 1) or ({},), one entry for each unit of layer {}{}", keys.file,
                    array.name, npz::shape_text(array.shape), n, n, array.name.substr(array.name.find('b') + 1), hint));
}

void Expectation::require_finite(const Array& array) const {
    for (Eigen::Index column = 0; column < array.values.cols(); ++column)
        for (Eigen::Index row = 0; row < array.values.rows(); ++row)
            if (!std::isfinite(array.values(row, column)))
                throw npz::Error(fmt::format("{}: {}[{}, {}] is {}; expected a finite number", keys.file, array.name,
                                             row, column, array.values(row, column)));
}

}  // namespace gradproof::diagnosis
