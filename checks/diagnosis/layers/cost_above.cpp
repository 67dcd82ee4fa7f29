// SPDX-License-Identifier: MIT
#include "diagnosis/layers/cost_above.hpp"

#include <fmt/core.h>

namespace gradproof::diagnosis {

std::vector<CostAbove> costs_above(const Shape& losses) {
    const Eigen::Index all = size_of(losses);
    std::vector<CostAbove> costs{{fmt::format("the mean of all {} losses", all), static_cast<double>(all)}};
    if (losses.size() == 2) {
        costs.push_back(
            {fmt::format("the sum of all losses by the {} rows", losses[0]), static_cast<double>(losses[0])});
        costs.push_back(
            {fmt::format("the sum of all losses by the {} columns", losses[1]), static_cast<double>(losses[1])});
    }
    costs.push_back({"the sum of all losses", 1});
    return costs;
}

}  // namespace gradproof::diagnosis
