// SPDX-License-Identifier: MIT
#include "pages/report/network_evidence.hpp"

#include "claims/real_data/training.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace gradproof::report {
namespace {

using namespace checks;

constexpr std::uint32_t course_seed = 1;
constexpr double learning_rate = 0.075;

std::vector<Verdict> judge_each(const Eigen::Ref<const Eigen::MatrixXd>& gradient, const TensorEstimate& estimates) {
    std::vector<Verdict> verdicts;
    for (Eigen::Index j = 0; j < gradient.cols(); ++j)
        for (Eigen::Index i = 0; i < gradient.rows(); ++i) verdicts.push_back(judge(gradient(i, j), estimates(i, j)));
    return verdicts;
}

}  // namespace

NetworkEvidence network_evidence(const LabelledData& data, std::size_t iterations) {
    const Matrix<double> X = standardised(data.X);
    NetworkEvidence evidence;
    evidence.sizes = {X.rows(), 20, 7, 5, 1};
    evidence.examples = X.cols();
    evidence.iterations = iterations;
    Network<double> network = course_network(evidence.sizes, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, course_seed);
    for (std::size_t iteration = 0; iteration < iterations; ++iteration)
        evidence.costs.push_back(descend(network, X, data.Y, learning_rate));
    const Cache<double> cache = forward(network, X);
    evidence.costs.push_back(cost(network, cache, data.Y));
    evidence.accuracy = accuracy(network, X, data.Y);

    const Gradients<double> gradients = backward(network, cache, data.Y);
    const NetworkEstimates estimates = differentiate_network(network, X, data.Y, {.activations = false});
    std::vector<TensorVerdict> together;
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        LayerEvidence layer{.activation = network.layer(l).activation};
        layer.dW = judge_each(gradients.dW[l], estimates.dW[l]);
        layer.db = judge_each(gradients.db[l], estimates.db[l]);
        layer.dW_together = judge_tensor(gradients.dW[l], estimates.dW[l]);
        layer.db_together = judge_tensor(gradients.db[l], estimates.db[l]);
        together.push_back(layer.dW_together);
        together.push_back(layer.db_together);
        evidence.layers.push_back(std::move(layer));
    }
    evidence.warnings = blindness_of(network, X, data.Y);
    evidence.outcome = outcome_of(together);
    return evidence;
}

}  // namespace gradproof::report
