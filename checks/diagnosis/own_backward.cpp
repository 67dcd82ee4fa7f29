// SPDX-License-Identifier: MIT
#include "diagnosis/own_backward.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "diagnosis/report.hpp"
#include "diagnosis/wrong_line.hpp"
#include "gradproof/checks/diagnosis.hpp"

namespace gradproof::diagnosis {
namespace {

void require_shape(const Tensor& tensor, const Tensor& like, const std::string& name) {
    if (tensor.size() == 0 || (tensor.rows() == like.rows() && tensor.cols() == like.cols())) return;
    throw std::invalid_argument(
        fmt::format("{} is {} x {}, expected {} x {}", name, tensor.rows(), tensor.cols(), like.rows(), like.cols()));
}

}  // namespace

Submission submission_of(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                         const Gradients<double>& gradients) {
    check_shapes(network, X, &Y);
    const std::size_t L = network.depth();
    Submission s;
    s.file = "backward pass";
    s.network = network;
    if (network.example_weights.size() > 0) s.weights = "w";
    s.X = X;
    s.Y = Y;
    s.cache.Z.resize(L + 1);
    s.cache.A.resize(L + 1);
    s.gradients = gradients;
    s.gradients.dW.resize(L + 1);
    s.gradients.db.resize(L + 1);
    s.gradients.dZ.resize(L + 1);
    s.gradients.dA.resize(L + 1);
    const Gradients<double> like = right_gradients(network, forward(network, X), Y);
    for (const Place place : backward_order(L))
        require_shape(tensor_of(s.gradients, place.step, place.l), tensor_of(like, place.step, place.l),
                      tensor_name(place.step, place.l));
    return s;
}

}  // namespace gradproof::diagnosis

namespace gradproof::checks {
namespace {

FoundMistake found(const diagnosis::Finding& finding, const diagnosis::Diagnosis& diagnosis) {
    FoundMistake one{.tensor = tensor_name(finding.place.step, finding.place.l),
                     .slug = std::string(finding.slug()),
                     .explanation = finding.pattern.text,
                     .line = {},
                     .note = {}};
    if (!finding.mistake) return one;
    one.explanation = finding.mistake->explanation;
    one.line = numpy_line(finding, diagnosis);
    one.note = finding.mistake->note;
    return one;
}

}  // namespace

BackwardDiagnosis diagnose_backward(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                    const Backward& backward) {
    const Cache<double> cache = forward(network, X);
    const diagnosis::Diagnosis diagnosis =
        diagnosis::diagnose(diagnosis::submission_of(network, X, Y, backward(network, cache, Y)));
    BackwardDiagnosis result{
        .outcome = diagnosis.outcome(), .mistakes = {}, .consequences = {}, .text = report_text(diagnosis)};
    if (diagnosis.explanations.empty()) return result;
    const diagnosis::Explanation& simplest = diagnosis.explanations.front();
    for (const diagnosis::Finding& finding : simplest.findings) result.mistakes.push_back(found(finding, diagnosis));
    result.consequences = simplest.consequences;
    return result;
}

}  // namespace gradproof::checks
