// SPDX-License-Identifier: MIT
#include "catalogue.hpp"

#include "catalogue_list.hpp"

namespace gradproof::mistakes {

const std::vector<Mistake>& catalogue() {
    static const std::vector<Mistake> mistakes = all_mistakes();
    return mistakes;
}

}  // namespace gradproof::mistakes
