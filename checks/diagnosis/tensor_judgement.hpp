// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/rounding.hpp"

namespace gradproof::diagnosis {

/// Our own passes, and how far rounding moves them for somebody who computes in double, or in float32.
struct Reference {
    Cache<double> cache;
    Gradients<double> right;
    Roundings in_double;
    Roundings in_float;  ///< filled only if something was computed in float32
};

Reference reference_for(const Submission& submission);

/// The estimate of the tensor at this place; null if there is none.
const checks::TensorEstimate* estimate_at(const checks::NetworkEstimates& estimates, Place place);

/// The convention of the user's backward pass at kinks: what most of the entries there that are right follow. Empty if
/// none does.
std::optional<checks::KinkConvention> slope_at_kinks(const Submission& submission,
                                                     const checks::NetworkEstimates& estimates,
                                                     const Reference& reference);

/// The verdict on one of the user's tensors from differences. What differences confirm, though it lies outside rounding
/// of the formula, is left undecided: the error is real and below their error bar. So is what is right at a kink by
/// itself, but not with `slope`, which the other entries take there.
TensorResult judge_tensor(const Submission& submission, Place place, const checks::TensorEstimate& estimate,
                          const Reference& reference, const std::optional<checks::KinkConvention>& slope);

}  // namespace gradproof::diagnosis
