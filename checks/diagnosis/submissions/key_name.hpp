// SPDX-License-Identifier: MIT
//
// What an array of a file is, by its name: people write dW1, grad_W1, W1.grad, layers.0.weight or Theta1_grad for the
// same thing.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace gradproof::diagnosis {

enum class Role { X, Y, cost, W, b, Z, A, example_weights, mask, class_weights };

struct KeyName {
    Role role;
    bool is_gradient = false;
    std::optional<std::size_t> number{};  ///< as written; of a network's first layer it may be 0 or 1
    bool is_of_module = false;            ///< "fc2.weight": numbers may leave out layers without parameters
};

/// What a name says, or nothing if it says nothing or two things. Numbers above 1000 and those with zeros in front
/// (dW01) are none.
std::optional<KeyName> key_name(std::string_view key);

}  // namespace gradproof::diagnosis
