// SPDX-License-Identifier: MIT
#include "engines.hpp"

#include "certified_engine.hpp"
#include "exact_engine.hpp"

namespace gradproof::proof {

std::vector<notes::NamedEngine> engines() {
    return {{"exact", prove_exactly}, {"balls", certify}};
}

}  // namespace gradproof::proof
