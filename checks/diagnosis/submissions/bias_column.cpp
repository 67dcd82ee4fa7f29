// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/bias_column.hpp"

#include <fmt/format.h>

#include <memory>
#include <optional>

namespace gradproof::diagnosis {
namespace {

// An array whose values are given as examples in columns, or n × n_prev, laid out as the file has it.
npz::Array laid_out(const npz::Array& like, const Tensor& values, bool transposed) {
    npz::Array array = like;
    array.values = transposed ? Tensor(values.transpose()) : values;
    array.shape = {static_cast<std::size_t>(array.values.rows()), static_cast<std::size_t>(array.values.cols())};
    return array;
}

Tensor without_column(const Tensor& W, bool is_first) {
    return is_first ? W.rightCols(W.cols() - 1) : W.leftCols(W.cols() - 1);
}

std::optional<Keys> split(const Keys& keys, const Layout& layout, bool is_first) {
    const npz::Array& X_array = keys.at("X");
    if (X_array.shape.size() != 2) return std::nullopt;
    const Tensor X = layout.examples_in_rows ? Tensor(X_array.values.transpose()) : X_array.values;
    const auto ones = is_first ? X.topRows(1) : X.bottomRows(1);
    Keys apart = keys;
    apart.own = std::make_shared<std::deque<npz::Array>>();
    const auto keep = [&](const std::string& letter, std::size_t l, npz::Array array) {
        apart.own->push_back(std::move(array));
        apart.layers[letter][l] = &apart.own->back();
    };
    Eigen::Index n = X.rows();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const npz::Array& array = keys.at("W", l);
        if (array.shape.size() != 2) return std::nullopt;
        const Tensor W = layout.weights_in_by_out ? Tensor(array.values.transpose()) : array.values;
        const bool ones_are_in_X = l == 1 && W.cols() == n && (ones.array() == 1).all() && n > 1;
        if (!ones_are_in_X && W.cols() != n + 1) return std::nullopt;
        if (ones_are_in_X)
            keep("X", 0, laid_out(X_array, is_first ? X.bottomRows(n - 1) : X.topRows(n - 1), layout.examples_in_rows));
        for (const std::string letter : {"W", "dW"}) {
            const npz::Array* const whole = keys.find(letter, l);
            if (!whole || whole->shape != array.shape) continue;
            const Tensor values = layout.weights_in_by_out ? Tensor(whole->values.transpose()) : whole->values;
            const Tensor column = is_first ? values.leftCols(1) : values.rightCols(1);
            keep(letter, l, laid_out(*whole, without_column(values, is_first), layout.weights_in_by_out));
            npz::Array biases = laid_out(*whole, column, false);
            if (letter == "dW") {
                const std::string_view at = is_first ? "0" : "-1";
                biases.name += layout.weights_in_by_out ? fmt::format("[{}]", at) : fmt::format("[:, {}]", at);
            }
            keep(letter == "W" ? "b" : "db", l, std::move(biases));
        }
        n = W.rows();
    }
    return apart;
}

bool has_own_biases(const Keys& keys) {
    if (keys.layers.contains("db")) return true;
    const auto biases = keys.layers.find("b");
    if (biases == keys.layers.end()) return false;
    for (const auto& [l, b] : biases->second)
        if (!(b->values.array() == 0).all()) return true;
    return false;
}

}  // namespace

std::vector<SplitKeys> with_biases_apart(const Keys& keys) {
    std::vector<SplitKeys> all;
    if (has_own_biases(keys)) return all;
    for (const bool rows : {true, false})
        for (const bool in_by_out : {false, true})
            for (const bool is_first : {true, false}) {
                const Layout layout{.examples_in_rows = rows, .weights_in_by_out = in_by_out};
                if (auto apart = split(keys, layout, is_first))
                    all.push_back({std::move(*apart), layout,
                                   fmt::format("the {} {} of each W is read as its biases", is_first ? "first" : "last",
                                               in_by_out ? "row" : "column")});
            }
    return all;
}

}  // namespace gradproof::diagnosis
