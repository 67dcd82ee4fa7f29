// SPDX-License-Identifier: MIT
//
// The derivatives of the examples' losses in one row of Z[l] or A[l], with what kinks and dead units make of them, and
// their means over the examples: an entry of W[l] moves the row by its activation in each example, so that one estimate
// an example serves a whole row of dW. derivations/finite_differences.md (incremental)
#pragma once

#include <memory>
#include <vector>

#include "differences/dense/row_differences.hpp"
#include "differences/network/kinked_examples.hpp"

namespace gradproof::checks {

struct RowDerivatives {
    std::vector<Estimate> estimates;                        ///< of the examples, one after the other
    std::vector<std::shared_ptr<const KinkSlopes>> slopes;  ///< null but where the example shows a kink

    void append(const RowDerivatives& more);
};

/// One Z[l] or A[l], whose rows are differentiated in double.
class LayerDifferences {
  public:
    /// `dual` is the same network, and `kinked` the examples with units on kinks that the rows may reach. All three
    /// must outlive this.
    LayerDifferences(const RowProbe<double>& probe, const Network<Dual<double>>& dual, const KinkedExamples& kinked,
                     Row::Of of, std::size_t l);

    /// Of the losses of these examples in row j.
    RowDerivatives of_row(const StepRange& range, Eigen::Index j, const Examples& examples,
                          const IsEnough& is_enough = never_enough) const;

    const RowDifferences<double>& differences() const { return differences_; }
    const KinkedExamples& kinked() const { return *kinked_; }

  private:
    void mark_dead(Eigen::Index j, const Examples& examples, LossDerivatives& losses) const;

    RowDifferences<double> differences_;
    const KinkedExamples* kinked_;
    const Network<Dual<double>>* dual_;
    double rounding_of_backward_;
};

/// Estimate n of a row as a derivative that somebody computed by a backward pass, which rounds.
Estimate of_example(const RowDerivatives& row, std::size_t n, const KinkedExamples& kinked,
                    double rounding_of_backward);

/// The means over all examples, where entry n moves the row by directions(n, i) in example i: with the activations of
/// the layer before, a row of dW[l].
std::vector<Estimate> means_along(const RowDerivatives& row, const Eigen::Ref<const Eigen::MatrixXd>& directions,
                                  const KinkedExamples& kinked, double rounding_of_backward);

}  // namespace gradproof::checks
