// SPDX-License-Identifier: MIT
//
// Small networks and submissions that several cases start from.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/npz/array.hpp"
#include "diagnosis/submissions/read_submission.hpp"

namespace gradproof::diagnosis {

/// 3 -> 4 -> 4 -> 2, tanh, sigmoid and binary cross-entropy, five examples.
struct Example {
    Network<double> network;
    Tensor X;
    Tensor Y;
    Cache<double> cache;
    Gradients<double> right;
};
Example example(double lambda = 0);

/// The example's gradients dW and db as a submission, and with dZ and dA.
Submission submitted(const Example& example, const Gradients<double>& gradients, bool with_dZ);

/// What --hidden, --output and --loss say for the example.
Declaration declared(double lambda = 0);

/// The example as the arrays of a file, in the course's convention.
std::vector<npz::Array> arrays_of(const Example& example);
npz::Array& array_named(std::vector<npz::Array>& arrays, std::string_view name);
npz::Array array(std::string name, const Tensor& values, std::string dtype = "<f8");

/// The slugs of an explanation's findings, in order.
std::vector<std::string> slugs(const Explanation& explanation);

/// The error that make_submission gives for these arrays; empty if it takes them.
std::string complaint(const std::vector<npz::Array>& arrays, const Declaration& declaration);

}  // namespace gradproof::diagnosis
