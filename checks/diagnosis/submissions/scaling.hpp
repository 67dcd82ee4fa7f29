// SPDX-License-Identifier: MIT
//
// Which cost somebody's gradients are those of: the factor in front of the loss, the scale of the L2 term, and whether
// dZ and dA carry the 1/m. Taken from the stated cost and from the numbers, where they decide.
#pragma once

#include <optional>
#include <vector>

#include "diagnosis/submission.hpp"

namespace gradproof::diagnosis {

/// What was declared of the cost.
struct DeclaredCost {
    std::vector<double> factors{1};  ///< what the word for the loss may mean, the likeliest first
    double lambda = 0;
    std::optional<L2Scale> l2{};
    std::optional<bool> mean_in_dZ{};
    bool is_weighted_mean = false;  ///< with weights of classes or a mask, likelier divided by their sum than by m
};

/// What the numbers say.
struct ReadScaling {
    Scaling scaling{};
    std::size_t agreeing = 0;        ///< tensors that are right under it
    std::size_t given = 0;           ///< of so many
    std::optional<Scaling> other{};  ///< under which all are right, though it is none that was declared
    std::vector<std::string> remarks{};
};

/// The reading under which most tensors of `raw` are right, among those that the declaration allows; if the file states
/// a cost that one of the usual readings gives, among those that give it. `raw` holds the numbers of the file in the
/// course's layout, unscaled, with λ = 0.
ReadScaling read_scaling(const Submission& raw, const DeclaredCost& declared);

/// The submission in the course's scale: as if the user's J were the mean loss with λ/(2m).
void apply(const Scaling& scaling, Submission& raw);

}  // namespace gradproof::diagnosis
