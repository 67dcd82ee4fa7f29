// SPDX-License-Identifier: MIT
#include "notes/algebra/prover.hpp"

#include "notes/algebra/field.hpp"
#include "notes/algebra/tower.hpp"
#include "notes/algebra/witness.hpp"

namespace gradproof::proof {
namespace {

std::string shortened(const std::string& text) {
    constexpr std::size_t length = 160;
    return text.size() <= length ? text
                                 : text.substr(0, length) + " ... (" + std::to_string(text.size()) + " characters)";
}

}  // namespace

Proof prove_equal(const Symbol& left, const Symbol& right) {
    Field& field = Field::current();
    const Symbol difference = field.under_assumptions(left - right);
    if (difference.is_zero()) return {Proof::Status::proved, ""};
    std::string text = "left - right = " + shortened(difference.str());
    for (const auto& assumption : field.assumptions()) text += "\n  assuming " + shortened(assumption);
    if (const auto witness = find_witness(left, right)) return {Proof::Status::refuted, text + "\n  " + witness->str()};
    return {Proof::Status::undecided, text + "\n  not seen to be 0, and no point found at which it certainly is not"};
}

}  // namespace gradproof::proof
