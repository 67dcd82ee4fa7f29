// SPDX-License-Identifier: MIT
//
// The power of the check itself: every mistake of the catalogue planted into many networks, and how many of them are
// caught and named. Without such a measure nobody knows what a checker lets pass.
#pragma once

#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "diagnosis/power/kink_power.hpp"
#include "diagnosis/power/layer_power.hpp"
#include "diagnosis/power/manner_power.hpp"
#include "gradproof/checks/parallel.hpp"

namespace gradproof::diagnosis {

struct PowerOptions {
    int seeds = 1;
    int every = 1;        ///< of all plantings of a network, take each n-th (and another n-th for each network)
    bool pairs = true;    ///< also two mistakes at once
    bool kinks = true;    ///< also networks with pre-activations exactly on kinks
    bool layers = true;   ///< also backward functions of one layer
    bool manners = true;  ///< also files as people bring them
    bool with_dZ = true;  ///< also with dZ and dA in the file, not dW and db alone
    checks::Progress progress = {};  ///< told how many networks are done
    std::stop_token stop = {};       ///< asks to return the counts of the networks done so far
};

/// Counts over planted mistakes. Those whose numbers are the right ones to rounding (a missing transpose of a symmetric
/// matrix, a mask no example meets) are `invisible`, as are pairs that look like one of them, and belong to no other
/// count.
struct PowerCounts {
    std::size_t planted = 0;
    std::size_t invisible = 0;
    std::size_t refuted = 0;
    std::size_t undecided = 0;
    std::size_t missed = 0;
    std::size_t named = 0;           ///< of the refuted: the right name, alone
    std::size_t named_among = 0;     ///< of the refuted: the right name, among others that give the same numbers
    std::size_t shown_to_rules = 0;  ///< of the visible: dW or db are wrong, so that a rule could see it
    std::vector<std::size_t> accepted_by_rule{};  ///< of these: accepted by each of the fixed rules

    std::size_t visible() const { return planted - invisible; }
    PowerCounts& operator+=(const PowerCounts& other);
};

struct Power {
    std::map<std::string, PowerCounts> by_mistake;  ///< by slug; pairs under "two mistakes"
    std::map<std::string, PowerCounts> by_scale;    ///< by the size of the weights
    std::size_t networks = 0;
    std::size_t networks_left_out = 0;  ///< by a stop
    std::size_t right_submissions = 0;
    std::size_t false_alarms = 0;     ///< right gradients that were refuted
    std::size_t right_undecided = 0;  ///< right gradients that were left undecided
    KinkPower at_kinks{};
    LayerPower of_layers{};
    MannerPower in_manners{};
    std::vector<std::size_t> rule_false_alarms{};
    std::vector<std::string> examples{};  ///< the first few missed and wrongly named ones, for whoever looks into it

    PowerCounts total() const;
    double named_share() const;  ///< of the refuted, with the right name among those given
};

/// Deterministic: the networks are drawn from the seeds 1, 2, ... A stop leaves out the networks not yet done.
Power measure_power(const PowerOptions& options);

/// Tables in Markdown: by mistake, the check next to the fixed rules, at exact kinks, and as people bring it.
std::string power_text(const Power& power);

}  // namespace gradproof::diagnosis
