// SPDX-License-Identifier: MIT
//
// The user's forward pass against ours, before any gradient: many a "wrong gradient" is a right one for a forward pass
// that is stale, or that computes something else.
#pragma once

#include <string>
#include <vector>

#include "submission.hpp"

namespace gradproof::mistakes {

/// A tensor of the forward pass, or the cost, that is not what the file's own numbers before it give.
struct CacheFault {
    std::string tensor;
    std::string text;  ///< what is wrong, and what it would be right for, if anything
};

struct CacheCheck {
    std::vector<CacheFault> faults;  ///< in forward order; each tensor judged on the user's own ones before it
    Cache<double> cache;             ///< what the user's backward pass had: the given tensors, else computed from them
    std::size_t looked_at = 0;       ///< tensors that were given and compared
};

CacheCheck check_cache(const Submission& submission);

}  // namespace gradproof::mistakes
