// SPDX-License-Identifier: MIT
//
// What somebody hands in: a network at one point, and the gradients their program computed there; perhaps the forward
// pass and the cost as well. Held in the course's convention, whatever the file's was.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "diagnosis/search/step.hpp"
#include "gradproof/checks/compiled_network.hpp"
#include "gradproof/checks/cost_formula.hpp"

namespace gradproof::mistakes {

/// How a file lays out its arrays. In all of them dW and db are gradients of the mean loss.
enum class Convention {
    dls,     ///< examples in columns, W is n_l × n_{l-1}; dZ and dA without 1/m; L2 term λ/(2m) ΣW²
    cs231n,  ///< examples in rows, W is n_{l-1} × n_l; dZ and dA with 1/m; L2 term λ/2 ΣW²
    torch,   ///< examples in rows, W is n_l × n_{l-1}; dZ and dA with 1/m; L2 term λ/2 ΣW²
};

inline constexpr std::array<std::pair<Convention, std::string_view>, 3> conventions{
    {{Convention::dls, "dls"}, {Convention::cs231n, "cs231n"}, {Convention::torch, "torch"}}};
std::string_view name_of(Convention convention);

/// What the file cannot say about itself.
struct Declaration {
    std::vector<std::string> hidden;  ///< one activation for all hidden layers, or one for each
    std::string output;
    std::string loss;
    double lambda = 0;
    std::optional<Convention> convention;  ///< found by the shapes if empty
    std::vector<Eigen::Index> layers{};    ///< n_0, ..., n_L; taken from the shapes if empty
};

struct Submission {
    std::string file;
    Network<double> network;
    Tensor X;
    Tensor Y;
    Cache<double> cache;          ///< the user's; empty where not given, indexed 0..L
    Gradients<double> gradients;  ///< the user's; empty where not given, indexed 0..L
    std::optional<double> cost;
    Convention convention = Convention::dls;
    bool single_precision = false;       ///< X and all weights are float32, so all of it was computed in float32
    std::set<std::string> in_float32{};  ///< gradients saved as float32
    std::vector<std::string> remarks{};  ///< what was found out about the file

    std::size_t L() const { return network.depth(); }
    double m() const { return static_cast<double>(Y.cols()); }
};

/// The formula of the cost that the gradients are taken for: the mean loss of the declared kind, and the L2 term in the
/// scale of the file's convention.
checks::CostFormula cost_formula_of(const Submission& submission);

/// The activation or loss of this name. Throws npz::Error listing the names there are.
AnyActivation activation_named(std::string_view name);
AnyLoss loss_named(std::string_view name);

/// A submission from the arrays X, Y, W1.., b1.., and any of dW1.., db1.., Z1.., A1.., dZ1.., dA0.., cost.
/// Throws npz::Error with one line naming file, key, what was found and what is expected: keys missing or unknown,
/// shapes that do not fit, numbers that are not finite (gradients may be: they are then wrong), labels the loss cannot
/// have, an activation and a loss that do not go together.
Submission make_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                           const Declaration& declaration);

/// The same from a .npz file or a folder of .npy files.
Submission read_submission(const std::filesystem::path& path, const Declaration& declaration);

}  // namespace gradproof::mistakes
