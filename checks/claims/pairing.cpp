// SPDX-License-Identifier: MIT
#include "claims/pairing.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

namespace gradproof::checks {

std::vector<Pairing> all_pairings() {
    std::vector<Pairing> pairings;
    for (const AnyActivation& activation : all_activations())
        for (const AnyLoss& loss : all_losses())
            if (are_compatible(activation, loss))
                pairings.push_back({activation, loss, is_canonical_pair(activation, loss)});
    return pairings;
}

std::vector<Pairing> swept_pairings() {
    constexpr std::size_t times = 3;
    const std::vector<Pairing> all = all_pairings();
    std::vector<std::size_t> order(all.size());
    for (std::size_t n = 0; n < order.size(); ++n) order[n] = n;
    // A multiplication by an odd number permutes: a mix that is the same on every machine.
    const auto mixed = [](std::size_t n) { return static_cast<std::uint32_t>(n + 1) * 2654435761u; };
    std::ranges::stable_sort(order, {}, mixed);
    std::map<std::string, std::size_t> met;
    std::vector<bool> is_swept(all.size());
    const auto take = [&](std::size_t n) {
        is_swept[n] = true;
        ++met[name_of(all[n].activation)];
        ++met[name_of(all[n].loss)];
    };
    for (std::size_t n = 0; n < all.size(); ++n)
        if (all[n].canonical) take(n);
    for (const std::size_t n : order)
        if (!is_swept[n] && (met[name_of(all[n].activation)] < times || met[name_of(all[n].loss)] < times)) take(n);
    std::vector<Pairing> swept;
    for (std::size_t n = 0; n < all.size(); ++n)
        if (is_swept[n]) swept.push_back(all[n]);
    return swept;
}

}  // namespace gradproof::checks
