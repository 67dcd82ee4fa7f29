// SPDX-License-Identifier: MIT
#pragma once

#include "differences/sampled_line.hpp"

namespace gradproof::checks {

/// Whether a component of the curve is smooth to rounding over half of x to either side. Values of an iteration that is
/// stopped early, of a table or of a shorter mantissa are not, although next to x they may lie on a smooth curve whose
/// slope is that of the error as well. 33 values.
bool is_smooth_over_half(SampledLine& line, Eigen::Index component);

}  // namespace gradproof::checks
