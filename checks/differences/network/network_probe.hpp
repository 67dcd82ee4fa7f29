// SPDX-License-Identifier: MIT
//
// Moving one thing in a network and evaluating again only what moves with it. Changing row j of Z[l], whether through
// an entry of W[l] or b[l] or of Z[l] itself, moves row j of A[l] and everything behind it; nothing before. The probe
// holds a forward pass and answers: what are the m losses with that row changed? It is a part of the forward pass, in
// any scalar, and knows nothing of derivatives. derivations/finite_differences.md (incremental)
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include "gradproof/checks/dual.hpp"
#include "gradproof/network.hpp"

namespace gradproof::checks {

/// What is moved: row j of Z[l] or of A[l].
struct Row {
    enum class Of { pre_activation, activation };
    Of of;
    std::size_t l;
    Eigen::Index j;
};

/// Where the pre-activations of an evaluation lie, relative to the kinks, compared with the unchanged pass. As wide as
/// a double, so that vectors hold as many of them as of pre-activations.
enum class Crossing : std::int64_t {
    none,      ///< on the same branches: the loss is smooth between the two
    crossed,   ///< a pre-activation changed to the other side of a kink
    off_kink,  ///< a pre-activation that lies exactly on a kink moved off it, and none crossed
};

/// The kinks of an activation, empty for smooth ones.
std::vector<double> kink_points(const AnyActivation& activation);

/// The predictions at which the derivative of a loss jumps or bends, by label; empty for smooth losses.
std::map<double, std::vector<double>> kink_points(const AnyLoss& loss, const Matrix<double>& Y);

/// What a program rounds a prediction by, at least: one that lies nearer to a kink of the loss may lie on it elsewhere.
inline double margin_of_prediction(double kink) {
    return std::abs(kink) * 4 * std::numeric_limits<double>::epsilon();
}

/// How far A[l](j, i), l < L, moves while the pre-activations behind it move by at most 1.
template <class S>
S length_of_activation(const Network<S>& network, std::size_t l, Eigen::Index j) {
    const S largest = network.layer(l + 1).dense.W.col(j).cwiseAbs().maxCoeff();
    // The reciprocal of a subnormal number is infinite.
    return largest > S(0) ? std::min(S(S(1) / largest), S(0x1p1000)) : S(1);
}

/// What lies between a pre-activation of the unchanged pass and a moved one. A number that rounding alone may have put
/// beside the kink, at most `margin` from it, counts as lying on it: whoever else computed it may have landed there.
template <class S>
Crossing crossing_of(const S& before, const S& after, const S& kink, const S& margin) {
    const auto distance = [&kink](const S& z) { return z < kink ? S(kink - z) : S(z - kink); };
    if (distance(before) <= margin) return distance(after) <= S(2) * margin ? Crossing::none : Crossing::off_kink;
    return (before < kink) != (after < kink) || after == kink ? Crossing::crossed : Crossing::none;
}

/// Movements are compared with kinks as if they were so many times as large: then no kink lies within them either,
/// even behind a curved layer.
inline constexpr double kink_guard = 1.5;

/// Adds what another pre-activation did.
inline void merge(Crossing& crossing, Crossing other) {
    if (crossing != Crossing::crossed && other != Crossing::none) crossing = other;
}

/// How far rounding in double precision may have moved each entry of Z[l], for the layers l whose activation has kinks;
/// empty for the others. derivations/finite_differences.md (rounding)
template <class S>
std::vector<Matrix<S>> roundings_of_Z(const Network<S>& network, const Matrix<S>& X, const Cache<S>& cache);

template <Scalar S>
struct RowProbe {
    const Network<S>* network;
    const Matrix<S>* X;  // where known; nothing behind it needs it
    Cache<S> cache;      // A[0] is empty: X may be large
    Matrix<S> Y;
    std::vector<std::vector<double>> kinks;                 // of layer l, indexed by layer
    std::vector<Matrix<S>> margins;                         // roundings_of_Z, for an ordered floating-point S
    std::map<double, std::vector<double>> kinks_of_loss{};  // by label; empty for a smooth loss

    /// `network_` and `X_` must outlive this. Throws std::invalid_argument if shapes do not fit.
    RowProbe(const Network<S>& network_, const Matrix<S>& X_, const Matrix<S>& Y_) requires std::floating_point<S>;

    /// The same from a forward pass that was made elsewhere.
    RowProbe(const Network<S>& network_, Cache<S> cache_, Matrix<S> Y_, std::vector<Matrix<S>> margins_);

    /// A[l], where A[0] = X must be known.
    const Matrix<S>& A(std::size_t l) const { return l == 0 ? *X : cache.A[l]; }

    /// Whether layer l or one behind it has kinks.
    bool has_kinks_from(std::size_t l) const;

    /// The probe restricted to some of the examples.
    RowProbe restricted_to(const std::vector<Eigen::Index>& examples) const;

    /// The losses (1 × m) with `change` (1 × m) added to row j of Z[l]; `crossings`, if given, says for each example
    /// whether a kink lies between this and the unchanged pass.
    Matrix<S> losses_with_Z(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                            std::vector<Crossing>* crossings = nullptr) const;

    /// The losses (1 × m) with `change` (1 × m) added to row j of A[l], 0 <= l <= L. The losses of a changed A[L] are
    /// taken from A[L], not by the stable form from Z[L], which did not move.
    Matrix<S> losses_with_A(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                            std::vector<Crossing>* crossings = nullptr) const;

    /// A[l] = g(Z); dual numbers get the magnitude of the terms of which a backward pass makes g'.
    Matrix<S> activation_of(std::size_t l, const Matrix<S>& Z) const;

  private:
    RowProbe() = default;

    Matrix<S> losses_behind_A(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                              std::vector<Crossing>* crossings) const;
    Matrix<S> losses_from(std::size_t l, Matrix<S> Z, std::vector<Crossing>* crossings) const;
    // A holds the predictions, A[L].
    void compare_with_kinks_of_loss(const Matrix<S>& A, std::vector<Crossing>& crossings) const;
    // Z holds the rows of Z[l] from `first` on.
    void compare_with_kinks(std::size_t l, Eigen::Index first, const Matrix<S>& Z,
                            std::vector<Crossing>& crossings) const;
};

extern template struct RowProbe<double>;
extern template struct RowProbe<long double>;
extern template struct RowProbe<Dual<double>>;
extern template struct RowProbe<Dual<long double>>;

}  // namespace gradproof::checks
