// SPDX-License-Identifier: MIT
//
// What somebody hands in: a network at one point, and the gradients their program computed there; perhaps the forward
// pass and the cost as well. Held in the course's convention, whatever the file's was.
#pragma once

#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/search/step.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

/// How a file lays out its arrays. In all of them dW and db are gradients of the mean loss.
enum class Convention {
    /// DeepLearning.AI Deep Learning Specialization: examples in columns, W is n_l × n_{l-1}; dZ and dA without 1/m; L2
    /// term λ/(2m) ΣW²
    deep_learning_specialization,
    cs231n,  ///< examples in rows, W is n_{l-1} × n_l; dZ and dA with 1/m; L2 term λ/2 ΣW²
    torch,   ///< examples in rows, W is n_l × n_{l-1}; dZ and dA with 1/m; L2 term λ/2 ΣW²
};

inline constexpr std::array<std::pair<Convention, std::string_view>, 3> conventions{
    {{Convention::deep_learning_specialization, "dls"}, {Convention::cs231n, "cs231n"}, {Convention::torch, "torch"}}};
std::string_view name_of(Convention convention);

struct Submission {
    std::string file;
    Network<double> network;
    Tensor X;
    Tensor Y;
    Cache<double> cache;          ///< the user's; empty where not given, indexed 0..L
    Gradients<double> gradients;  ///< the user's; empty where not given, indexed 0..L
    std::optional<double> cost;
    Convention convention = Convention::deep_learning_specialization;
    bool single_precision = false;       ///< X and all weights are float32, so all of it was computed in float32
    std::set<std::string> in_float32{};  ///< gradients saved as float32
    std::vector<std::string> remarks{};  ///< what was found out about the file

    std::size_t L() const { return network.depth(); }
    double m() const { return static_cast<double>(Y.cols()); }
};

/// The formula of the cost that the gradients are taken for: the mean loss of the declared kind, and the L2 term in the
/// scale of the file's convention.
checks::CostFormula cost_formula_of(const Submission& submission);

}  // namespace gradproof::diagnosis
