// SPDX-License-Identifier: MIT
//
// The second derivative of each example's loss in its raw score, as gradient boosting wants it: for K scores the
// diagonal.
#pragma once

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/submission.hpp"

namespace gradproof::diagnosis {

/// The verdict on `hessian` of the submission, from differences of dZ[L], in the raw scores Z[L]; and where it is
/// wrong, what it is instead if that is known: the part without g'', its absolute value, a multiple. Precondition:
/// submission.hessian is there, and has the shape of Z[L].
TensorResult judge_hessian(const Submission& submission);

}  // namespace gradproof::diagnosis
