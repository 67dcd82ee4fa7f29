// SPDX-License-Identifier: MIT
//
// How the arrays of a file lie, and how they lie in the course's convention.
#pragma once

#include <string>
#include <vector>

#include "diagnosis/submissions/keys.hpp"
#include "diagnosis/submissions/read_submission.hpp"

namespace gradproof::diagnosis {

/// An array that has one column an example in the course's convention (X, Y, Z, A, dZ, dA).
Tensor with_examples_in_columns(const npz::Array& array, Convention convention);
/// An array that is n_l × n_{l-1} in the course's convention (W, dW).
Tensor weights_of(const npz::Array& array, Convention convention);
/// A vector of any shape as n × 1 (b, db).
Tensor biases_of(const npz::Array& array);
/// Whether it has one row or one column.
bool is_line(const npz::Array& array);

/// The convention that was declared, or else the one that the shapes of X, Y, W and b fit; says so in `remarks` where
/// it is not the course's, or where more than one fits. The course's if none fits: its shapes are then refused one by
/// one.
Convention find_convention(const Keys& keys, const Declaration& declaration, std::vector<std::string>& remarks);

/// What is expected of the arrays of a file. All throw npz::Error with one line.
struct Expectation {
    const Keys& keys;
    Convention convention;

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
