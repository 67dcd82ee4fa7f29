// SPDX-License-Identifier: MIT
//
// A submission from the arrays of a file.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/npz/array.hpp"
#include "diagnosis/submission.hpp"
#include "diagnosis/submissions/cost_words.hpp"
#include "diagnosis/submissions/keys.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {

/// W2=W1.T: the array `of`, or its transpose, is the array `name` too.
struct DeclaredTie {
    std::string name;
    std::string of;
    bool is_transposed = false;
};

/// How names of activations and losses are read; by the names of the library unless somebody knows more.
struct CaseReader {
    std::function<AnyActivation(std::string_view)> activation = activation_named;
    LossReader loss = loss_named;
};

/// What the file cannot say about itself.
struct Declaration {
    std::vector<std::string> hidden;  ///< one activation for all hidden layers, or one for each
    std::string output;
    std::string loss;
    double lambda = 0;
    std::optional<Convention> convention;  ///< found by the shapes if empty
    std::vector<Eigen::Index> layers{};    ///< n_0, ..., n_L; taken from the shapes if empty
    std::optional<L2Scale> l2{};           ///< found from the numbers if empty
    std::optional<bool> mean_in_dZ{};      ///< found from the numbers if empty
    std::vector<Rename> renames{};
    std::vector<DeclaredTie> ties{};
    CaseReader read{};
};

/// A submission from the arrays X, Y, W1.., b1.., and any of dW1.., db1.., Z1.., A1.., dZ1.., dA0.., cost.
/// Throws npz::Error with one line naming file, key, what was found and what is expected: keys missing or unknown,
/// shapes that do not fit, numbers that are not finite (gradients may be: they are then wrong), labels the loss cannot
/// have, an activation and a loss that do not go together. Throws std::invalid_argument for one that there is not.
Submission make_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                           const Declaration& declaration);

/// The same from a .npz file or a folder of .npy files.
Submission read_submission(const std::filesystem::path& path, const Declaration& declaration);

}  // namespace gradproof::diagnosis
