// SPDX-License-Identifier: MIT
//
// What somebody hands in of a network of layers: X, Y, the weights, and their derivatives, W1, gamma1, mask1, dW1, ...
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "gradproof/array_network.hpp"

namespace gradproof::diagnosis {

/// The derivative in input `input` of step `step` (from 0), or in X.
struct NetworkGradient {
    std::string name;  ///< what the file calls it: "dW1"
    bool of_X;
    std::size_t step;
    std::size_t input;
    Array<double> values;
};

struct ArrayNetworkSubmission {
    std::string file;
    ArrayNetwork network;
    Array<double> X;
    Array<double> Y;                         ///< N x K
    std::vector<NetworkGradient> gradients;  ///< from the loss backwards
    std::vector<std::string> remarks;
};

/// Reads the arrays of a network of these steps. A number behind a name counts the steps that have such an input: W1 is
/// that of the first convolution or dense layer, gamma1 that of the first normalisation; what only one step has may
/// have no number. Throws npz::Error with one line that names what is missing or does not fit, and what is expected.
ArrayNetworkSubmission make_network_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                               const std::vector<NetworkStep>& steps, const AnyLoss& loss);
ArrayNetworkSubmission read_network_submission(const std::filesystem::path& path, const std::vector<NetworkStep>& steps,
                                               const AnyLoss& loss);

}  // namespace gradproof::diagnosis
