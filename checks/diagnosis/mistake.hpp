// SPDX-License-Identifier: MIT
//
// What a mistake is: a name, what the wrong code looks like, and wrong formulas that can be tried on somebody's
// numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

/// One wrong value for a step's tensor. With a `direction` it stands for value + θ direction, θ still to be found from
/// the numbers (a factor, a learning rate); `excluded` are values of θ at which it would be right or another mistake.
struct Attempt {
    Tensor value;
    std::string detail{};  ///< which of several it is, for a reader: "with Z1", "times 1/n = 1/4"
    Tensor direction{};
    std::vector<double> excluded{};
};

/// All wrong values a formula gives here; none where it does not apply (shapes, λ = 0, one layer only).
using Attempts = std::vector<Attempt>;

struct Variant {
    std::vector<Step> steps;  ///< where it can be made
    std::string_view numpy;   ///< the wrong line, for layer 1 of two, as a student writes it
    Attempts (*attempts)(Step step, const Situation&);
};

struct Mistake {
    std::string_view slug;
    std::string_view explanation;  ///< two sentences: what was done, what is right
    std::string_view note;         ///< the note to read
    std::vector<Variant> variants;
    bool is_convention = false;  ///< right in its own way: named so that what is wrong besides can be found
};

}  // namespace gradproof::diagnosis
