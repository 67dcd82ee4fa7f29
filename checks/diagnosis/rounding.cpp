// SPDX-License-Identifier: MIT
#include "diagnosis/rounding.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "diagnosis/search/step.hpp"
#include "differences/network/roundoff.hpp"

namespace gradproof::diagnosis {
namespace {

// An elementary function is good to an ulp, and a formula chains a few of them.
constexpr double roundings_of_a_formula = 4;

// A shift as small as a rounding error drowns in rounding itself: functions are asked about a larger one and the answer
// is scaled back. A jump (a kink of g') must not be scaled, so the shift itself is asked about as well.
constexpr double magnification = 0x1p10;

template <class F>
Tensor response(const F& f, const Tensor& point, const Tensor& shift) {
    const Tensor unmoved = f(point);
    const auto moved_by = [&](double factor) -> Tensor {
        const Tensor up = f(Tensor(point + factor * shift)) - unmoved;
        const Tensor down = f(Tensor(point - factor * shift)) - unmoved;
        const Tensor answer = up.cwiseAbs().cwiseMax(down.cwiseAbs());
        // Out of the domain there is no answer; the smaller shift has to do.
        return answer.unaryExpr([](double x) { return std::isfinite(x) ? x : 0.0; });
    };
    return (moved_by(magnification) / magnification).cwiseMax(moved_by(1));
}

// The same where each entry answers to its whole column: the sum over the rows, each moved alone.
template <class F>
Tensor response_to_rows(const F& f, const Tensor& point, const Tensor& shift) {
    Tensor sum = Tensor::Zero(point.rows(), point.cols());
    for (Eigen::Index k = 0; k < point.rows(); ++k) {
        Tensor one_row = Tensor::Zero(shift.rows(), shift.cols());
        one_row.row(k) = shift.row(k);
        sum += response(f, point, one_row);
    }
    return sum;
}

// |J| error for a vector activation, column by column; |g'| error for an elementwise one.
Tensor through_activation(const AnyActivation& activation, const Tensor& Z, const Tensor& error) {
    if (is_elementwise(activation)) return response([&](const Tensor& z) { return activate(activation, z); }, Z, error);
    Tensor sum = Tensor::Zero(Z.rows(), Z.cols());
    for (Eigen::Index k = 0; k < Z.rows(); ++k) {
        Tensor one_row = Tensor::Zero(Z.rows(), Z.cols());
        one_row.row(k).setOnes();
        sum.row(k) = pull_back(activation, Z, one_row).cwiseAbs().cwiseProduct(error).colwise().sum();
    }
    return sum;
}

struct Bounds {
    const Network<double>& network;
    const Cache<double>& cache;
    const Tensor& Y;
    double u;

