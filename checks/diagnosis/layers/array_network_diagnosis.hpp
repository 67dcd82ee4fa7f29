// SPDX-License-Identifier: MIT
//
// The answer to a network of layers: a verdict on every derivative by differences of the cost, and the first wrong step
// on the way back, with the mistake that gives its numbers and those of the steps below.
#pragma once

#include "diagnosis/layers/array_network_submission.hpp"
#include "diagnosis/layers/layer_diagnosis.hpp"

namespace gradproof::diagnosis {

LayerDiagnosis diagnose_network(const ArrayNetworkSubmission& submission);

}  // namespace gradproof::diagnosis
