// SPDX-License-Identifier: MIT
//
// A backward pass written in C++, checked and diagnosed: which step is wrong, and what the mistake is. In the library
// gradproof::diagnosis.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gradproof/checks/verdict.hpp"
#include "gradproof/network.hpp"

namespace gradproof::checks {

/// Somebody's backward pass. Tensors that it does not keep (dZ, dA) may stay empty; dA and dZ carry no 1/m.
using Backward =
    std::function<Gradients<double>(const Network<double>&, const Cache<double>&, const Matrix<double>& Y)>;

/// One mistake at one place.
struct FoundMistake {
    std::string tensor;       ///< that the wrong step computes: "dZ2"
    std::string slug;         ///< its name in the catalogue, as "missing-mean"; else what the numbers look like
    std::string explanation;  ///< what was done and what is right
    std::string line;         ///< the wrong line, as it looks in NumPy; empty if it is not known
    std::string note;         ///< to read; empty if it is not known
};

struct BackwardDiagnosis {
    Outcome outcome = Outcome::undecided;
    /// In the order of the backward pass; of several equally good explanations the simplest. Empty if nothing is wrong.
    std::vector<FoundMistake> mistakes;
    std::vector<std::string> consequences;  ///< tensors that are wrong only because something before them is
    std::string text;                       ///< what `gradproof check` prints: every tensor's verdict, and why
};

/// Runs the backward pass on a forward pass of lib's, checks every entry that it returns and explains what is wrong.
/// Throws std::invalid_argument if shapes do not fit, naming both.
BackwardDiagnosis diagnose_backward(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                    const Backward& backward);

}  // namespace gradproof::checks
