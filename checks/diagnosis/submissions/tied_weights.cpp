// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/tied_weights.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace gradproof::diagnosis {
namespace {

// Which layer's weights are in the array of this name.
std::size_t layer_of_weights(const Keys& keys, const std::string& name) {
    for (const auto& [l, array] : keys.layers.at("W"))
        if (array->name == name) return l;
    throw npz::Error(fmt::format("{}: --tie {}: that is no matrix of weights", keys.file, name));
}

}  // namespace

std::vector<npz::Array> with_tied_weights(std::vector<npz::Array> arrays, const Declaration& declaration,
                                          const std::string& file) {
    for (const DeclaredTie& tie : declaration.ties) {
        const std::string text = fmt::format("--tie {}={}{}", tie.name, tie.of, tie.is_transposed ? ".T" : "");
        if (declaration.lambda != 0)
            throw npz::Error(text + ": the L2 term of shared weights is not known; say it without --lambda");
        const auto of = std::ranges::find(arrays, tie.of, &npz::Array::name);
        if (of == arrays.end()) throw npz::Error(fmt::format("{}: {}: there is no key '{}'", file, text, tie.of));
        if (of->shape.size() != 2)
            throw npz::Error(fmt::format("{}: {}: '{}' has shape {}; expected two axes", file, text, tie.of,
                                         npz::shape_text(of->shape)));
        npz::Array shared = *of;
        shared.name = tie.name;
        if (tie.is_transposed) {
            shared.values = Tensor(of->values.transpose());
            std::swap(shared.shape[0], shared.shape[1]);
        }
        const auto there = std::ranges::find(arrays, tie.name, &npz::Array::name);
        if (there == arrays.end())
            arrays.push_back(std::move(shared));
        else if (there->shape != shared.shape || there->values != shared.values)
            throw npz::Error(
                fmt::format("{}: {}, but the two arrays in the file are not the same numbers", file, text));
    }
    return arrays;
}

std::vector<Tie> ties_of(const Keys& keys, const std::vector<DeclaredTie>& declared,
                         std::vector<std::string>& remarks) {
    std::vector<Tie> ties;
    for (const auto& [name, of, is_transposed] : declared) {
        ties.push_back({layer_of_weights(keys, name), layer_of_weights(keys, of), is_transposed});
        remarks.push_back(fmt::format("{} is {}{}: their gradient is the sum of what both places give", name, of,
                                      is_transposed ? ".T" : ""));
    }
    return ties;
}

}  // namespace gradproof::diagnosis
