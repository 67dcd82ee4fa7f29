// SPDX-License-Identifier: MIT
#include "claims/registry.hpp"

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
            if (are_compatible(activation, loss))
                pairings.push_back({activation, loss, is_canonical_pair(activation, loss)});
    return pairings;
}

std::optional<AnyActivation> find_activation(std::string_view name) {
    return find(all_activations(), name);
}
std::optional<AnyLoss> find_loss(std::string_view name) {
    return find(all_losses(), name);
}

std::vector<std::string> activation_names() {
    return names(all_activations());
}
std::vector<std::string> loss_names() {
    return names(all_losses());
}

}  // namespace gradproof::checks
