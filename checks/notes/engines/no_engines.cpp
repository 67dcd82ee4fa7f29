// SPDX-License-Identifier: MIT
//
// Without FLINT and Arb there is no engine that proves, and no claim is called exact or certified.
#include "notes/engines/engines.hpp"

namespace gradproof::proof {

std::vector<notes::NamedEngine> engines() {
    return {};
}

notes::DistanceBound distance_bound() {
    return {};
}

}  // namespace gradproof::proof
