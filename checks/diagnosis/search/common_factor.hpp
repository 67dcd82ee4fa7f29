// SPDX-License-Identifier: MIT
//
// One number in front of every gradient, such as -m or a learning rate, told as what it is made of; whatever is wrong
// besides is found in what is left without it.
#pragma once

#include <vector>

#include "diagnosis/search/explanation.hpp"

namespace gradproof::diagnosis {

/// As explain(); where a number in front of every gradient makes the explanation simpler, it is named first and the
/// rest is explained without it.
std::vector<Explanation> explained_with_factor(const Question& question, const std::vector<Mistake>& catalogue);

/// Gradients of which each is `factor` times the right one, of m examples.
Explanation nothing_but_a_factor(const Gradients<double>& gradients, double factor, double m);

}  // namespace gradproof::diagnosis
