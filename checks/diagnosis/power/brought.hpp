// SPDX-License-Identifier: MIT
//
// Submissions as people bring them: networks whose files differ in layout, names, the reading of the cost, the scale of
// the L2 term and where the mean is taken.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "diagnosis/submissions/read_submission.hpp"

namespace gradproof::diagnosis {

/// A network at a point, and what its owner calls the output and the cost.
struct BroughtPoint {
    Network<double> network;
    Tensor X;
    Tensor Y;
    std::string output;
    std::string loss;
    double factor = 1;  ///< of the owner's cost to the mean loss
};

/// What people call their arrays.
enum class Naming {
    course,         ///< W1, dW1; with dZ1
    small_letters,  ///< w1, grad_w1
    modules,        ///< layers.0.weight, layers.0.weight.grad
    thetas,         ///< Theta1, Theta1_grad
    from_zero,      ///< W0, dW0
};
inline constexpr std::size_t namings = 5;
/// "W1, dW1, dZ1"
std::string_view describe(Naming naming);

/// How somebody lays out and calls what they have.
struct Manner {
    Layout layout;
    L2Scale l2;
    bool mean_in_dZ;
    Naming naming;
};

/// Somebody's network with what they say about it.
struct Brought {
    BroughtPoint point;
    Manner manner;
    double lambda;  ///< as its owner says it
    Declaration declared;
};

/// Of the gradients in its file.
GradientScale scale_of_gradients(const Brought& brought);

/// One of each manner in turn, drawn from the seed.
Brought brought(std::uint32_t seed);

/// The file with these gradients, which are those of the course's cost; dZ and dA are written where they are given and
/// the naming has them.
std::vector<npz::Array> file_of(const Brought& brought, const Gradients<double>& gradients);

}  // namespace gradproof::diagnosis
