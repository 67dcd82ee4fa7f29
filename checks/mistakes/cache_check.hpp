// SPDX-License-Identifier: MIT
//
// The user's forward pass against ours, before any gradient: many a "wrong gradient" is a right one for a forward pass
// that is stale, or that computes something else.
#pragma once

#include <string>
#include <vector>

#include "rounding.hpp"
#include "submission.hpp"

namespace gradproof::mistakes {

/// A tensor of the forward pass, or the cost, that is not what the file's own numbers before it give.
struct CacheFault {
    std::string tensor;
    std::string text;  ///< what is wrong, and what it would be right for, if anything
};

struct CacheCheck {
    std::vector<CacheFault> faults;  ///< in forward order; each tensor judged on the user's own ones before it
    /// What the user's backward pass had: the given tensors, else computed from them. Empty if none was given.
    Cache<double> cache;
    std::size_t looked_at = 0;  ///< tensors that were given and compared
};

/// `ours` is our forward pass of the submission, `roundings` how far rounding moves it and the cost.
CacheCheck check_cache(const Submission& submission, const Cache<double>& ours, const Roundings& roundings);

}  // namespace gradproof::mistakes
