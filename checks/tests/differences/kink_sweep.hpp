// SPDX-License-Identifier: MIT
//
// Right and wrong values of every entry of a network with exact kinks, judged, and what became of them.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/kinked_network.hpp"

namespace gradproof::checks {

struct OutcomeCounts {
    std::size_t confirmed = 0;
    std::size_t undecided = 0;
    std::size_t refuted = 0;

    void count(Outcome outcome);
};

struct KinkSweep {
    std::size_t networks = 0;
    std::size_t left_out = 0;  ///< with a pre-activation that rounding alone keeps off its kink
    std::size_t entries = 0;
    std::size_t at_kinks = 0;   ///< entries with more than one right value
    OutcomeCounts conventions;  ///< backpropagation with c = 0, 1/2, 1 and 0.3
    OutcomeCounts sides;        ///< the derivatives from either side and what lies between them
    OutcomeCounts mixed;        ///< layers that differ in their conventions, where that is in neither set
    OutcomeCounts wrong;        ///< in neither set, though a sum in which each example takes its own side reaches it
    std::vector<std::string> complaints{};  ///< right ones refuted, wrong ones confirmed
};

/// Judges the values of every entry and adds to `sweep`.
void judge_kinked_network(const KinkedNetwork& kinked, KinkSweep& sweep);

}  // namespace gradproof::checks
