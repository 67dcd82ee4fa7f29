// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>

#include "gradproof/checks/kinked_examples.hpp"

namespace gradproof::checks {

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

    std::shared_ptr<const RowProbe<double>> plain_;
    mutable Recast<long double> extended_;
    mutable Recast<ExtendedDual> dual_;
};

}  // namespace gradproof::checks
