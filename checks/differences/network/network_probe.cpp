// SPDX-License-Identifier: MIT
#include "differences/network/network_probe.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace gradproof::checks {

std::vector<double> kink_points(const AnyActivation& activation) {
    std::vector<double> points;
    for (const Kink& kink : activation.facts().kinks) points.push_back(kink.at);
    const std::vector<double>& seams = activation.facts().seams;
    points.insert(points.end(), seams.begin(), seams.end());
    std::ranges::sort(points);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    return points;
}

std::map<double, std::vector<double>> kink_points(const AnyLoss& loss, const Matrix<double>& Y) {
    std::map<double, std::vector<double>> points;
    if (!loss.has_kinks_or_seams()) return points;
    for (const double y : Y.reshaped()) {
        const auto [entry, is_new] = points.try_emplace(y, loss.seams(y));
        if (!is_new) continue;
        for (const Kink& kink : loss.kinks(y)) entry->second.push_back(kink.at);
    }
    return points;
}

namespace {

template <Scalar S>
Cache<S> checked_forward(const Network<S>& network, const Matrix<S>& X, const Matrix<S>& Y) {
    check_shapes(network, X, &Y);
    return forward_from(network, network.layer(1).dense.forward(X));
}

}  // namespace

template <Scalar S>
RowProbe<S>::RowProbe(const Network<S>& network_, const Matrix<S>& X_,
                      const Matrix<S>& Y_) requires std::floating_point<S>
    : RowProbe(network_, checked_forward(network_, X_, Y_), Y_, {}) {
    X = &X_;
    // Clang 14 compiles this for every S, whatever the declaration requires.
    if constexpr (std::floating_point<S>) margins = roundings_of_Z(network_, X_, cache);
}

template <Scalar S>
RowProbe<S>::RowProbe(const Network<S>& network_, Cache<S> cache_, Matrix<S> Y_, std::vector<Matrix<S>> margins_)
    : network(&network_), X(nullptr), cache(std::move(cache_)), Y(std::move(Y_)), margins(std::move(margins_)) {
    kinks.emplace_back();
    for (const auto& layer : network_.layers) kinks.push_back(kink_points(layer.activation));
    if constexpr (std::floating_point<S>) kinks_of_loss = kink_points(network_.loss, Y.template cast<double>());
}

template <Scalar S>
bool RowProbe<S>::has_kinks_from(std::size_t l) const {
    for (; l <= network->depth(); ++l)
        if (!kinks[l].empty()) return true;
    return !kinks_of_loss.empty();
}

template <Scalar S>
RowProbe<S> RowProbe<S>::restricted_to(const std::vector<Eigen::Index>& examples) const {
    RowProbe probe;
    probe.network = network;
    probe.X = nullptr;
    probe.kinks = kinks;
    probe.kinks_of_loss = kinks_of_loss;
    const auto pick = [&examples](const Matrix<S>& tensor) {
        return tensor.size() > 0 ? Matrix<S>(tensor(Eigen::all, examples)) : Matrix<S>();
    };
    const auto restrict = [&pick](const auto& from, auto& to) {
        for (const auto& tensor : from) to.push_back(pick(tensor));
    };
    restrict(cache.Z, probe.cache.Z);
    restrict(cache.A, probe.cache.A);
    restrict(margins, probe.margins);
    probe.Y = pick(Y);
    return probe;
}

template <Scalar S>
Matrix<S> RowProbe<S>::losses_with_Z(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                                     std::vector<Crossing>* crossings) const {
    if (crossings) crossings->assign(static_cast<std::size_t>(change.cols()), Crossing::none);
    if (l < network->depth() && is_elementwise(network->layer(l).activation)) {
        const Matrix<S> z = cache.Z[l].row(j) + change;
        if (crossings) compare_with_kinks(l, j, z, *crossings);
        return losses_behind_A(l, j, activation_of(l, z) - cache.A[l].row(j), crossings);
    }
    Matrix<S> Z = cache.Z[l];
    Z.row(j) += change;
    if (crossings) compare_with_kinks(l, 0, Z, *crossings);
    return losses_from(l, std::move(Z), crossings);
}

template <Scalar S>
Matrix<S> RowProbe<S>::losses_with_A(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                                     std::vector<Crossing>* crossings) const {
    if (crossings) crossings->assign(static_cast<std::size_t>(change.cols()), Crossing::none);
    if (l == network->depth()) {
        Matrix<S> A = cache.A[l];
        A.row(j) += change;
        if (crossings) compare_with_kinks_of_loss(A, *crossings);
        return example_losses(network->loss, A, Y);
    }
    return losses_behind_A(l, j, change, crossings);
}

