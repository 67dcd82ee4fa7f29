// SPDX-License-Identifier: MIT
//
// What the report shows of a network: every entry of every dW and db judged, and what the point cannot show.
#pragma once

#include <string>
#include <vector>

#include "claims/real_data/csv.hpp"
#include "gradproof/checks/network_check.hpp"

namespace gradproof::report {

struct LayerEvidence {
    AnyActivation activation;
    std::vector<checks::Verdict> dW{};  ///< n_l × n_{l-1}, in columns as Eigen stores them
    std::vector<checks::Verdict> db{};
    checks::TensorVerdict dW_together{};
    checks::TensorVerdict db_together{};
};

struct NetworkEvidence {
    std::vector<Eigen::Index> sizes;
    Eigen::Index examples = 0;
    std::size_t iterations = 0;
    double accuracy = 0;
    std::vector<double> costs;  ///< before each step, and the last one after it
    std::vector<LayerEvidence> layers;
    std::vector<checks::Warning> warnings;
    checks::Outcome outcome = checks::Outcome::undecided;
};

/// Trains features-20-7-5-1 (relu, sigmoid, binary cross-entropy, the course's seed) on the standardised features for
/// `iterations` steps and checks every entry of its gradients.
NetworkEvidence network_evidence(const checks::LabelledData& data, std::size_t iterations);

}  // namespace gradproof::report
