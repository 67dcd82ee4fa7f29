// SPDX-License-Identifier: MIT
//
// Gradients made in C++ as a submission.
#pragma once

#include "diagnosis/diagnosis.hpp"

namespace gradproof::diagnosis {

/// Gradients at one point as a submission in the course's convention. Throws std::invalid_argument if shapes do not
/// fit.
Submission submission_of(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                         const Gradients<double>& gradients);

}  // namespace gradproof::diagnosis
