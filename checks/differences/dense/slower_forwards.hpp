// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>

#include "differences/network/kinked_examples.hpp"
#include "differences/network/pass_rounding.hpp"

namespace gradproof::checks {

/// The network's forward pass in the slower scalars, each made when first asked for. Safe to share between threads.
class SlowerForwards {
  public:
    explicit SlowerForwards(std::shared_ptr<const RowProbe<double>> plain) : plain_(std::move(plain)) {}

    std::shared_ptr<const RowProbe<long double>> extended() const;
    std::shared_ptr<const RowProbe<ExtendedDual>> dual() const;

    /// Row k of A[l] with the longer mantissa, rounded once.
    Matrix<double> activations(std::size_t l, Eigen::Index k) const;

    /// What rounding can do to a pass with the longer mantissa.
    const PassRounding<long double>& rounding() const;

  private:
    template <class S>
    struct Recast {
        std::once_flag made;
        Network<S> network;
        std::shared_ptr<const RowProbe<S>> probe;
    };

    std::shared_ptr<const RowProbe<double>> plain_;
    mutable Recast<long double> extended_;
    mutable Recast<ExtendedDual> dual_;
    mutable std::once_flag rounding_made_;
    mutable PassRounding<long double> rounding_;
};

}  // namespace gradproof::checks
