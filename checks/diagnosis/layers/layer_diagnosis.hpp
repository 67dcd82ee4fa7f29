// SPDX-License-Identifier: MIT
//
// The answer to a layer's submission: a verdict on every derivative by differences, and for what is wrong the mistake.
#pragma once

#include <string>
#include <vector>

#include "diagnosis/layers/layer_mistake.hpp"
#include "diagnosis/layers/layer_submission.hpp"
#include "diagnosis/screen.hpp"
#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::diagnosis {

/// A mistake, or what the numbers look like if no mistake of the catalogue gives them.
struct LayerFinding {
    std::vector<std::string> tensors;  ///< whose numbers it explains: "dx", "dW"
    std::string slug;
    std::string explanation;
    std::string line;
    std::string note;
    std::vector<std::string> same_numbers;  ///< other mistakes that give the very same numbers here
};

struct LayerTensor {
    checks::TensorVerdict verdict;
    std::vector<Eigen::Index> worst_at;  ///< where its worst entry stands, in the file's own axes
};

struct LayerDiagnosis {
    std::string file;
    std::string number;  ///< what was differentiated: "sum(dZ * conv2d(stride=2)(A_prev, W, b))"
    std::string shapes;  ///< of the inputs
    std::vector<LayerTensor> tensors;
    std::vector<std::string> wrong_outputs;
    std::vector<LayerFinding> findings;
    std::vector<std::string> warnings;  ///< mistakes that this point cannot show
    std::vector<std::string> remarks;

    /// The worst of the derivatives; refuted too where a saved output is wrong.
    checks::Outcome outcome() const;
};

LayerDiagnosis diagnose_layer(const LayerSubmission& submission);

/// For a terminal.
std::string report_text(const LayerDiagnosis& diagnosis, const Screen& screen = {});
/// The verdict and the mistakes, a line each.
std::string summary_text(const LayerDiagnosis& diagnosis);
/// {"file", "verdict", "number", "tensors": [{"name", "verdict", "entries", "wrong", "digits", "worst"}],
/// "wrong_outputs", "diagnosis": [{"tensors", "mistake", "explanation", "looks_like", "same_numbers", "note"}],
/// "warnings", "remarks"}
std::string report_json(const LayerDiagnosis& diagnosis);

}  // namespace gradproof::diagnosis
