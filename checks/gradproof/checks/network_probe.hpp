// SPDX-License-Identifier: MIT
//
// Moving one thing in a network and evaluating again only what moves with it. Changing row j of Z[l], whether through
// an entry of W[l] or b[l] or of Z[l] itself, moves row j of A[l] and everything behind it; nothing before. The probe
// holds a forward pass and answers: what are the m losses with that row changed? It is a part of the forward pass, in
// any scalar, and knows nothing of derivatives. derivations/finite_differences.md (incremental)
#pragma once

#include <concepts>
#include <cstdint>
#include <utility>
#include <vector>

#include "gradproof/checks/compiled_network.hpp"

namespace gradproof::checks {

/// What is moved: row j of Z[l] or of A[l].
struct Row {
    enum class Of { pre_activation, activation };
    Of of;
    std::size_t l;
    Eigen::Index j;
};

/// Where the pre-activations of an evaluation lie, relative to the kinks, compared with the unchanged pass.
enum class Crossing : std::uint8_t {
    none,      ///< on the same branches: the loss is smooth between the two
    crossed,   ///< a pre-activation changed to the other side of a kink
    off_kink,  ///< a pre-activation that lies exactly on a kink moved off it, and none crossed
};

/// The kinks of an activation, empty for smooth ones.
std::vector<double> kinks_of(const AnyActivation& activation);

/// How far A[l](j, i), l < L, moves while the pre-activations behind it move by at most 1.
template <class S>
S length_of_activation(const Network<S>& network, std::size_t l, Eigen::Index j) {
    const S largest = network.layer(l + 1).W.col(j).cwiseAbs().maxCoeff();
    return largest > S(0) ? S(1) / largest : S(1);
}

/// What lies between a pre-activation of the unchanged pass and a moved one. A number that rounding alone may have put
/// beside the kink, at most `margin` from it, counts as lying on it: whoever else computed it may have landed there.
template <class S>
Crossing crossing_of(const S& before, const S& after, const S& kink, const S& margin) {
    const auto distance = [&kink](const S& z) { return z < kink ? S(kink - z) : S(z - kink); };
    if (distance(before) <= margin) return distance(after) <= S(2) * margin ? Crossing::none : Crossing::off_kink;
    return (before < kink) != (after < kink) || after == kink ? Crossing::crossed : Crossing::none;
}

/// Adds what another pre-activation did.
inline void merge(Crossing& crossing, Crossing other) {
    if (crossing != Crossing::crossed && other != Crossing::none) crossing = other;
}

/// How far rounding in double precision may have moved each entry of Z[l], for the layers l whose activation has kinks;
/// empty for the others. derivations/finite_differences.md (rounding)
template <class S>
std::vector<Matrix<S>> roundings_of_Z(const Network<S>& network, const Cache<S>& cache);

template <Scalar S>
struct RowProbe {
    const Network<S>* network;
    Cache<S> cache;
    Matrix<S> Y;
    std::vector<std::vector<double>> kinks;  // of layer l, indexed by layer
    std::vector<Matrix<S>> margins;          // roundings_of_Z, for an ordered floating-point S

    RowProbe(const Network<S>& network_, const Matrix<S>& X, const Matrix<S>& Y_)
        : RowProbe(network_, forward(network_, X), Y_, {}) {
        check_shapes(network_, X, &Y_);
        if constexpr (std::floating_point<S>) margins = roundings_of_Z(network_, cache);
    }

    /// The same from a forward pass that was made elsewhere; A[0] may be empty.
    RowProbe(const Network<S>& network_, Cache<S> cache_, Matrix<S> Y_, std::vector<Matrix<S>> margins_)
        : network(&network_), cache(std::move(cache_)), Y(std::move(Y_)), margins(std::move(margins_)) {
        kinks.emplace_back();
        for (const auto& layer : network_.layers) kinks.push_back(kinks_of(layer.activation));
    }

    /// The probe restricted to some of the examples.
    RowProbe restricted_to(const std::vector<Eigen::Index>& examples) const {
        RowProbe probe;
        probe.network = network;
        probe.kinks = kinks;
        const auto restrict = [&examples](const auto& from, auto& to) {
            for (const auto& tensor : from) to.push_back(tensor.size() > 0 ? pick(tensor, examples) : Matrix<S>());
        };
        restrict(cache.Z, probe.cache.Z);
        restrict(cache.A, probe.cache.A);
        restrict(margins, probe.margins);
        probe.Y = pick(Y, examples);
        return probe;
    }

