// SPDX-License-Identifier: MIT
#include "claims/registry.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "spelling/edit_distance.hpp"

namespace gradproof::checks {
namespace {

template <class Any>
std::vector<std::string> names(const std::vector<Any>& all) {
    std::vector<std::string> result;
    for (const Any& one : all) result.emplace_back(name_of(one));
    return result;
}

template <class Any>
std::optional<Any> find(const std::vector<Any>& all, std::string_view name) {
    for (const Any& one : all)
        if (name_of(one) == name) return one;
    return std::nullopt;
}

}  // namespace

std::vector<Pairing> all_pairings() {
    std::vector<Pairing> pairings;
    for (const AnyActivation& activation : all_activations())
        for (const AnyLoss& loss : all_losses())
            if (pair_makes_sense(activation, loss))
                pairings.push_back({activation, loss, is_canonical_pair(activation, loss)});
    return pairings;
}

std::optional<AnyActivation> find_activation(std::string_view name) {
    return find(all_activations(), name);
}
std::optional<AnyLoss> find_loss(std::string_view name) {
    return find(all_losses(), name);
}

std::string unknown_name(std::string_view kind, std::string_view name, const std::vector<std::string>& known) {
    std::string_view nearest;
    std::size_t least = name.size();
    for (const std::string& candidate : known) {
        // A name that starts like the one typed is as good as one letter off.
        const std::size_t distance = !name.empty() && candidate.starts_with(name) ? 1 : edit_distance(name, candidate);
        if (distance < least && distance <= 1 + candidate.size() / 3) {
            least = distance;
            nearest = candidate;
        }
    }
    return fmt::format("there is no {} '{}'{}; known are {}", kind, name,
                       nearest.empty() ? std::string() : fmt::format(" (did you mean '{}'?)", nearest),
                       fmt::join(known, ", "));
}

std::vector<std::string> activation_names() {
    return names(all_activations());
}
std::vector<std::string> loss_names() {
    return names(all_losses());
}

}  // namespace gradproof::checks
