// SPDX-License-Identifier: MIT
//
// What a layer of arrays is: a function of several arrays of any shape, as courses hand-write them, and its pull-back,
// the transposed Jacobian times an upstream derivative. Weights are arrays among the others. A layer brings
//
//     name                      its slug: the name of its header, its note and its test cases
//     inputs, outputs           the names of the arrays, in order
//     require_shapes(shapes)    throws std::invalid_argument, naming an input, if these shapes do not fit
//     example_shapes()          small shapes of the inputs that fit, of different sizes
//     forward(inputs)           the outputs
//     pull_back(inputs, d_outputs)
//                               the derivative of a number in each input, from its derivatives in the outputs; of an
//                               input that is no variable it is 0
//
// and perhaps
//
//     parameters                the data members that a user may set (case.hpp)
//     reached(shapes, input, place)
//                               the places in the only output that a number of an input has a part in; without it
//                               that may be all. Numbers that reach different places can be moved at once
//     is_loss = true            its only output holds losses, of which the cost is the mean or the sum
//
// Nothing is divided by the number of examples. forward is a template on the number; where it compares numbers, as max
// pooling does, the constraint is Ordered.
#pragma once

#include <concepts>
#include <string_view>
#include <vector>

#include "gradproof/array.hpp"
#include "gradproof/case.hpp"

namespace gradproof {

/// What an input of a layer holds.
enum class InputKind {
    variable,  ///< numbers; derivatives are asked for in them
    mask,      ///< 0 or 1, chosen outside
    index,     ///< whole numbers that choose rows
};

struct LayerInput {
    std::string_view name;
    InputKind kind = InputKind::variable;
    bool is_positive = false;  ///< a variable of numbers above 0 alone
};

template <class F, class S = double>
concept ArrayLayer = std::default_initializable<F> && requires(const F& f, const Arrays<S>& arrays) {
    { F::name } -> std::convertible_to<std::string_view>;
    { *std::begin(F::inputs) } -> std::convertible_to<LayerInput>;
    { *std::begin(F::outputs) } -> std::convertible_to<std::string_view>;
    f.require_shapes(std::vector<Shape>());
    { f.example_shapes() } -> std::same_as<std::vector<Shape>>;
    { f.forward(arrays) } -> std::same_as<Arrays<S>>;
    { f.pull_back(arrays, arrays) } -> std::same_as<Arrays<S>>;
};

/// A layer that says which numbers of its only output a number of an input has a part in.
template <class F>
concept KnowsReach = requires(const F& f, const std::vector<Shape>& shapes) {
    { f.reached(shapes, std::size_t{}, Eigen::Index{}) } -> std::same_as<std::vector<Eigen::Index>>;
};

/// A layer whose only output holds losses.
template <class F>
concept GivesLosses = requires {
    requires F::is_loss;
};

/// Throws std::invalid_argument, "batch_norm: gamma is 4, expected D = 3", unless the shape is the expected one.
/// `letters` names the axes.
void require_shape(std::string_view layer, std::string_view input, const Shape& shape, const Shape& expected,
                   std::string_view letters);
/// The same for the number of axes.
void require_rank(std::string_view layer, std::string_view input, const Shape& shape, std::size_t rank,
                  std::string_view letters);

}  // namespace gradproof
