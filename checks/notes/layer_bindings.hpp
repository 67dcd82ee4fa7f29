// SPDX-License-Identifier: MIT
//
// The layers of arrays and their notes: which arrays a note's symbols are, and which output or derivative a tag is
// about.
#pragma once

#include <vector>

#include "notes/bindings.hpp"

namespace gradproof::notes {

/// One for each formula of a layer's note that is about an entry of an output or of a derivative.
std::vector<Binding> layer_bindings();

}  // namespace gradproof::notes
