// SPDX-License-Identifier: MIT
//
// What an activation is. An elementwise activation g acts on one pre-activation z and brings
//
//     name                    its slug: the name of its header, its note and its test cases
//     range                   the interval of its values
//     value(z)                g(z)
//     derivative(z)           g'(z), as a function of the pre-activation
//
// and, where it has them (each adds checks),
//
//     derivative_from_value(a)   g' as a function of the value a = g(z), under its own name so that g'(z) and g'(a)
//                                cannot be mistaken for each other
//     second_derivative(z)       g''(z)
//     kinks                      the points where g' jumps, with the value taken there; a function if they depend on
//                                parameters. Where g itself jumps it says so (value_jumps): no step of a difference
//                                crosses that either, and at the point itself there is no derivative to compare with
//     seams                      the points where g' does not jump but bends, as where two formulas meet: no step of a
//                                difference should cross them
//     parameters                 the data members that a user may set (case.hpp)
//
// A vector activation (softmax) maps a whole column and brings value(z) and pull_back(z, upstream), the transposed
// Jacobian times an upstream derivative; one that a number added to the whole column does not change says so with
// is_shift_invariant, and one whose Jacobian is a number times diag(p) - p pᵀ, p its value, says which with
// softmax_gain(). activate() and pull_back() below treat both kinds alike, on matrices whose columns are the examples.
#pragma once

#include <concepts>
#include <iterator>
#include <string_view>
#include <vector>

#include "gradproof/matrix.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

/// A point where a derivative jumps, and the value that `derivative` takes there (a convention, not a fact).
struct Kink {
    double at;
    double derivative_taken;
    bool value_jumps = false;  ///< whether the value jumps, too, so that there is not even a derivative from each side
};

template <class G>
concept Named = requires {
    { G::name } -> std::convertible_to<std::string_view>;
    { G::range } -> std::convertible_to<Interval>;
};

template <class G, class S = double>
concept ElementwiseActivation = Named<G> && std::default_initializable<G> && requires(const G& g, S z) {
    { g.value(z) } -> std::same_as<S>;
    { g.derivative(z) } -> std::same_as<S>;
};

template <class G, class S = double>
concept VectorActivation = Named<G> && std::default_initializable<G> && requires(const G& g, Vector<S> z) {
    { g.value(z) } -> std::same_as<Vector<S>>;
    { g.pull_back(z, z) } -> std::same_as<Vector<S>>;
};

template <class G, class S = double>
concept Activation = ElementwiseActivation<G, S> || VectorActivation<G, S>;

template <class G, class S = double>
concept HasDerivativeFromValue = requires(const G& g, S a) {
    { g.derivative_from_value(a) } -> std::same_as<S>;
};

template <class G, class S = double>
concept HasSecondDerivative = requires(const G& g, S z) {
    { g.second_derivative(z) } -> std::same_as<S>;
};

template <class G>
concept HasKinks = requires(const G& g) {
    { *std::begin(g.kinks) } -> std::convertible_to<Kink>;
}
|| requires(const G& g) {
    { *std::begin(g.kinks()) } -> std::convertible_to<Kink>;
};

template <class G>
concept HasSeams = requires {
    { *std::begin(G::seams) } -> std::convertible_to<double>;
};

/// The seams of g; none of a smooth one.
template <class G>
std::vector<double> seams_of(const G&) {
    if constexpr (HasSeams<G>)
        return {std::begin(G::seams), std::end(G::seams)};
    else
        return {};
}

/// Whether g says that a number added to all pre-activations of a column changes nothing.
template <class G>
concept IsShiftInvariant = requires {
    requires G::is_shift_invariant;
};

/// Whether the Jacobian of g is softmax_gain() times diag(p) - p pᵀ, p its value.
template <class G>
concept HasSoftmaxGain = requires(const G& g) {
    { g.softmax_gain() } -> std::convertible_to<double>;
};

/// The kinks of g, which may depend on its parameters; none of a smooth one.
template <class G>
std::vector<Kink> kinks_of(const G& g) {
    if constexpr (!HasKinks<G>) {
        return {};
    } else if constexpr (requires { g.kinks(); }) {
        const auto kinks = g.kinks();
        return {std::begin(kinks), std::end(kinks)};
    } else {
        return {std::begin(g.kinks), std::end(g.kinks)};
    }
}

/// A = g(Z), for each element or, for a vector activation, each column (example).
template <class S, Activation<S> G>
Matrix<S> activate(const G& g, const Matrix<S>& Z) {
    if constexpr (ElementwiseActivation<G, S>) {
        return entrywise([&g](const S& z) -> S { return g.value(z); }, Z);
    } else {
        Matrix<S> A(Z.rows(), Z.cols());
        for (Eigen::Index i = 0; i < Z.cols(); ++i) A.col(i) = g.value(Vector<S>(Z.col(i)));
        return A;
    }
}

/// dZ from dA: dA ⊙ g'(Z), or for a vector activation the transposed Jacobian of each column times dA.
/// Precondition: Z and dA have the same shape. See derivations/network.md (dZ).
template <class S, Activation<S> G>
Matrix<S> pull_back(const G& g, const Matrix<S>& Z, const Matrix<S>& dA) {
    if constexpr (ElementwiseActivation<G, S>) {
        return entrywise([&g](const S& da, const S& z) -> S { return da * g.derivative(z); }, dA, Z);
    } else {
        Matrix<S> dZ(Z.rows(), Z.cols());
        for (Eigen::Index i = 0; i < Z.cols(); ++i) dZ.col(i) = g.pull_back(Vector<S>(Z.col(i)), Vector<S>(dA.col(i)));
        return dZ;
    }
}

}  // namespace gradproof
