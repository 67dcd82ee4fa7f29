// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/raw_scores.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

#include "diagnosis/submissions/key_name.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr std::array<std::string_view, 10> words_of_score{"score",  "scores", "raw",    "raw_score", "raw_scores",
                                                          "margin", "preds",  "y_pred", "z",         "logits"};
constexpr std::array<std::string_view, 2> words_of_gradient{"grad", "gradient"};
constexpr std::array<std::string_view, 2> words_of_hessian{"hess", "hessian"};

constexpr std::string_view label_of_boosting = "y_true";

template <class Words>
const npz::Array* find(const std::vector<npz::Array>& arrays, const Words& words) {
    const auto found = std::ranges::find_if(
        arrays, [&](const npz::Array& array) { return std::ranges::find(words, array.name) != words.end(); });
    return found == arrays.end() ? nullptr : &*found;
}

bool is_weight(const npz::Array& array) {
    const auto name = key_name(array.name);
    return name && name->role == Role::W;
}

npz::Array named(std::string name, const npz::Array& array, const std::string& file, std::size_t rows,
                 std::size_t columns) {
    if (array.shape.empty() || array.shape[0] != rows ||
        static_cast<std::size_t>(array.values.size()) != rows * columns)
        throw npz::Error(fmt::format("{}: {} has shape {}; expected the shape of the scores, {}", file, array.name,
                                     npz::shape_text(array.shape),
                                     npz::shape_text(columns == 1 ? std::vector{rows} : std::vector{rows, columns})));
    return {.name = std::move(name),
            .dtype = array.dtype,
            .shape = {columns, rows},
            .values =
                array.values.reshaped(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)).transpose()};
}

}  // namespace

std::optional<RawScores> raw_scores_in(std::vector<npz::Array> arrays, const std::string& file,
                                       const std::vector<Rename>& renames) {
    for (npz::Array& array : arrays) {
        if (array.name == label_of_boosting) array.name = "y";
        for (const Rename& rename : renames)
            if (array.name == rename.from) array.name = rename.to;
    }
    const npz::Array* const grad = find(arrays, words_of_gradient);
    const npz::Array* const score = find(arrays, words_of_score);
    if (!grad || !score || std::ranges::any_of(arrays, is_weight)) return std::nullopt;
    const std::size_t m = score->shape.empty() ? 1 : score->shape[0];
    const std::size_t K = static_cast<std::size_t>(score->values.size()) / std::max<std::size_t>(m, 1);
    RawScores found{.score = score->name, .grad = grad->name};
    npz::Array identity{.name = "W1", .dtype = "<f8", .shape = {K, K}, .values = {}};
    identity.values = Eigen::MatrixXd::Identity(static_cast<Eigen::Index>(K), static_cast<Eigen::Index>(K));
    found.arrays = {named("X", *score, file, m, K), identity, named("dZ1", *grad, file, m, K)};
    const npz::Array* const hess = find(arrays, words_of_hessian);
    if (hess) found.hessian = named("hess", *hess, file, m, K).values;
    for (const npz::Array& array : arrays) {
        if (&array == grad || &array == score || &array == hess) continue;
        const auto name = key_name(array.name);
        if (!name || (name->role != Role::Y && name->role != Role::cost) || name->is_gradient)
            throw npz::Error(fmt::format(
                "{}: '{}' has no place beside {} and {}; expected are scores, labels y, grad and perhaps hess", file,
                npz::printable(array.name), score->name, grad->name));
        found.arrays.push_back(array);
        // Labels have a row an example, like the scores, or are classes.
        if (name->role == Role::Y && K > 1 && array.shape.size() == 2 && array.shape[0] == m && array.shape[1] == K)
            found.arrays.back() = named("Y", array, file, m, K);
    }
    return found;
}

}  // namespace gradproof::diagnosis
