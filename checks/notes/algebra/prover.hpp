// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>

#include "notes/algebra/symbol.hpp"

namespace gradproof::proof {

/// What became of the claim that two formulas are equal.
struct Proof {
    enum class Status {
        proved,     ///< equal for all values of the symbols at which both are defined
        refuted,    ///< unequal at the point that `text` names, by rigorous ball arithmetic
        undecided,  ///< not seen to be equal, and no point found where they are certain to differ
    };
    Status status;
    std::string text;
};

/// What the checks use: exchanging it for one that always says "proved" must turn them red.
using Prover = std::function<Proof(const Symbol& left, const Symbol& right)>;

/// Proves left = right under the assumptions in force, or finds a witness against it.
Proof prove_equal(const Symbol& left, const Symbol& right);

}  // namespace gradproof::proof
