// SPDX-License-Identifier: MIT
//
// NumPy formulas as trees: of Python's expressions those that lines of a backward pass are made of.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace gradproof::diagnosis {

enum class NodeKind { number, name, group, call, named_argument, transposed, slice, negative, binary };

struct Node {
    NodeKind kind;
    std::string text{};  // the number, name, function, argument's name or operator
    std::vector<Node> children{};
    std::string rows{};  // of a slice, as "::-1" or ":1"
    std::string columns{};
};

/// Thrown for text that is no such formula.
struct NoFormula {};

/// The tree of a formula such as "dZ1 @ X.T / m" or "dA1 * tanh'(Z1)". Throws NoFormula.
Node numpy_formula(std::string_view text);

}  // namespace gradproof::diagnosis