template <Scalar S>
Matrix<S> RowProbe<S>::losses_behind_A(std::size_t l, Eigen::Index j, const Matrix<S>& change,
                                       std::vector<Crossing>* crossings) const {
    Matrix<S> Z = cache.Z[l + 1] + network->layer(l + 1).dense.W.col(j).lazyProduct(change);
    if (crossings) compare_with_kinks(l + 1, 0, Z, *crossings);
    return losses_from(l + 1, std::move(Z), crossings);
}

template <Scalar S>
Matrix<S> RowProbe<S>::losses_from(std::size_t l, Matrix<S> Z, std::vector<Crossing>* crossings) const {
    Matrix<S> A = activation_of(l, Z);
    while (++l <= network->depth()) {
        Z = network->layer(l).dense.forward(A);
        if (crossings) compare_with_kinks(l, 0, Z, *crossings);
        A = activation_of(l, Z);
    }
    if (crossings) compare_with_kinks_of_loss(A, *crossings);
    Cache<S> last;
    last.Z.push_back(std::move(Z));
    last.A.push_back(std::move(A));
    return example_losses(*network, last, Y);
}

// A backward pass takes the slope of a saturating activation from its value, as 1 - a² or a(1 - a), which has absolute
// accuracy only. A scalar that keeps the magnitude of its terms is told so: they are at least as large as a.
template <Scalar S>
Matrix<S> RowProbe<S>::activation_of(std::size_t l, const Matrix<S>& Z) const {
    const auto& activation = network->layer(l).activation;
    Matrix<S> A = activate(activation, Z);
    if constexpr (requires(S s) { s.magnitude; }) {
        const Interval& range = activation.facts().range;
        if (!std::isfinite(range.lower) || !std::isfinite(range.upper)) return A;
        for (Eigen::Index i = 0; i < A.size(); ++i) {
            auto& a = A.data()[i];
            const auto of_terms = (a.value < 0 ? -a.value : a.value) * Z.data()[i].magnitude;
            if (a.magnitude < of_terms) a.magnitude = of_terms;
        }
    }
    return A;
}

template <Scalar S>
void RowProbe<S>::compare_with_kinks(std::size_t l, Eigen::Index first, const Matrix<S>& Z,
                                     std::vector<Crossing>& crossings) const {
    if constexpr (std::floating_point<S>) {
        const Eigen::Index rows = Z.rows();
        for (const double at : kinks[l])
            for (Eigen::Index i = 0; i < Z.cols(); ++i) {
                const auto before = cache.Z[l].col(i).segment(first, rows).array();
                const auto margin = margins[l].col(i).segment(first, rows).array();
                const auto after = before + S(kink_guard) * (Z.col(i).array() - before);
                // Hardly any moves across: all at once say so without a branch.
                const auto distance = before - S(at);
                const S nearest = (distance * (after - S(at))).min(distance.abs() - margin).minCoeff();
                if (nearest > S(0)) continue;
                Crossing& crossing = crossings[static_cast<std::size_t>(i)];
                for (Eigen::Index r = 0; r < rows && crossing != Crossing::crossed; ++r)
                    merge(crossing, crossing_of(before(r), S(after(r)), S(at), margin(r)));
            }
    }
}

template <Scalar S>
void RowProbe<S>::compare_with_kinks_of_loss(const Matrix<S>& A, std::vector<Crossing>& crossings) const {
    if constexpr (std::floating_point<S>) {
        if (kinks_of_loss.empty()) return;
        const Matrix<S>& unchanged = cache.A[network->depth()];
        for (Eigen::Index i = 0; i < A.cols(); ++i)
            for (Eigen::Index k = 0; k < A.rows(); ++k) {
                const S before = unchanged(k, i);
                const S after = before + S(kink_guard) * (A(k, i) - before);
                for (const double at : kinks_of_loss.at(static_cast<double>(Y(k, i))))
                    merge(crossings[static_cast<std::size_t>(i)],
                          crossing_of(before, after, S(at), S(margin_of_prediction(at))));
            }
    }
}

template struct RowProbe<double>;
template struct RowProbe<long double>;
template struct RowProbe<Dual<double>>;
template struct RowProbe<Dual<long double>>;

}  // namespace gradproof::checks
