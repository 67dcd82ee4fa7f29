// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::cli {

/// Prints the activations, the losses and the pairings that make sense, canonical ones marked. Returns exit status 0.
int run_list();

}  // namespace gradproof::cli