    Tensor of_Z(std::size_t l, const Tensor& error_of_A) const {
        const Dense<double>& dense = network.layer(l).dense;
        Tensor error = checks::terms_of_Z(dense, cache.A[l - 1]) * (static_cast<double>(dense.W.cols() + 2) * u);
        if (error_of_A.size() > 0) error += dense.W.cwiseAbs() * error_of_A;
        return error;
    }
    Tensor of_A(std::size_t l, const Tensor& error_of_Z) const {
        return through_activation(network.layer(l).activation, cache.Z[l], error_of_Z) +
               cache.A[l].cwiseAbs() * (roundings_of_a_formula * u);
    }
    Tensor of_dA_output(const Tensor& error_of_A, const Tensor& dA) const {
        // 1 - A rounds by u even where A itself is tiny.
        const Tensor error = (error_of_A.array() + u).matrix();
        const auto derivative = [&](const Tensor& A) -> Tensor { return loss_derivative(network.loss, A, Y); };
        const Tensor answer = is_elementwise(network.loss) ? response(derivative, cache.A.back(), error)
                                                           : response_to_rows(derivative, cache.A.back(), error);
        return weighted(network, answer).cwiseAbs() + dA.cwiseAbs() * (roundings_of_a_formula * u);
    }
    Tensor of_dZ(std::size_t l, const Tensor& dA, const Tensor& error_of_dA, const Tensor& error_of_Z) const {
        const auto& activation = network.layer(l).activation;
        const Tensor& Z = cache.Z[l];
        if (is_elementwise(activation)) {
            const auto derivative = [&](const Tensor& z) { return derivative_of(activation, z); };
            const Tensor slope = derivative(Z).cwiseAbs();
            // Formulas such as 1 - A² round by u even where the result is tiny.
            const Tensor error_of_slope =
                (response(derivative, Z, error_of_Z).array() + (slope.array() + 1) * roundings_of_a_formula * u)
                    .matrix();
            return slope.cwiseProduct(error_of_dA) + dA.cwiseAbs().cwiseProduct(error_of_slope);
        }
        const std::optional<double> gain = activation.facts().softmax_gain;
        if (!gain) return of_dZ_of_columns(activation, Z, dA, error_of_dA, error_of_Z);
        const Tensor p = cache.A[l].cwiseAbs();
        const Tensor weighted = p.cwiseProduct(dA.cwiseAbs());
        const Tensor spread = dA.cwiseAbs() + weighted.colwise().sum().replicate(dA.rows(), 1);
        const double n = static_cast<double>(dA.rows());
        const Tensor passed_on =
            p.cwiseProduct(error_of_dA + p.cwiseProduct(error_of_dA).colwise().sum().replicate(dA.rows(), 1));
        return (passed_on + p.cwiseProduct(spread) * ((roundings_of_a_formula + n) * u)) * std::abs(*gain) +
               through_activation(activation, Z, error_of_Z).cwiseProduct(spread) * std::max(std::abs(*gain), 1.0);
    }
    // Of any Jacobian: 1 - p rounds by u even where it is tiny.
    Tensor of_dZ_of_columns(const AnyActivation& activation, const Tensor& Z, const Tensor& dA,
                            const Tensor& error_of_dA, const Tensor& error_of_Z) const {
        const double roundings = (roundings_of_a_formula + static_cast<double>(dA.rows())) * u;
        Tensor error = response_to_rows([&](const Tensor& z) { return pull_back(activation, z, dA); }, Z, error_of_Z);
        for (Eigen::Index k = 0; k < Z.rows(); ++k) {
            Tensor one_row = Tensor::Zero(Z.rows(), Z.cols());
            one_row.row(k).setOnes();
            const Tensor row_of_J = pull_back(activation, Z, one_row).cwiseAbs();
            const Tensor of_row = error_of_dA.row(k).replicate(Z.rows(), 1);
            const Tensor size = dA.row(k).cwiseAbs().replicate(Z.rows(), 1);
            error += row_of_J.cwiseProduct(of_row) + (row_of_J.array() + 1).matrix().cwiseProduct(size) * roundings;
        }
        return error;
    }
};

}  // namespace

Roundings roundings_of(const Network<double>& network, const Cache<double>& cache, const Matrix<double>& Y,
                       const Gradients<double>& gradients, double unit_roundoff) {
    const std::size_t L = network.depth();
    const double m = static_cast<double>(Y.cols());
    const double u = unit_roundoff;
    const Bounds bounds{network, cache, Y, u};
    Roundings out{.cache = {.Z = {Tensor()}, .A = {Tensor()}}, .gradients = empty_gradients(L)};
    for (std::size_t l = 1; l <= L; ++l) {
        out.cache.Z.push_back(bounds.of_Z(l, out.cache.A[l - 1]));
        out.cache.A.push_back(bounds.of_A(l, out.cache.Z[l]));
    }
    auto& [dW, db, dZ, dA] = out.gradients;
    dA[L] = bounds.of_dA_output(out.cache.A[L], gradients.dA[L]);
    const bool canonical = is_canonical_pair(network.layers.back().activation, network.loss);
    const Tensor of_error = out.cache.A[L] + (cache.A[L].cwiseAbs() + Y.cwiseAbs()) * (roundings_of_a_formula * u);
    dZ[L] = canonical ? Tensor(weighted(network, of_error).cwiseAbs())
                      : bounds.of_dZ(L, gradients.dA[L], dA[L], out.cache.Z[L]);
    const Tensor terms = example_losses(network, cache, Y).cwiseAbs();
    const Tensor of_logarithms = cache.Z[L].cwiseAbs().cwiseMax(1).cwiseProduct(Y.cwiseAbs().cwiseMax(1));
    out.cost = (gradients.dZ[L].cwiseAbs().cwiseProduct(out.cache.Z[L]).sum() +
                (terms.sum() + weighted(network, of_logarithms).cwiseAbs().sum()) * (roundings_of_a_formula + m) * u) /
                   m +
               network.lambda / (2 * m) * squared_weights(network) * 32 * u;
    for (std::size_t l = L; l >= 1; --l) {
        if (l < L) dZ[l] = bounds.of_dZ(l, gradients.dA[l], dA[l], out.cache.Z[l]);
        const Tensor A = cache.A[l - 1].cwiseAbs();
        const Tensor size = gradients.dZ[l].cwiseAbs();
        const Tensor& W = network.layer(l).dense.W;
        dW[l] = (dZ[l] + size * ((m + 2) * u)) * A.transpose() / m + W.cwiseAbs() * (4 * u * network.lambda / m);
        if (l > 1) dW[l] += size * out.cache.A[l - 1].transpose() / m;
        db[l] = (dZ[l] + size * ((m + 2) * u)).rowwise().sum() / m;
        if (gradients.dA[l - 1].size() == 0) continue;
        dA[l - 1] = W.cwiseAbs().transpose() * (dZ[l] + size * (static_cast<double>(W.rows() + 1) * u));
    }
    return out;
}

}  // namespace gradproof::diagnosis
