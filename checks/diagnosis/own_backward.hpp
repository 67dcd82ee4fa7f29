// SPDX-License-Identifier: MIT
//
// The check and the diagnosis for a backward pass written in C++.
#pragma once

#include <functional>

#include "diagnosis/diagnosis.hpp"

namespace gradproof::mistakes {

/// Somebody's backward pass. Tensors it does not keep (dZ, dA) may stay empty; dA and dZ carry no 1/m.
using Backward =
    std::function<Gradients<double>(const Network<double>&, const Cache<double>&, const Matrix<double>& Y)>;

/// Gradients at one point as a submission in the course's convention. Throws std::invalid_argument if shapes do not
/// fit.
Submission submission_of(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                         const Gradients<double>& gradients);

/// Runs the backward pass on a forward pass of ours and diagnoses what it returns.
Diagnosis diagnose_backward(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                            const Backward& backward);

}  // namespace gradproof::mistakes
