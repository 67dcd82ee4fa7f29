// SPDX-License-Identifier: MIT
//
// How the arrays of a file lie, and how they lie in the course's convention.
#pragma once

#include <string>
#include <vector>

#include "diagnosis/submissions/keys.hpp"
#include "diagnosis/submissions/read_submission.hpp"

namespace gradproof::diagnosis {

/// X, Y, Z, A, dZ or dA with one column an example. A line of numbers of one example, or of one unit, is what `n` units
/// make of it; with n = 0 it is one example.
Tensor with_examples_in_columns(const npz::Array& array, const Layout& layout, Eigen::Index n = 0);
/// W or dW as n_l × n_{l-1}. An array without a shape of its own, or a line of numbers, is laid out for n_prev units
/// before it.
Tensor weights_of(const npz::Array& array, const Layout& layout, Eigen::Index n_prev);
/// A vector of any shape as n × 1 (b, db).
Tensor biases_of(const npz::Array& array);
/// Whether it has one row or one column.
bool is_line(const npz::Array& array);

/// The layouts that the shapes of X, Y, W and b fit: of the conventions first, then examples in columns with W as
/// n_{l-1} × n_l.
std::vector<Layout> layouts_that_fit(const Keys& keys);

/// What is expected of the arrays of a file. All throw npz::Error with one line.
struct Expectation {
    const Keys& keys;
    Layout layout;

    /// `found` is rows × columns in the course's convention. `because` ends the sentence.
    void require_shape(const npz::Array& array, const Tensor& found, Eigen::Index rows, Eigen::Index columns,
                       const std::string& because) const;
    /// One entry for each of n units; m is the number of examples, to say what was summed wrong.
    void require_biases(const npz::Array& array, Eigen::Index n, Eigen::Index m) const;
    void require_finite(const npz::Array& array) const;
};

/// Y as n × m: as it is, a line of m numbers for one unit, or class numbers as one-hot columns for several.
Tensor labels_of(const Expectation& expected, Eigen::Index n, Eigen::Index m, std::vector<std::string>& remarks);

/// Refuses labels that the loss cannot have.
void require_labels_of_loss(const AnyLoss& loss, const Tensor& Y, const std::string& file);

}  // namespace gradproof::diagnosis
