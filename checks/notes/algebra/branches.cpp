// SPDX-License-Identifier: MIT
#include "notes/algebra/branches.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "notes/algebra/field.hpp"

namespace gradproof::proof {

std::size_t for_each_branch(const std::function<void()>& body, const Branching& branching) {
    struct Decision {
        std::vector<int> untried;
        int taken;
    };
    std::vector<Decision> decisions;  // of the present run
    for (std::size_t count = 1; count <= branching.limit; ++count) {
        std::size_t asked = 0;
        {
            const Deciding deciding([&](const Symbol& difference, bool only_zero) {
                if (branching.varied && !branching.varied(difference)) return 1;
                if (asked == decisions.size()) {
                    std::vector<int> others;
                    if (only_zero || branching.with_ties) others.push_back(0);
                    if (!only_zero) others.push_back(-1);
                    decisions.push_back({others, 1});
                }
                return decisions[asked++].taken;
            });
            body();
        }
        while (!decisions.empty() && decisions.back().untried.empty()) decisions.pop_back();
        if (decisions.empty()) return count;
        decisions.back().taken = decisions.back().untried.back();
        decisions.back().untried.pop_back();
    }
    throw std::length_error("a formula has more than " + std::to_string(branching.limit) + " branches");
}

void along_one_branch(const std::function<bool(std::size_t)>& upward, const std::function<void()>& body) {
    std::size_t asked = 0;
    const Deciding deciding([&](const Symbol&, bool only_zero) { return upward(asked++) || only_zero ? 1 : -1; });
    body();
}

}  // namespace gradproof::proof
