// SPDX-License-Identifier: MIT
//
// The suite's main job on real data: a network is trained with the library, and at the start, half way and at the end
// every entry of every gradient is confirmed.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "claims/real_data/csv.hpp"
#include "gradproof/checks/network_check.hpp"

namespace gradproof::checks {

/// One moment of a training at which everything was checked.
struct Checkpoint {
    std::string moment;  ///< "start", "half way", "end", or "weights of 0.01"
    std::size_t iteration = 0;
    double cost = 0;
    double accuracy = 0;
    NetworkVerdict verdict;
};

struct DataCheck {
    std::vector<Eigen::Index> sizes;
    std::vector<Checkpoint> checkpoints;

    Outcome outcome() const;
    bool cost_fell() const;
};

/// Standardises the features, trains features-20-7-5-1 (relu, sigmoid, binary cross-entropy; the course's seed and
/// learning rate 0.0075 times 10) for `iterations` steps and checks the gradients at the start, half way and at the
/// end; then the same network once more with the course's 0.01 initial weights and zero biases, where gradients vanish
/// and pre-activations lie exactly on the kink. `progress` is told, often, how many of these steps are done. A stop
/// leaves out what was not yet done.
DataCheck check_on_data(const LabelledData& data, std::size_t iterations, const Progress& progress = {},
                        const std::stop_token& stop = {});

}  // namespace gradproof::checks
