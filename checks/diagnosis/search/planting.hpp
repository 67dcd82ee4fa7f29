// SPDX-License-Identifier: MIT
//
// Backward passes that are wrong on purpose: a mistake of the catalogue made at one step, the rest done right on what
// it left.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Which mistake, which of its formulas, and where.
struct Planting {
    const Mistake* mistake;
    const Variant* variant;
    std::size_t attempt;
    std::vector<Place> places;  ///< one, or all layers of a mistake made everywhere
};

/// A backward pass with mistakes in it.
struct Planted {
    std::vector<std::string_view> slugs;
    std::string what;  ///< for a failure message: slug, place, detail
    Gradients<double> gradients;
    std::vector<Gradients<double>> parts{};  ///< of two mistakes: the passes with one of them
};

/// Every way the catalogue's formulas can be planted into this network, but for conventions: each at each of its places
/// and, where a network has several such places, at all of them.
std::vector<Planting> all_plantings(const Network<double>& network, const Cache<double>& cache, const Tensor& Y);

/// The pass with these plantings, of somebody whose gradients have this scale; empty if a formula does not apply after
/// all, or its numbers are not finite. What is planted is held in the course's scale.
std::optional<Planted> plant(const Network<double>& network, const Cache<double>& cache, const Tensor& Y,
                             const std::vector<Planting>& plantings, const GradientScale& scale = {});

/// Mistakes that are not one formula: gradients rounded to float32, one entry changed, gradients from before an update,
/// and gradients for another activation.
std::vector<Planted> plant_without_formula(const Network<double>& network, const Tensor& X, const Tensor& Y);

}  // namespace gradproof::diagnosis
