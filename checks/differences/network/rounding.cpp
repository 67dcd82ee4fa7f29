// SPDX-License-Identifier: MIT
#include "differences/network/rounding.hpp"

#include <algorithm>
#include <cmath>

#include "differences/network/roundoff.hpp"

namespace gradproof::checks {
namespace {

// A shift as small as a rounding error would itself drown in rounding: functions are asked about a shift so many times
// larger, and the answer is scaled back.
template <class S>
constexpr S magnification = S(0x1p20);

template <class S>
Matrix<S> distance(const Matrix<S>& a, const Matrix<S>& b) {
    return entrywise([](const S& x, const S& y) -> S { return std::abs(x - y); }, a, b);
}
template <class S>
Matrix<S> larger(const Matrix<S>& a, const Matrix<S>& b) {
    return entrywise([](const S& x, const S& y) -> S { return std::max(x, y); }, a, b);
}

// How far f(point) moves when `point` moves by `shift` up or down, `rows` of it one at a time if they act together.
template <class S, class F>
Matrix<S> response(const F& f, const Matrix<S>& point, const Matrix<S>& shift, bool row_by_row) {
    const Matrix<S> unmoved = f(point);
    const Matrix<S> magnified = shift * magnification<S>;
    const auto moved_by = [&](const Matrix<S>& by) -> Matrix<S> {
        const Matrix<S> up = f(Matrix<S>(point + by));
        const Matrix<S> down = f(Matrix<S>(point - by));
        return larger(distance(up, unmoved), distance(down, unmoved)) / magnification<S>;
    };
    if (!row_by_row) return moved_by(magnified);
    Matrix<S> sum = Matrix<S>::Zero(unmoved.rows(), unmoved.cols());
    for (Eigen::Index r = 0; r < point.rows(); ++r) {
        Matrix<S> one_row = Matrix<S>::Zero(point.rows(), point.cols());
        one_row.row(r) = magnified.row(r);
        sum += moved_by(one_row);
    }
    return sum;
}

// A value that passed through unchanged, as on the right of relu, was rounded once at most.
template <class S>
Matrix<S> rounding_of_values(const Matrix<S>& Z, const Matrix<S>& A) {
    return entrywise(
        [](const S& z, const S& a) -> S { return std::abs(a) * (a == z ? unit_roundoff<S>() : formula_roundoff<S>()); },
        Z, A);
}

// How far the losses move when each prediction moves by `shift`, which it may do on its own: log(1 - a) magnifies the
// rounding of an a near 1 by 1 / (1 - a). The shift is not magnified, since that could leave the domain; what it leaves
// by itself is taken at the last number inside.
template <class S>
Matrix<S> response_of_losses(const AnyLoss& loss, const Matrix<S>& A, const Matrix<S>& Y, const Matrix<S>& shift) {
    const auto formulas = loss.on<S>();
    const Interval& domain = loss.facts().prediction_domain;
    Matrix<S> sum = Matrix<S>::Zero(1, A.cols());
    for (Eigen::Index i = 0; i < A.cols(); ++i)
        for (Eigen::Index r = 0; r < A.rows(); ++r) {
            Matrix<S> a_column = A.col(i);
            const Matrix<S> y_column = Y.col(i);
            const auto loss_at = [&](const S& a) -> S {
                if (formulas.is_elementwise()) return formulas.value(a, Y(r, i));
                a_column(r, 0) = a;
                return formulas.example_losses(a_column, y_column)(0, 0);
            };
            const S unmoved = loss_at(A(r, i));
            const auto moved = [&](S a) -> S {
                if (!(a > S(domain.lower))) a = std::nextafter(S(domain.lower), A(r, i));
                if (!(a < S(domain.upper))) a = std::nextafter(S(domain.upper), A(r, i));
                return std::abs(loss_at(a) - unmoved);
            };
            sum(0, i) += std::max(moved(A(r, i) + shift(r, i)), moved(A(r, i) - shift(r, i)));
        }
    return sum;
}

// The terms of a loss are at most its operand times its label, or the 1 of 1 - a.
template <class S>
Matrix<S> magnitude_of_terms(const Matrix<S>& operand, const Matrix<S>& Y) {
    const auto magnitude = [](const S& x, const S& y) -> S { return std::abs(x) * std::max(std::abs(y), S(1)); };
    return entrywise(magnitude, operand, Y).colwise().sum();
}

}  // namespace

template <Scalar S>
Matrix<S> rounding_of_losses(const RowProbe<S>& probe, std::size_t l) {
    const Network<S>& network = *probe.network;
    const std::size_t L = network.depth();
    const auto& [Z, A] = probe.cache;
    if (l > L) {
        const auto losses = [&](const Matrix<S>& prediction) -> Matrix<S> {
            return example_losses(network.loss, prediction, probe.Y);
        };
        const Matrix<S> shift = absolute_values(A[L]) * (S(2) * unit_roundoff<S>());
        const Matrix<S> with_one = entrywise([](const S& a) -> S { return std::max(std::abs(a), S(1)); }, A[L]);
        return response_of_losses(network.loss, A[L], probe.Y, shift) +
               (absolute_values(losses(A[L])) + magnitude_of_terms(with_one, probe.Y)) * formula_roundoff<S>();
    }
    Matrix<S> error = absolute_values(Z[l]) * (S(2) * unit_roundoff<S>());
    for (; l < L; ++l) {
        const auto& activation = network.layer(l).activation;
        const bool acts_on_columns = !is_elementwise(activation);
        const Matrix<S> error_of_A =
            response([&](const Matrix<S>& z) { return activate(activation, z); }, Z[l], error, acts_on_columns) +
            rounding_of_values(Z[l], A[l]);
        const auto& next = network.layer(l + 1);
        const Matrix<S> W = absolute_values(next.dense.W);
        // A product compiled the short way: it is a small one.
        const Matrix<S> passed_on = summed_product(W, error_of_A);
        error = passed_on + terms_of_Z(next.dense, A[l]) * (static_cast<S>(W.cols() + 2) * unit_roundoff<S>());
    }
    const auto losses = [&](const Matrix<S>& z) -> Matrix<S> {
        Cache<S> last;
        last.Z.push_back(z);
        last.A.push_back(activate(network.layer(L).activation, z));
        return example_losses(network, last, probe.Y);
    };
    // The stable forms of canonical pairings are made of terms in z alone.
    Matrix<S> terms = absolute_values(losses(Z[L])) + magnitude_of_terms(Z[L], probe.Y);
    Matrix<S> of_predictions = Matrix<S>::Zero(1, A[L].cols());
    if (!is_canonical_pair(network.layers.back().activation, network.loss)) {
        terms += magnitude_of_terms(A[L], probe.Y);
        of_predictions = response_of_losses(network.loss, A[L], probe.Y, rounding_of_values(Z[L], A[L]));
    }
    return response(losses, Z[L], error, true) + of_predictions + terms * formula_roundoff<S>();
}

template <class S>
std::vector<Matrix<S>> roundings_of_Z(const Network<S>& network, const Matrix<S>& X, const Cache<S>& cache) {
    std::vector<Matrix<S>> roundings(network.depth() + 1);
    const auto has_kinks = [](const DenseWithActivation<S>& layer) { return !kink_points(layer.activation).empty(); };
    if (std::none_of(network.layers.begin(), network.layers.end(), has_kinks)) return roundings;
    constexpr S u = unit_roundoff<double>();
    Matrix<S> error_of_A = Matrix<S>::Zero(1, X.cols());  // the norm of each column
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const auto& layer = network.layer(l);
        const Vector<S> W = layer.dense.W.rowwise().norm();
        Matrix<S> error = largest_terms_of_Z(layer.dense, Matrix<S>((l == 1 ? X : cache.A[l - 1]).colwise().norm()));
        const Matrix<S> passed_on = summed_product(W, error_of_A);
        error = passed_on + error * (static_cast<S>(layer.dense.W.cols() + 2) * u);
        // A product may underflow and leave a pre-activation on a kink at 0.
        error.array() += static_cast<S>(layer.dense.W.cols() + 2) * S(smallest_number<double>);
        const auto g = [&layer](const Matrix<S>& z) { return activate(layer.activation, z); };
        const Matrix<S> of_entries = response(g, cache.Z[l], error, false) + absolute_values(cache.A[l]) * (S(6) * u);
        error_of_A = of_entries.colwise().norm();
        if (has_kinks(layer)) roundings[l] = std::move(error);
    }
    return roundings;
}

double rounding_of_backward(const Network<double>& network) {
    double roundings = 0;
    for (const auto& layer : network.layers) roundings += 16 + 2 * static_cast<double>(layer.dense.W.rows());
    return roundings * unit_roundoff<double>();
}

double rounding_of_sum(double m) {
    return 2 * m * unit_roundoff<double>();
}

template std::vector<Matrix<double>> roundings_of_Z(const Network<double>&, const Matrix<double>&,
                                                    const Cache<double>&);
template std::vector<Matrix<long double>> roundings_of_Z(const Network<long double>&, const Matrix<long double>&,
                                                         const Cache<long double>&);
template Matrix<double> rounding_of_losses(const RowProbe<double>&, std::size_t);
template Matrix<long double> rounding_of_losses(const RowProbe<long double>&, std::size_t);

}  // namespace gradproof::checks