    /// The losses (1 × m) with `change` (1 × m) added to row j of Z[l]; `crossings`, if given, says for each example
    /// whether a kink lies between this and the unchanged pass.
    Matrix<S> losses_with_Z(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                            std::vector<Crossing>* crossings = nullptr) const {
        if (crossings) crossings->assign(static_cast<std::size_t>(change.cols()), Crossing::none);
        Matrix<S> Z = cache.Z[l];
        Z.row(j) += change;
        if (crossings) compare_with_kinks(l, Z, *crossings);
        return losses_from(l, std::move(Z), crossings);
    }

    /// The losses (1 × m) with `change` (1 × m) added to row j of A[l], 0 <= l <= L. The losses of a changed A[L] are
    /// taken from A[L], not by the stable form from Z[L], which did not move.
    Matrix<S> losses_with_A(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                            std::vector<Crossing>* crossings = nullptr) const {
        if (crossings) crossings->assign(static_cast<std::size_t>(change.cols()), Crossing::none);
        if (l == network->depth()) {
            Matrix<S> A = cache.A[l];
            A.row(j) += change;
            return std::visit(
                [&](const auto& loss) -> Matrix<S> {
                    return A.binaryExpr(Y, [&loss](const S& a, const S& y) -> S { return loss.value(a, y); })
                        .colwise()
                        .sum();
                },
                network->loss);
        }
        Matrix<S> Z = cache.Z[l + 1] + network->layer(l + 1).W.col(j) * change;
        if (crossings) compare_with_kinks(l + 1, Z, *crossings);
        return losses_from(l + 1, std::move(Z), crossings);
    }

  private:
    RowProbe() = default;

    static Matrix<S> pick(const Matrix<S>& tensor, const std::vector<Eigen::Index>& examples) {
        return tensor(Eigen::all, examples);
    }

    Matrix<S> losses_from(std::size_t l, Matrix<S> Z, std::vector<Crossing>* crossings) const {
        Matrix<S> A = activation_of(l, Z);
        while (++l <= network->depth()) {
            Z = network->layer(l).W * A;
            Z.colwise() += network->layer(l).b;
            if (crossings) compare_with_kinks(l, Z, *crossings);
            A = activation_of(l, Z);
        }
        return std::visit(
            [&]<class G, class L>(const G& g, const L& loss) -> Matrix<S> {
                if constexpr (Activation<G, S> && Loss<L, S>) {
                    return example_losses(g, loss, Z, A, Y);
                } else {
                    detail::refuse_scalar(G::name);
                }
            },
            network->layers.back().activation, network->loss);
    }

    // A backward pass takes the slope of a saturating activation from its value, as 1 - a² or a(1 - a), which has
    // absolute accuracy only. A scalar that keeps the magnitude of its terms is told so: they are at least as large as
    // a.
    Matrix<S> activation_of(std::size_t l, const Matrix<S>& Z) const {
        const auto& activation = network->layer(l).activation;
        Matrix<S> A = activate(activation, Z);
        if constexpr (requires(S s) { s.magnitude; }) {
            const bool saturates = std::visit(
                [](const auto& g) { return std::isfinite(g.range.lower) && std::isfinite(g.range.upper); }, activation);
            if (!saturates) return A;
            for (Eigen::Index i = 0; i < A.size(); ++i) {
                auto& a = A.data()[i];
                const auto of_terms = (a.value < 0 ? -a.value : a.value) * Z.data()[i].magnitude;
                if (a.magnitude < of_terms) a.magnitude = of_terms;
            }
        }
        return A;
    }

    void compare_with_kinks(std::size_t l, const Matrix<S>& Z, std::vector<Crossing>& crossings) const {
        if constexpr (std::floating_point<S>) {
            for (const double at : kinks[l])
                for (Eigen::Index i = 0; i < Z.cols(); ++i)
                    for (Eigen::Index r = 0; r < Z.rows(); ++r)
                        merge(crossings[static_cast<std::size_t>(i)],
                              crossing_of(cache.Z[l](r, i), Z(r, i), S(at), margins[l](r, i)));
        }
    }
};

}  // namespace gradproof::checks
