// SPDX-License-Identifier: MIT
#include "claims/points.hpp"

#include <cmath>

namespace gradproof::checks {

std::vector<double> ordinary_points() {
    return {-8, -3, -1, -0.25, -1e-3, 0, 1e-3, 0.25, 1, 3, 8};
}

std::vector<double> tail_points() {
    return {-300, -40, -20, 20, 40, 300};
}

std::vector<double> prediction_points(const Interval& domain) {
    std::vector<double> points;
    for (const double candidate : {-20.0, -1.0, -1e-3, 1e-9, 1e-3, 0.125, 0.5, 0.75, 0.999, 1.0, 3.0, 20.0})
        if (domain.contains(candidate)) points.push_back(candidate);
    return points;
}

std::vector<double> label_points(const LossFacts& loss) {
    const Interval& domain = loss.label_domain;
    std::vector<double> points;
    const std::vector<double> candidates = loss.labels == Labels::counts  ? std::vector<double>{0, 1, 2, 7}
                                           : loss.labels == Labels::signs ? std::vector<double>{-1, 1}
                                                                          : std::vector<double>{-2, 0, 0.25, 1, 5};
    for (const double candidate : candidates)
        if (domain.contains(candidate)) points.push_back(candidate);
    return points;
}

OutputPoints output_points(const LossFacts& loss) {
    constexpr Eigen::Index n = 4;
    const std::vector<double> allowed = label_points(loss);
    const auto m = static_cast<Eigen::Index>(allowed.size()) + 2;
    OutputPoints points{.Z = Eigen::MatrixXd(n, m), .Y = Eigen::MatrixXd(n, m)};
    for (Eigen::Index i = 0; i < m; ++i) {
        for (Eigen::Index k = 0; k < n; ++k) {
            // Irregular on purpose, in [-3, 3], near 0 too, and never on a kink.
            points.Z(k, i) = 3 * std::sin(1.3 * static_cast<double>(k) + 2.1 * static_cast<double>(i) + 0.4);
            points.Y(k, i) = allowed[static_cast<std::size_t>(i + k) % allowed.size()];
            // A prediction of relu is 0 often: it shall not lie on the kink of the loss.
            if (loss.has_kinks && loss.labels == Labels::numbers) points.Y(k, i) += 0.0625;
        }
        if (loss.labels != Labels::distribution) continue;
        if (i % 2 == 0) {
            points.Y.col(i).setZero();
            points.Y(i % n, i) = 1;
        } else {
            points.Y.col(i) << 0.5, 0.25, 0.125, 0.125;
        }
    }
    return points;
}

}  // namespace gradproof::checks
