// SPDX-License-Identifier: MIT
//
// Backward passes that are wrong on purpose: a proof that accepts one of them proves nothing.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "tests/proofs/network_claims.hpp"

namespace gradproof::proof {

enum class Mistake {
    missing_activation_derivative,       // dZ = dA in the hidden layers
    derivative_at_activation,            // g'(A) for g'(Z)
    missing_mean,                        // dW without 1/m
    mean_applied_twice,                  // 1/m in dZ[L] as well
    missing_transpose,                   // dA_prev = W dZ, where W is square
    wrong_sign,                          // Y - A
    missing_regularisation,              // dW without λ/m W
    regularised_bias,                    // db with λ/m b
    bias_not_averaged,                   // db as a sum
    shortcut_without_canonical_pairing,  // dZ[L] = A - Y for every loss
};

inline constexpr std::array mistakes{
    std::pair{Mistake::missing_activation_derivative, std::string_view("missing_activation_derivative")},
    std::pair{Mistake::derivative_at_activation, std::string_view("derivative_at_activation")},
    std::pair{Mistake::missing_mean, std::string_view("missing_mean")},
    std::pair{Mistake::mean_applied_twice, std::string_view("mean_applied_twice")},
    std::pair{Mistake::missing_transpose, std::string_view("missing_transpose")},
    std::pair{Mistake::wrong_sign, std::string_view("wrong_sign")},
    std::pair{Mistake::missing_regularisation, std::string_view("missing_regularisation")},
    std::pair{Mistake::regularised_bias, std::string_view("regularised_bias")},
    std::pair{Mistake::bias_not_averaged, std::string_view("bias_not_averaged")},
    std::pair{Mistake::shortcut_without_canonical_pairing, std::string_view("shortcut_without_canonical_pairing")},
};

/// lib's backward pass through dA with one mistake, or with none.
Backward backward_with(std::optional<Mistake> mistake);

}  // namespace gradproof::proof
