// SPDX-License-Identifier: MIT
//
// What this machine takes for one operation when nothing holds it up: the floor below which no check of this kind gets.
#pragma once

#include "gradproof/activation_list.hpp"

namespace gradproof::bench {

/// Seconds on one core for one multiply-add of vectors in registers, rounded twice as the library does.
double seconds_a_multiply_add();

/// Seconds on one core for one value of the activation, from and to the first-level cache.
double seconds_a_value(const AnyActivation& activation);

/// The most memory this process has had resident since the last reset, in bytes; 0 where the system does not tell.
double peak_memory();
void reset_peak_memory();

}  // namespace gradproof::bench
