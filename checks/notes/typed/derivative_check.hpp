// SPDX-License-Identifier: MIT
//
// A derivative that somebody claims for a formula in z, decided for all z by the engines of the notes; and where it is
// wrong, what it is instead.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "notes/check.hpp"
#include "notes/typed/typed_formula.hpp"

namespace gradproof::notes {

struct DerivativeVerdict {
    Status status = Status::undecided;
    std::string text;               ///< what the engine says: with which point it is refuted, how it is proved
    std::vector<std::string> is{};  ///< what a wrong one is instead, each proved or sampled likewise; perhaps nothing
};

/// Decides whether `derivative` is the derivative of `formula`. Throws std::invalid_argument for what cannot be read.
DerivativeVerdict check_derivative(std::string_view formula, std::string_view derivative, const Settings& settings,
                                   const std::vector<NamedEngine>& engines);

}  // namespace gradproof::notes
