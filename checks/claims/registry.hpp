// SPDX-License-Identifier: MIT
//
// The activations, losses and pairings that exist, by name at run time. The lists are those of the folders in lib.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gradproof/network.hpp"

namespace gradproof::checks {

struct Pairing {
    AnyActivation activation;
    AnyLoss loss;
    bool canonical = false;
};
/// Every pairing that makes sense.
std::vector<Pairing> all_pairings();

std::optional<AnyActivation> find_activation(std::string_view name);
std::optional<AnyLoss> find_loss(std::string_view name);

std::vector<std::string> activation_names();
std::vector<std::string> loss_names();

}  // namespace gradproof::checks
