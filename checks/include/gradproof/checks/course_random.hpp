// SPDX-License-Identifier: MIT
//
// The numbers that NumPy's legacy generator draws for a seed, so that the course's inputs need no file, and that a seed
// means the same numbers with every compiler: std::mt19937 is specified, std::normal_distribution is not.
#pragma once

#include <Eigen/Core>
#include <cmath>
#include <cstdint>
#include <optional>
#include <random>

namespace gradproof::checks {

/// np.random.seed(seed), then rand() and randn() in the order they are called.
class CourseRandom {
  public:
    explicit CourseRandom(std::uint32_t seed) : generator_(seed) {}

    /// Uniform in [0, 1), 53 bits.
    double rand() {
        const auto high = static_cast<double>(generator_() >> 5U);
        const auto low = static_cast<double>(generator_() >> 6U);
        return (high * 67108864.0 + low) / 9007199254740992.0;
    }

    /// Standard normal, by Marsaglia's polar method, which draws two at a time.
    double randn() {
        if (kept_) {
            const double value = *kept_;
            kept_.reset();
            return value;
        }
        double x = 0;
        double y = 0;
        double r = 0;
        do {
            x = 2 * rand() - 1;
            y = 2 * rand() - 1;
            r = x * x + y * y;
        } while (r >= 1 || r == 0);
        const double f = std::sqrt(-2 * std::log(r) / r);
        kept_ = f * x;
        return f * y;
    }

    /// np.random.randn(rows, columns): drawn row by row.
    Eigen::MatrixXd randn(Eigen::Index rows, Eigen::Index columns) {
        Eigen::MatrixXd matrix(rows, columns);
        for (Eigen::Index row = 0; row < rows; ++row)
            for (Eigen::Index column = 0; column < columns; ++column) matrix(row, column) = randn();
        return matrix;
    }

  private:
    std::mt19937 generator_;
    std::optional<double> kept_;
};

}  // namespace gradproof::checks
