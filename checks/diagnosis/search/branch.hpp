// SPDX-License-Identifier: MIT
//
// What the search for an explanation keeps: one way in which somebody's backward pass may have gone so far.
#pragma once

#include <string>
#include <vector>

#include "diagnosis/search/explanation.hpp"
#include "diagnosis/search/fit.hpp"

namespace gradproof::diagnosis {

/// One way the user's pass may have gone so far.
struct Branch {
    std::vector<Finding> findings;
    Gradients<double> so_far;  ///< the user's tensors where given, else what the findings make of them
    std::vector<std::string> not_judged;
    bool lost = false;  ///< dZ of the layer before is not known any more
};

/// A wrong formula at one place, ready to be tried.
struct Hypothesis {
    const Mistake* mistake;
    const Variant* variant;
    Place place;
    Attempt attempt;

    Finding found(const Fit& fit) const;
};

/// What one or two hypotheses make of dZ[l], which nobody gave.
struct Latent {
    std::vector<Hypothesis> hypotheses;
    Tensor dA;
    Tensor dZ;
    Tensor direction;  ///< of dZ, with θ
    std::vector<double> excluded;
};

/// One mistake made in several layers counts once; with a θ of its own in each layer it is as many.
std::size_t distinct_mistakes(const std::vector<Finding>& findings);

/// The likelier branches first, and only so many of them that the search stays short.
std::vector<Branch> best_of(std::vector<Branch> branches);

/// The branches that each of them grows into, the best kept.
template <class Grow>
std::vector<Branch> grown_from(std::vector<Branch> branches, const Grow& grow) {
    std::vector<Branch> next;
    for (Branch& branch : branches)
        for (Branch& grown : grow(std::move(branch))) next.push_back(std::move(grown));
    return next;
}

}  // namespace gradproof::diagnosis
