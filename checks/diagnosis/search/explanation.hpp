// SPDX-License-Identifier: MIT
//
// From somebody's gradients to what they did: the search for the fewest mistakes that reproduce the numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diagnosis/layout.hpp"
#include "diagnosis/mistake.hpp"
#include "diagnosis/search/pattern.hpp"
#include "gradproof/network.hpp"

namespace gradproof::diagnosis {

/// One mistake made at one place, or a tensor that no mistake of the catalogue gives.
struct Finding {
    Place place;
    const Mistake* mistake = nullptr;  ///< null: unknown, then `pattern` says how the numbers are wrong
    std::string numpy{};               ///< the wrong line, with the words of line_template.hpp
    std::string detail{};
    std::optional<double> parameter{};  ///< θ, where the mistake has one
    Pattern pattern{};
    bool everywhere = false;  ///< made before every gradient was; `place` is the first of them
    double residual = 0;      ///< largest deviation from the reproduced numbers, relative to the largest entry

    std::string_view slug() const;
};

/// Findings, in backward order, that together reproduce all numbers that were given.
struct Explanation {
    std::vector<Finding> findings;
    /// Tensors that are wrong only because something before them is, named in backward order.
    std::vector<std::string> consequences;
    /// Tensors that could not be judged on their own: what they were computed from is not in the file and is wrong.
    std::vector<std::string> not_judged;

    std::size_t distinct_mistakes() const;
    std::size_t unknowns() const;
};

/// What is compared: the point, the forward pass the user's backward pass had, and the gradients the user has (empty:
/// not given).
struct Question {
    const Network<double>& network;
    const Cache<double>& cache;
    const Tensor& Y;
    const Gradients<double>& yours;
    double unit_roundoff;  ///< of the arithmetic the user computed in
    Layout layout{};       ///< in which the places of wrong entries are told
    GradientScale scale{};
};

/// All explanations with the fewest distinct mistakes, the simplest first; one without findings if everything is right.
std::vector<Explanation> explain(const Question& question, const std::vector<Mistake>& catalogue);

}  // namespace gradproof::diagnosis
