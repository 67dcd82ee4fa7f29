// SPDX-License-Identifier: MIT
//
// The network's forward pass with a 64-bit mantissa and in dual numbers, each made when first asked for.
#pragma once

#include <memory>
#include <mutex>

#include "differences/network/kinked_examples.hpp"
#include "differences/network/pass_rounding.hpp"

namespace gradproof::checks {

/// Safe to share between threads.
class ExtendedPass {
  public:
    /// The probe must outlive this.
    explicit ExtendedPass(const RowProbe<double>& plain) : plain_(&plain) {}

    const Network<double>& network() const { return *plain_->network; }
    std::size_t examples() const { return static_cast<std::size_t>(plain_->Y.cols()); }

    std::shared_ptr<const RowProbe<long double>> extended() const;
    std::shared_ptr<const RowProbe<ExtendedDual>> dual() const;

    /// Rows of A[l] with the longer mantissa, rounded once.
    Matrix<double> activations(std::size_t l, const std::vector<Eigen::Index>& rows) const;

    /// What rounding can do to a pass with the longer mantissa.
    const PassRounding<long double>& rounding() const;

  private:
    template <class S>
    struct Recast {
        std::once_flag made;
        Network<S> network;
        std::shared_ptr<const RowProbe<S>> probe;
    };

    const RowProbe<double>* plain_;
    mutable Recast<long double> extended_;
    mutable Recast<ExtendedDual> dual_;
    mutable std::once_flag rounding_made_;
    mutable PassRounding<long double> rounding_;
};

}  // namespace gradproof::checks
