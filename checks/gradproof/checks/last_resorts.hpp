// SPDX-License-Identifier: MIT
//
// What is done with an entry whose estimate is too wide to tell: the examples that widen it are differentiated again
// with a 64-bit mantissa, and what is then still too wide with dual numbers. Slow, and rarely needed.
// derivations/finite_differences.md
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "gradproof/checks/dual.hpp"
#include "gradproof/checks/row_differences.hpp"

namespace gradproof::checks {

using ExtendedDual = Dual<long double>;

/// The network's forward pass in the slower scalars, each made when first asked for. Safe to share between threads.
class SlowerForwards {
  public:
    explicit SlowerForwards(std::shared_ptr<const RowProbe<double>> plain) : plain_(std::move(plain)) {}

    std::shared_ptr<const RowProbe<long double>> extended() const;
    std::shared_ptr<const RowProbe<ExtendedDual>> dual() const;

  private:
    template <class S>
    struct Recast {
        std::once_flag made;
        Network<S> network;
        std::shared_ptr<const RowProbe<S>> probe;
    };

    template <class S>
    std::shared_ptr<const RowProbe<S>> recast(Recast<S>& slower) const;

    std::shared_ptr<const RowProbe<double>> plain_;
    mutable Recast<long double> extended_;
    mutable Recast<ExtendedDual> dual_;
};

/// The last resorts for the rows of one Z[l] or A[l]. Safe to share between threads.
class LastResorts {
  public:
    LastResorts(std::shared_ptr<const RowProbe<double>> probe, const SlowerForwards& slower, Row::Of of, std::size_t l,
                int required_digits);

    bool is_settled(const Estimate& estimate) const;

    /// The mean over the examples when row j moves along `direction`, with what `finish` adds to it (regularisation),
    /// which may cancel it and so ask for more digits.
    Estimate mean_along(Eigen::Index j, const Matrix<double>& direction,
                        const std::function<Estimate(const Estimate&)>& finish) const;

    /// One example on its own when row j moves.
    Estimate example(Eigen::Index j, Eigen::Index i) const;

  private:
    const RowDifferences<double>& plain() const;
    const RowDifferences<long double>& extended() const;
    double width_allowed(const Estimate& estimate) const;
    template <class TooWide>
    void do_again(Eigen::Index j, const Matrix<double>& direction, std::vector<Estimate>& examples,
                  const TooWide& too_wide) const;
    std::vector<Estimate> by_dual_numbers(Eigen::Index j, const Matrix<double>& direction,
                                          const std::vector<Eigen::Index>& examples) const;

    std::shared_ptr<const RowProbe<double>> probe_;
    const SlowerForwards& slower_;
    Row::Of of_;
    std::size_t l_;
    int required_digits_;
    double rounding_of_backward_;
    mutable std::once_flag plain_made_;
    mutable std::optional<RowDifferences<double>> plain_;
    mutable std::once_flag extended_made_;
    mutable std::optional<RowDifferences<long double>> extended_;
};

}  // namespace gradproof::checks
