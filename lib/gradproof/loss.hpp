// SPDX-License-Identifier: MIT
//
// What a loss is. The loss of one example is the sum of value(a, y) over its components, a the prediction and y the
// label; the cost is the mean of the losses over the m examples. An elementwise loss brings
//
//     name                   its slug: the name of its header, its note and its test cases
//     prediction_domain      the interval that predictions must lie in
//     label_domain           the interval that labels must lie in
//     labels                 what the labels of one example are together: any numbers, counts, or a distribution
//     value(a, y)            one component's loss
//     derivative(a, y)       its derivative with respect to the prediction a
//
// where its derivative jumps,
//
//     kinks(y)               those predictions for the label y, with the value taken there
//     seams(y)               the predictions at which it does not jump but bends: no step of a difference should cross
//                            them
//
// and, where a canonical activation exists, the one for which dZ = A - Y,
//
//     Canonical                              that activation
//
// and perhaps
//
//     value_from_pre_activation(z, y)        the loss straight from z, in a form that does not overflow or cancel:
//                                            of one component, or of a whole column if Canonical is a vector activation
//
// A column loss (cosine) is no sum over the components: its value(a, y) takes the whole columns of one example, and
// instead of the derivative it brings
//
//     gradient(a, y)         the column of its derivatives with respect to the predictions
//     formula                the same as text, for people: with "sum over outputs of", K for the number of outputs and
//                            parameters by their names
#pragma once

#include <concepts>
#include <string_view>

#include "gradproof/activation.hpp"

namespace gradproof {

/// What the labels of one example are together, beyond each lying in `label_domain`.
enum class Labels {
    numbers,       ///< any numbers of the domain
    counts,        ///< whole numbers
    distribution,  ///< numbers that sum to 1 (one-hot, or smoothed)
    signs,         ///< -1 or +1
};

template <class L>
concept HasDomains = std::default_initializable<L> && requires {
    { L::name } -> std::convertible_to<std::string_view>;
    { L::prediction_domain } -> std::convertible_to<Interval>;
    { L::label_domain } -> std::convertible_to<Interval>;
    { L::labels } -> std::convertible_to<Labels>;
};

template <class L, class S = double>
concept ElementwiseLoss = HasDomains<L> && requires(const L& loss, S a, S y) {
    { loss.value(a, y) } -> std::same_as<S>;
    { loss.derivative(a, y) } -> std::same_as<S>;
};

template <class L, class S = double>
concept ColumnLoss = HasDomains<L> && requires(const L& loss, Vector<S> a, Vector<S> y) {
    { L::formula } -> std::convertible_to<std::string_view>;
    { loss.value(a, y) } -> std::same_as<S>;
    { loss.gradient(a, y) } -> std::same_as<Vector<S>>;
};

template <class L, class S = double>
concept Loss = ElementwiseLoss<L, S> || ColumnLoss<L, S>;

/// A loss whose derivative jumps somewhere.
template <class L>
concept HasLossKinks = requires(const L& loss, double y) {
    { *std::begin(loss.kinks(y)) } -> std::convertible_to<Kink>;
};

/// A loss whose derivative bends somewhere.
template <class L>
concept HasLossSeams = requires(const L& loss, double y) {
    { *std::begin(loss.seams(y)) } -> std::convertible_to<double>;
};

template <class L>
concept HasCanonicalActivation = requires {
    typename L::Canonical;
};

/// One that has its stable form from the pre-activation of that activation too.
template <class L>
concept HasValueFromPreActivation = HasCanonicalActivation<L> && requires {
    &L::template value_from_pre_activation<double>;
};

}  // namespace gradproof
