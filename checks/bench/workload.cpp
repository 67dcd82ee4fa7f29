// SPDX-License-Identifier: MIT
#include "bench/workload.hpp"

#include <cmath>
#include <random>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace gradproof::bench {
namespace {

// The bits of mt19937 are specified, std's distributions are not.
class Numbers {
  public:
    double uniform() { return static_cast<double>(generator_()) * 0x1p-32; }
    double normal() {
        double sum = -6;
        for (int n = 0; n < 12; ++n) sum += uniform();
        return sum;
    }

  private:
    std::mt19937 generator_{1};
};

}  // namespace

double Workload::parameters() const {
    double count = 0;
    for (const auto& layer : network.layers) count += static_cast<double>(layer.dense.W.size() + layer.dense.b.size());
    return count;
}

Workload workload(const std::vector<Eigen::Index>& sizes, const AnyActivation& hidden, Eigen::Index m) {
    Numbers numbers;
    Workload work{.network = {.layers = {}, .loss = BinaryCrossEntropy{}}, .X = {}, .Y = {}};
    work.Y = Matrix<double>::NullaryExpr(sizes.back(), m, [&] { return numbers.uniform() < 0.5 ? 0.0 : 1.0; });
    // From the last layer on, so that another number of features changes W[1] and X alone: how many units are dead, and
    // so cost nothing, would be another chance for each size.
    work.network.layers.resize(sizes.size() - 1);
    for (std::size_t l = sizes.size() - 1; l > 0; --l) {
        auto& layer = work.network.layer(l);
        const double scale = 1 / std::sqrt(static_cast<double>(sizes[l - 1]));
        layer.activation = l + 1 < sizes.size() ? hidden : AnyActivation(Sigmoid{});
        layer.dense.b = Vector<double>::NullaryExpr(sizes[l], [&] { return 0.1 * numbers.normal(); });
        layer.dense.W = Matrix<double>::NullaryExpr(sizes[l], sizes[l - 1], [&] { return numbers.normal() * scale; });
    }
    // Centred: then a relu is on in about half of the examples, where with all of X positive it is on in nearly all or
    // nearly none.
    work.X =
        Matrix<double>::NullaryExpr(sizes.front(), m, [&] { return std::floor(256 * numbers.uniform()) / 255 - 0.5; });
    return work;
}

}  // namespace gradproof::bench
