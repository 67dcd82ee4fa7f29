// SPDX-License-Identifier: MIT
//
// The power of the check at exact kinks: networks whose pre-activations lie on them, right gradients of several
// conventions, and wrong ones that a sum in which each example takes its own side would let through.
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace gradproof::diagnosis {

/// What became of submissions of one kind.
struct KinkPowerCounts {
    std::size_t submissions = 0;
    std::size_t confirmed = 0;
    std::size_t undecided = 0;
    std::size_t refuted = 0;
};

struct KinkPower {
    std::size_t networks = 0;
    std::size_t networks_left_out = 0;  ///< by a stop
    KinkPowerCounts conventions;        ///< right: backpropagation with c = 0, 1/2 and 1
    KinkPowerCounts subgradients;       ///< each entry somewhere else between the cost's one-sided derivatives
    KinkPowerCounts half_of_examples;   ///< wrong: every second example on the other side
    KinkPowerCounts between_examples;   ///< wrong: one entry inside the sum of the examples' own intervals
    std::vector<std::string> examples;  ///< right ones refuted and wrong ones confirmed, for whoever looks into it
};

/// Small networks with whole numbers for weights and inputs, zero biases and repeated examples, drawn from 1, 2, ...,
/// `seeds`. `done` is told after each network.
KinkPower measure_kink_power(int seeds, const std::stop_token& stop, const std::function<void()>& done);

/// How many networks that are.
std::size_t count_of_kink_networks(int seeds);

/// A table in Markdown.
std::string kink_power_text(const KinkPower& power);

}  // namespace gradproof::diagnosis
