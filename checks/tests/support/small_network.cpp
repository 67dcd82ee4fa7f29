// SPDX-License-Identifier: MIT
#include "tests/support/small_network.hpp"

#include <cmath>

#include "gradproof/checks/course_random.hpp"

namespace gradproof::checks {

SmallNetwork small_network(const std::vector<Eigen::Index>& sizes, const AnyActivation& hidden,
                           const AnyActivation& output, const AnyLoss& loss, Eigen::Index m, double lambda,
                           std::uint32_t seed, double weight_scale, double bias_scale) {
    CourseRandom random(seed);
    SmallNetwork small;
    small.X = random.randn(sizes.front(), m);
    small.Y = (random.randn(sizes.back(), m).array() > 0).cast<double>();
    for (std::size_t l = 1; l < sizes.size(); ++l) {
        const double factor = weight_scale / std::sqrt(static_cast<double>(sizes[l - 1]));
        small.network.layers.push_back(
            {{factor * random.randn(sizes[l], sizes[l - 1]), Vector<double>(bias_scale * random.randn(sizes[l], 1))},
             l + 1 == sizes.size() ? output : hidden});
    }
    small.network.loss = loss;
    small.network.lambda = lambda;
    return small;
}

}  // namespace gradproof::checks
