// SPDX-License-Identifier: MIT
#include "branches.hpp"

#include <stdexcept>
#include <string>
#include <vector>

#include "field.hpp"

namespace gradproof::proof {

std::size_t for_each_branch(const std::function<void()>& body, const Varied& varied, std::size_t limit) {
    std::vector<bool> upward;  // the decisions of the present run
    for (std::size_t count = 1; count <= limit; ++count) {
        std::size_t asked = 0;
        {
            const Deciding deciding([&](const Symbol& difference, bool only_zero) {
                if (varied && !varied(difference)) return 1;
                if (asked == upward.size()) upward.push_back(true);
                return upward[asked++] ? 1 : only_zero ? 0 : -1;
            });
            body();
        }
        while (!upward.empty() && !upward.back()) upward.pop_back();
        if (upward.empty()) return count;
        upward.back() = false;
    }
    throw std::length_error("a formula has more than " + std::to_string(limit) + " branches");
}

void along_one_branch(const std::function<bool(std::size_t)>& upward, const std::function<void()>& body) {
    std::size_t asked = 0;
    const Deciding deciding([&](const Symbol&, bool only_zero) { return upward(asked++) || only_zero ? 1 : -1; });
    body();
}

}  // namespace gradproof::proof
