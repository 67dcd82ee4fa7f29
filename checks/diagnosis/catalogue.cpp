// SPDX-License-Identifier: MIT
#include "diagnosis/catalogue.hpp"

#include <algorithm>
#include <stdexcept>

#include "catalogue_list.hpp"

namespace gradproof::diagnosis {

const std::vector<Mistake>& catalogue() {
    static const std::vector<Mistake> mistakes = all_mistakes();
    return mistakes;
}

const Mistake& mistake_named(std::string_view slug) {
    const auto found = std::ranges::find(catalogue(), slug, &Mistake::slug);
    if (found == catalogue().end()) throw std::out_of_range("no mistake has the slug " + std::string(slug));
    return *found;
}

}  // namespace gradproof::diagnosis
