// SPDX-License-Identifier: MIT
//
// How much memory this process has had.
#pragma once

namespace gradproof::bench {

/// The most memory this process has had resident since the last reset, in bytes; 0 where the system does not tell.
double peak_memory();
void reset_peak_memory();

}  // namespace gradproof::bench
