// SPDX-License-Identifier: MIT
//
// Activations, losses and backward passes that are wrong on purpose: what every check must turn red on.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claims/scalar_case.hpp"
#include "gradproof/checks/compiled_network.hpp"

namespace gradproof::mutants {

/// An activation or a loss whose derivative is wrong; its value is right.
std::vector<checks::ScalarCase> wrong_slopes();

/// A backward pass with one mistake, and the tensors (by name without layer) in which it must be seen.
struct WrongBackward {
    std::string name;
    std::function<Gradients<double>(const Network<double>&, const Cache<double>&, const Matrix<double>& Y)> backward;
    std::vector<std::string> seen_in;
};
std::vector<WrongBackward> wrong_backward_passes();

}  // namespace gradproof::mutants
