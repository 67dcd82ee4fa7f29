// SPDX-License-Identifier: MIT
//
// The answer to a network of layers: a verdict on every derivative by differences of the cost, and the first wrong step
// on the way back, with the mistake that gives its numbers and those of the steps below.
#pragma once

#include "diagnosis/layers/array_network_submission.hpp"
#include "diagnosis/layers/layer_diagnosis.hpp"

namespace gradproof::diagnosis {

/// The derivative of J that `of` stands for, as lib has it.
Array<double> right_derivative(const ArrayNetworkSubmission& submission, const ArrayGradients& gradients,
                               const NetworkGradient& of);

LayerDiagnosis diagnose_network(const ArrayNetworkSubmission& submission);

}  // namespace gradproof::diagnosis
