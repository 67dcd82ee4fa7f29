// SPDX-License-Identifier: MIT
//
// The exhaustive check of a network's gradients: every entry of every dW and db, and of every dZ and dA, against
// differences of the forward pass; and what this point cannot show, said by name.
#pragma once

#include <string>
#include <vector>

#include "gradproof/checks/network_differences.hpp"
#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::checks {

/// What makes a point a poor witness, whatever the gradients are.
enum class Blindness {
    dead_unit,           ///< a unit that no example moves: its gradients are 0 and show nothing
    saturated_output,    ///< predictions that have rounded to the edge of their range
    vanishing_gradient,  ///< a layer's gradient is so small that fixed tolerances would accept 0
    zero_gradient,       ///< a tensor whose every entry is exactly 0
    equal_sizes,         ///< a square weight matrix: a missing transpose fits
    single_example,      ///< m = 1: a missing 1/m does not show
};

struct Warning {
    Blindness blindness;
    std::string text;  ///< what was seen and where, and what would show more
};

struct NetworkVerdict {
    std::vector<TensorVerdict> tensors;
    std::vector<Warning> warnings;

    Outcome outcome() const { return outcome_of(tensors); }
};

/// What this network and these examples cannot show. Throws std::invalid_argument if shapes do not fit.
std::vector<Warning> blindness_of(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y);

/// Judges `gradients` (empty tensors are passed over) against `estimates`.
/// Throws std::invalid_argument naming tensor and shapes if they differ.
std::vector<TensorVerdict> judge_gradients(const Gradients<double>& gradients, const NetworkEstimates& estimates,
                                           int required_digits = default_required_digits);

/// The whole check of `gradients` at this point.
NetworkVerdict check_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                             const Gradients<double>& gradients, const DifferenceOptions& options = {});

}  // namespace gradproof::checks
