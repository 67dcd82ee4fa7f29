// SPDX-License-Identifier: MIT
//
// The user's forward pass against ours, before any gradient: many a "wrong gradient" is a right one for a forward pass
// that is stale, or that computes something else.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnosis/rounding.hpp"
#include "diagnosis/submission.hpp"

namespace gradproof::diagnosis {

/// A tensor of the forward pass that is not what the file's own numbers before it give.
struct CacheFault {
    std::string tensor;
    std::string text;  ///< what is wrong, and what it would be right for, if anything
};

/// The cost that the file states, beside J of its X, Y, weights and biases.
struct StatedCost {
    double given = 0;
    double computed = 0;
    std::string difference{};  ///< what the given one would be right for; empty where it is J to rounding

    bool is_J() const { return difference.empty(); }
};

/// "is J: 0.48", or "is not J: it is 0.96, J is 0.48; its loss is twice as large".
std::string describe(const StatedCost& cost);

struct CacheCheck {
    std::vector<CacheFault> faults;  ///< in forward order; each tensor judged on the user's own ones before it
    /// What the user's backward pass had: the given tensors, else computed from them. Empty if none was given.
    Cache<double> cache;
    std::size_t checked = 0;  ///< tensors that were given and compared
    std::optional<StatedCost> cost{};
};

/// `ours` is our forward pass of the submission, `roundings` how far rounding moves it and the cost.
CacheCheck check_cache(const Submission& submission, const Cache<double>& ours, const Roundings& roundings);

}  // namespace gradproof::diagnosis
