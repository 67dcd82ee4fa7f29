// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::bench {

struct Workload {
    Network<double> network;
    Matrix<double> X;
    Matrix<double> Y;

    /// Entries of all W and b.
    double parameters() const;
};

/// A network of the given sizes (features first) with one sigmoid at the end, and m examples with pixels from -1/2 to
/// 1/2. Of two that differ in their features, all but W[1] and X is the same.
Workload workload(const std::vector<Eigen::Index>& sizes, const AnyActivation& hidden, Eigen::Index m);

}  // namespace gradproof::bench
