// SPDX-License-Identifier: MIT
//
// What is done with an entry whose estimate is too wide to tell: the losses are differentiated again with a 64-bit
// mantissa, and what is then still too wide with dual numbers. Slow, so it is done once for each row of Z[l]: all
// entries of a row of W[l] move the same pre-activations, each example's by its own multiple.
// derivations/finite_differences.md
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "differences/dense/row_differences.hpp"
#include "differences/dense/slower_forwards.hpp"
#include "gradproof/checks/parallel.hpp"

namespace gradproof::checks {

/// The last resorts for the rows of one Z[l] or A[l]. Safe to share between threads.
class LastResorts {
  public:
    /// `slower` and `sharing` must outlive this.
    LastResorts(std::shared_ptr<const RowProbe<double>> probe, const SlowerForwards& slower, const Sharing& sharing,
                Row::Of of, std::size_t l, int required_digits);

    bool is_settled(const Estimate& estimate) const;

    /// The same of an estimate from here: one that is only a rest of what cancelled is to be as good as rounding
    /// allows.
    bool is_settled_here(const Estimate& estimate) const;

    /// The mean over the examples when row j moves along `direction` (1 × m), with what `finish` adds to it
    /// (regularisation), which may cancel it and so ask for more digits. Not checked after a stop.
    Estimate mean_along(Eigen::Index j, const Matrix<double>& direction,
                        const std::function<Estimate(const Estimate&)>& finish) const;

    /// Better estimates of those examples from `first` on for which `is_enough` does not hold, when row j moves. After
    /// a stop these are not checked.
    void improve(Eigen::Index j, Eigen::Index first, std::vector<Estimate>& estimates,
                 const std::function<bool(const Estimate&)>& is_enough) const;

  private:
    // Of some examples' losses, when a row moves by the same in each.
    struct RowEstimates {
        std::vector<Estimate> longer;  // differences with a 64-bit mantissa
        std::vector<Estimate> dual;
        std::vector<std::optional<KinkSlopes>> slopes;  // where the motion reaches a kink
    };
    // Made a few examples at a time, so that threads which need the same row share the work.
    struct KeptRow {
        struct Part {
            std::once_flag made;
            RowEstimates estimates;
        };
        std::vector<Part> parts;
        std::atomic<std::size_t> arrivals = 0;
    };

    std::size_t examples() const { return static_cast<std::size_t>(probe_->Y.cols()); }
    const RowDifferences<long double>& extended() const;
    RowEstimates estimates_of(Eigen::Index j, const std::vector<Eigen::Index>& examples) const;
    // All parts of a row; null after a stop.
    const std::vector<KeptRow::Part>* kept_parts_of(Eigen::Index j) const;

    std::shared_ptr<const RowProbe<double>> probe_;
    const SlowerForwards& slower_;
    const Sharing& sharing_;
    Row::Of of_;
    std::size_t l_;
    int required_digits_;
    double rounding_of_backward_;
    KinkedExamples kinked_;
    mutable std::once_flag extended_made_;
    mutable std::optional<RowDifferences<long double>> extended_;
    mutable std::vector<KeptRow> kept_;
};

}  // namespace gradproof::checks
