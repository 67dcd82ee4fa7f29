// SPDX-License-Identifier: MIT
//
// Estimates of sums: of a derivative that is a sum, or a multiple, of others.
#pragma once

#include "gradproof/checks/verdict.hpp"

namespace gradproof::checks {

/// The estimate of a + b.
Estimate sum_of(const Estimate& a, const Estimate& b);

/// The estimate of `factor` times a. Of an entry that was not checked nothing is known, whatever the factor.
Estimate multiple_of(const Estimate& a, double factor);

}  // namespace gradproof::checks
