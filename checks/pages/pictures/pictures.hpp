// SPDX-License-Identifier: MIT
//
// The pictures in derivations/pictures, each made of what lib and the differences compute.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "pages/cases/derived_files.hpp"

namespace gradproof::pictures {

/// The graph of derivations/worked_example.md with the note's numbers, and the same with letters.
std::string worked_example_graph(const std::filesystem::path& derivations);
std::string symbolic_graph();

/// tanh, its derivative, and central differences with their error bars.
std::string differences_of_tanh();
/// The error of central differences of the sigmoid at 1 against the step, and the steps that gradproof takes there.
std::string error_against_step();
/// ReLU with lines through its kink whose slopes lie between the one-sided differences.
std::string subgradients_of_relu();

/// The Jacobian of a softmax of four classes.
std::string softmax_jacobian();
/// The Jacobian of a batch norm of four examples, and the two parts that come through the mean and the variance.
std::string batch_norm_jacobian();
/// How many windows of a convolution saw each pixel.
std::string windows_of_convolution();
/// Where the derivatives of a convolution with stride 2 arrive.
std::string zeros_of_stride();
/// A recurrent network of three steps.
std::string three_steps_through_time();

/// All of them, by their paths below derivations.
std::vector<DerivedFile> picture_files(const std::filesystem::path& derivations);

}  // namespace gradproof::pictures
