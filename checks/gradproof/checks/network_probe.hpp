// SPDX-License-Identifier: MIT
//
// Moving one thing in a network and evaluating again only what moves with it. Changing row j of Z[l], whether through
// an entry of W[l] or b[l] or of Z[l] itself, moves row j of A[l] and everything behind it; nothing before. The probe
// holds a forward pass and answers: what are the m losses with that row changed? It is a part of the forward pass, in
// any scalar, and knows nothing of derivatives. derivations/finite_differences.md (incremental)
#pragma once

#include <cstdint>
#include <vector>

#include "gradproof/checks/compiled_network.hpp"

namespace gradproof::checks {

/// Where the pre-activations of an evaluation lie, relative to the kinks, compared with the unchanged pass.
enum class Crossing : std::uint8_t {
    none,      ///< on the same branches: the loss is smooth between the two
    crossed,   ///< a pre-activation changed to the other side of a kink
    off_kink,  ///< a pre-activation that lies exactly on a kink moved off it, and none crossed
};

/// The kinks of an activation, empty for smooth ones.
std::vector<double> kinks_of(const AnyActivation& activation);

template <Scalar S>
struct RowProbe {
    const Network<S>* network;
    Cache<S> cache;
    Matrix<S> Y;
    std::vector<std::vector<double>> kinks;  // of layer l, indexed by layer

    RowProbe(const Network<S>& network_, const Matrix<S>& X, const Matrix<S>& Y_)
        : network(&network_), cache(forward(network_, X)), Y(Y_) {
        check_shapes(network_, X, &Y_);
        kinks.emplace_back();
        for (const auto& layer : network_.layers) kinks.push_back(kinks_of(layer.activation));
    }

    /// The probe restricted to some of the examples.
    RowProbe restricted_to(const std::vector<Eigen::Index>& examples) const {
        RowProbe probe(*this);
        for (auto* tensors : {&probe.cache.Z, &probe.cache.A})
            for (auto& tensor : *tensors)
                if (tensor.size() > 0) tensor = Matrix<S>(tensor(Eigen::all, examples));
        probe.Y = Matrix<S>(Y(Eigen::all, examples));
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
        if constexpr (Ordered<S>) {
            for (const double at : kinks[l]) {
                const S kink = S(at);
                for (Eigen::Index i = 0; i < Z.cols(); ++i) {
                    Crossing& crossing = crossings[static_cast<std::size_t>(i)];
                    for (Eigen::Index r = 0; r < Z.rows() && crossing != Crossing::crossed; ++r) {
                        const S& before = cache.Z[l](r, i);
                        const S& after = Z(r, i);
                        if (before == kink) {
                            if (!(after == kink)) crossing = Crossing::off_kink;
                        } else if ((before < kink) != (after < kink) || after == kink) {
                            crossing = Crossing::crossed;
                        }
                    }
                }
            }
        }
    }
};

}  // namespace gradproof::checks
