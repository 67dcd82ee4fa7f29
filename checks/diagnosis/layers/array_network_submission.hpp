// SPDX-License-Identifier: MIT
//
// What somebody hands in of a network of layers: X, Y, the weights, and their derivatives, W1, gamma1, mask1, dW1, ...
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "diagnosis/layers/layer_arrangement.hpp"
#include "diagnosis/npz/array.hpp"
#include "diagnosis/submission.hpp"
#include "diagnosis/submissions/cost_words.hpp"
#include "gradproof/array_network.hpp"

namespace gradproof::diagnosis {

/// What is said about the network in its file.
struct ArrayNetworkDeclaration {
    std::vector<NetworkStep> steps;
    std::vector<std::string> words;  ///< of each step, as it was written: "dense"
    CostWord cost;
    double lambda = 0;
    std::optional<L2Scale> l2 = std::nullopt;  ///< what lambda is multiplied by; the numbers decide if it is not said
};

/// A derivative in an own input of step `step` (from 0), or in what the step takes; in the network's output where
/// `step` is behind the last.
struct NetworkGradient {
    std::string name;  ///< what the file calls it: "dW1"
    std::size_t step;
    std::optional<std::size_t> input;
    Array<double> values;
    AxisOrder axes;  ///< of the array in the file; empty if as lib has it
    Shape shape;     ///< in the file
    bool is_float32 = false;
};

struct ArrayNetworkSubmission {
    std::string file;
    ArrayNetwork network;
    std::vector<std::string> words;
    std::vector<Shape> shapes;  ///< of X and of what each step gives, with the file's axes
    Array<double> X;
    Array<double> Y;                         ///< N x K
    std::vector<NetworkGradient> gradients;  ///< from the loss backwards
    std::optional<double> cost;              ///< J, if the file has it
    Scaling scaling{};                       ///< of J, as it was declared or found
    /// Derivatives in values are this much times those of J: N where they carry no 1/N, as in the course.
    double factor_of_values = 1;
    std::vector<std::string> remarks;
};

/// Reads the arrays of a network of these steps. A number behind a name counts the steps that have such an input: W1 is
/// that of the first convolution or dense layer, gamma1 that of the first normalisation; what only one step has may
/// have no number. Examples lie in rows or columns, W is inputs x outputs or its transpose, channels stand last or
/// second; of what fits the shapes, the layout and the cost are taken under which most derivatives are right. Throws
/// npz::Error with one line that names what is missing or does not fit, and what is expected.
ArrayNetworkSubmission make_network_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                               const ArrayNetworkDeclaration& declared);
ArrayNetworkSubmission read_network_submission(const std::filesystem::path& path,
                                               const ArrayNetworkDeclaration& declared);

}  // namespace gradproof::diagnosis
