// SPDX-License-Identifier: MIT
//
// What gradproof check does, without its command line.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "program/output.hpp"

namespace gradproof::program {

/// What `gradproof check` was asked, as typed.
struct CheckOptions {
    std::string file;
    std::string hidden;  ///< one activation, or one for each hidden layer, with commas
    std::string output;
    std::string loss;
    double lambda = 0;
    std::string convention;               ///< dls, cs231n, torch, or empty: found by the shapes
    std::string l2{};                     ///< "lambda/2" and the like, or empty: found from the numbers
    std::string dz{};                     ///< "mean" or "sum", or empty: found from the numbers
    std::vector<std::string> renames{};   ///< "theta_1=W1"
    std::vector<std::string> settings{};  ///< "alpha=0.9", for formulas
    std::vector<std::string> ties{};      ///< "W2=W1.T"
    std::string layer{};                  ///< "conv2d(stride=2)": one backward function in place of a network
    /// Sizes, "30,20,7,5,1"; or a network of layers, "conv2d(stride=2), relu, flatten, dense, softmax"; or empty: taken
    /// from the shapes.
    std::string layers;
    bool verbose = false;                 ///< all there is to say of every tensor and explanation
    Colour colour = Colour::automatic;
    bool quiet = false;  ///< the verdict and what was done, a line each
    std::string json;    ///< file for the report as JSON; "-" for standard output instead of the text; or empty
};

/// Whether the text of --layers names layers, and not sizes.
bool names_steps(std::string_view layers);

/// Checks the gradients in a file and prints the report. Returns the exit status: 0 all confirmed, 1 something refuted,
/// 2 the input cannot be used (one line on standard error), 3 nothing refuted but something undecided. Ctrl-C ends it
/// with what is known so far; what it did not come to is undecided.
int run_check(const CheckOptions& options);

}  // namespace gradproof::program
