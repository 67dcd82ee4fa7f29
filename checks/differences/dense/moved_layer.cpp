// SPDX-License-Identifier: MIT
#include "differences/dense/moved_layer.hpp"

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

// The first Z that moves.
std::size_t start_of(Row::Of of, std::size_t l) {
    return of == Row::Of::pre_activation ? l : l + 1;
}

}  // namespace

MovedLayer::MovedLayer(const RowProbe<double>& probe_, Row::Of of_, std::size_t l_)
    : probe(probe_),
      of(of_),
      l(l_),
      forward(probe_),
      rounding(rounding_of_losses(probe_, start_of(of_, l_))),
      rounding_of_backward(checks::rounding_of_backward(*probe_.network)),
      rounding_grows(rounding_grows_with_loss(*probe_.network)),
      with_kinks(probe_.has_kinks_from(start_of(of_, l_))),
      kinked(probe_, start_of(of_, l_)) {}

}  // namespace gradproof::checks
