// SPDX-License-Identifier: MIT
//
// The fallback for derivatives whose estimate in double is too wide to tell: the losses are differentiated again with a
// 64-bit mantissa, and what is then still too wide with dual numbers. Slow, so each example of a row is done once, for
// all entries of the row of W[l]. derivations/finite_differences.md
#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <vector>

#include "differences/dense/extended_pass.hpp"
#include "differences/dense/row_derivatives.hpp"
#include "gradproof/checks/parallel.hpp"

namespace gradproof::checks {

/// One Z[l] or A[l] in extended precision. Safe to share between threads.
class ExtendedLayer {
  public:
    /// `pass`, `kinked` and `loop` must outlive this.
    ExtendedLayer(const ExtendedPass& pass, const KinkedExamples& kinked, const TaskLoop& loop, Row::Of of,
                  std::size_t l, int required_digits);

  private:
    friend class ExtendedRow;

    const RowDifferences<long double>& differences() const;

    const ExtendedPass* pass_;
    const KinkedExamples* kinked_;
    const TaskLoop* loop_;
    Row::Of of_;
    std::size_t l_;
    int required_digits_;
    double rounding_of_backward_;
    mutable std::once_flag made_;
    mutable std::optional<RowDifferences<long double>> differences_;
};

/// Whether an estimate decides as many digits as are required.
bool is_decided(const Estimate& estimate, int required_digits);

/// One row, for one thread. Its examples are differentiated when they are first asked for.
class ExtendedRow {
  public:
    /// `layer` must outlive this.
    ExtendedRow(const ExtendedLayer& layer, Eigen::Index j);

    /// Adds to the mean in direction n what the losses do not have (regularisation), which may cancel it and so ask for
    /// more digits.
    using Finish = std::function<Estimate(Eigen::Index n, const Estimate&)>;

    /// The means over all examples when the row moves along each of `directions` (n × m). Not checked after a stop.
    std::vector<Estimate> means(const Matrix<double>& directions, const Finish& finish);

    /// The derivative of the loss of example i. Not checked after a stop.
    Estimate of_example(Eigen::Index i);

  private:
    // Whether they could be made: not after a stop.
    bool make_differences(const Examples& examples);
    bool make_duals(const Examples& examples);
    Estimate mean_with(const Matrix<double>& direction, double allowed) const;
    bool has_enough_digits(const Estimate& estimate) const;

    const ExtendedLayer* layer_;
    Eigen::Index j_;
    std::vector<bool> has_difference_;
    std::vector<bool> has_dual_;
    RowDerivatives differences_;  // with a 64-bit mantissa
    std::vector<Estimate> duals_;
};

}  // namespace gradproof::checks
