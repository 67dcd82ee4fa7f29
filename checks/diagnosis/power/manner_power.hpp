// SPDX-License-Identifier: MIT
//
// The power of the check on files as people bring them: right gradients in every layout, naming and scale of the cost,
// and wrong ones.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace gradproof::diagnosis {

/// What became of the files of one kind.
struct MannerCounts {
    std::size_t right = 0;
    std::size_t right_confirmed = 0;
    std::size_t wrong = 0;
    std::size_t wrong_refuted = 0;
    std::size_t wrong_confirmed = 0;
    std::size_t named = 0;  ///< of the wrong ones: with the right name among those given
};

struct MannerPower {
    std::map<std::string, MannerCounts> by_layout;
    std::map<std::string, MannerCounts> by_naming;
    std::map<std::string, MannerCounts> by_loss;  ///< by its owner's word
    std::size_t networks = 0;
    std::vector<std::string> examples{};  ///< right ones not confirmed and wrong ones confirmed, with their reports

    MannerCounts total() const;
};

struct MannerPowerOptions {
    std::size_t right = 1000;
    std::size_t wrong = 5000;
    std::function<void(std::size_t done)> done = {};  ///< told how many files are judged
    std::stop_token stop = {};
};

/// Networks drawn from 1, 2, ...: the first `right` of them with right gradients, and some of the
/// catalogue's mistakes in as many as it takes. Of a wrong file the layout, the 1/m in dZ and what the word for the
/// loss means are for the numbers to decide; the scale of its L2 term is declared, as a wrong one is right for another
/// cost, and words for a loss with two readings are left out for the same reason.
MannerPower measure_manner_power(const MannerPowerOptions& options);

/// Tables in Markdown: by layout, naming and loss.
std::string manner_power_text(const MannerPower& power);

}  // namespace gradproof::diagnosis
