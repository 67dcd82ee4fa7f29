// SPDX-License-Identifier: MIT
#pragma once

namespace gradproof::proof {

/// Cases proof/layers/<layer>/<shapes>: what a layer of arrays pulls back is, on symbols, the derivative of
/// sum(d_output * output).
void add_layer_cases();

}  // namespace gradproof::proof
