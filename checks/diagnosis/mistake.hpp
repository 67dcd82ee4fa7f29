// SPDX-License-Identifier: MIT
//
// What a mistake is: a name, what the wrong code looks like, and wrong formulas that can be tried on somebody's
// numbers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/right_formula.hpp"
#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

/// One wrong value for a step's tensor. With a `direction` it stands for value + θ direction, θ still to be found from
/// the numbers (a factor, a learning rate); `excluded` are values of θ at which it would be right or another mistake.
struct Attempt {
    Tensor value;
    std::string detail{};  ///< which of several it is, for a reader: "with Z1", "times 1/n = 1/4"
    Tensor direction{};
    std::vector<double> excluded{};
    std::string filling{};  ///< what {k} stands for in the line: another layer, a count, an activation
    std::string line{};     ///< where the variant's line is not the one of this value
};

/// All wrong values a formula gives here; none where it does not apply (shapes, λ = 0, one layer only).
using Attempts = std::vector<Attempt>;

struct Variant {
    std::vector<Step> steps;  ///< where it can be made
    /// The wrong line as a student writes it, with the words of line_template.hpp; empty where the attempts have
    /// theirs, or where no line can be written.
    std::string_view numpy;
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
