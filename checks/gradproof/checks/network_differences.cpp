// SPDX-License-Identifier: MIT
#include "gradproof/checks/network_differences.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "gradproof/checks/dual.hpp"
#include "gradproof/checks/network_probe.hpp"
#include "gradproof/checks/row_differences.hpp"

namespace gradproof::checks {
namespace {

using ExtendedDual = Dual<long double>;

template <class S>
Network<S> cast(const Network<double>& network) {
    Network<S> other{.layers = {}, .loss = network.loss, .lambda = S(network.lambda)};
    for (const auto& layer : network.layers)
        other.layers.push_back({layer.W.cast<S>(), layer.b.cast<S>(), layer.activation});
    return other;
}

// A network with a probe of it, in another scalar.
template <class S>
struct Recast {
    Network<S> network;
    RowProbe<S> probe;

    Recast(const Network<double>& network_, const Matrix<double>& X, const Matrix<double>& Y)
        : network(cast<S>(network_)), probe(network, X.cast<S>(), Y.cast<S>()) {}
    Recast(const Recast&) = delete;
    Recast& operator=(const Recast&) = delete;
};

// The estimate of a mean over the examples from those of the examples.
Estimate mean_of(const std::vector<Estimate>& examples) {
    Estimate mean = smooth_estimate(0, 0, 0);
    for (const Estimate& example : examples) {
        mean.value += example.value;
        mean.error_bar += example.error_bar;
        mean.scale += example.scale;
        mean.lower += example.lower;
        mean.upper += example.upper;
        mean.method = std::max(mean.method, example.method);
    }
    const auto m = static_cast<double>(examples.size());
    mean.value /= m;
    mean.scale /= m;
    mean.lower /= m;
    mean.upper /= m;
    // Summing m numbers rounds m - 1 times, each time by at most half an ulp of the sum of their magnitudes; and so
    // does whoever computed the gradient.
    mean.error_bar = mean.error_bar / m + 2 * m * 0x1p-53 * mean.scale;
    return mean;
}

// The regularisation's part of dW, λ/(2m) ((w + h)² - (w - h)²) / 2h: of a square a central difference is exact for any
// step, so it is taken as large as w, where rounding is least.
Estimate with_regularisation(Estimate estimate, double w, double lambda, double m) {
    if (lambda == 0) return estimate;
    const double h = std::max(std::abs(w), 0x1p-10);
    const double slope = lambda / (2 * m) * ((w + h) * (w + h) - (w - h) * (w - h)) / (2 * h);
    estimate.value += slope;
    estimate.lower += slope;
    estimate.upper += slope;
    estimate.scale += std::abs(slope);
    estimate.error_bar += 8 * 0x1p-53 * std::abs(lambda) / (2 * m) * (4 * h * h) / (2 * h);
    return estimate;
}

// Everything that the entries of one layer share; the slower scalars are set up when first needed.
class LayerDifferences {
  public:
    LayerDifferences(const RowProbe<double>& probe, Row::Of of, std::size_t l, const Matrix<double>& X,
                     const DifferenceOptions& options)
        : differences_(probe, of, l), X_(X), options_(options) {
        // What anybody's backward pass rounds: a sum of n_l terms and a few operations in every layer, on both sides.
        roundings_ = 16 * static_cast<double>(probe.network->depth());
        for (const auto& layer : probe.network->layers) roundings_ += 2 * static_cast<double>(layer.W.rows());
    }

    // The mean over the examples when row j moves along `direction`. Examples that leave the mean too wide are done
    // again by the last resorts: first the widest, then, if need be, all.
    Estimate mean_along(Eigen::Index j, const Matrix<double>& direction) {
        std::vector<Estimate> examples = differences_.along(j, direction);
        Estimate mean = mean_of(examples);
        for (const double share : {0.5, 0.0}) {
            if (is_settled(mean)) return mean;
            const double allowed = share * width_allowed(mean);
            do_again(j, direction, examples, [allowed](const Estimate& e) { return e.error_bar > allowed; });
            mean = mean_of(examples);
        }
        return mean;
    }

    // Each example on its own when row j moves.
    std::vector<Estimate> each_along(Eigen::Index j, const Matrix<double>& direction) {
        std::vector<Estimate> examples = differences_.along(j, direction);
        do_again(j, direction, examples, [this](const Estimate& e) { return !is_settled(e); });
        return examples;
    }

  private:
    bool is_settled(const Estimate& estimate) const {
        return !options_.last_resorts || is_narrow(estimate, options_.required_digits) ||
               !std::isfinite(estimate.value);
    }
    double width_allowed(const Estimate& estimate) const {
        return std::pow(10.0, -options_.required_digits) * reference_magnitude(estimate);
    }

    // The examples for which `too_wide` holds once more: differences with a 64-bit mantissa and, where these are still
    // too wide, dual numbers. On a kink a dual number is one of two derivatives: there the differences' interval stays.
    template <class TooWide>
    void do_again(Eigen::Index j, const Matrix<double>& direction, std::vector<Estimate>& examples,
                  const TooWide& too_wide) {
        std::vector<Eigen::Index> wide;
        for (std::size_t i = 0; i < examples.size(); ++i)
            if (too_wide(examples[i])) wide.push_back(static_cast<Eigen::Index>(i));
        if (wide.empty()) return;
        if (!extended_) {
            extended_network_.emplace(*differences_.probe.network, X_, differences_.probe.Y);
            extended_.emplace(extended_network_->probe, differences_.of, differences_.l);
            dual_network_.emplace(*differences_.probe.network, X_, differences_.probe.Y);
        }
        const Matrix<double> along_these = direction(Eigen::all, wide);
        const std::vector<Estimate> extended = extended_->restricted_to(wide).along(j, along_these.cast<long double>());
        const std::vector<Estimate> dual = by_dual_numbers(j, along_these, wide);
        for (std::size_t n = 0; n < wide.size(); ++n) {
            Estimate& estimate = examples[static_cast<std::size_t>(wide[n])];
            estimate = extended[n];
            const bool on_kink = estimate.lower < estimate.upper;
            if (!on_kink && too_wide(estimate)) {
                estimate = dual[n];
            } else {
                estimate.error_bar += dual[n].error_bar;
                estimate.scale = std::max(estimate.scale, dual[n].scale);
            }
        }
    }

    // Derivatives by dual numbers. The bar is what a backward pass in double may round, since the oracle's own rounding
    // is 2^-11 of that; the scale is the sum of the magnitudes of the terms, of which a derivative may be a small rest:
    // A - Y has only absolute accuracy where the prediction is right.
    std::vector<Estimate> by_dual_numbers(Eigen::Index j, const Matrix<double>& direction,
                                          const std::vector<Eigen::Index>& examples) const {
        const Matrix<ExtendedDual> change = direction.unaryExpr([](double along) { return ExtendedDual(0, along); });
        const Matrix<ExtendedDual> losses =
            losses_at(dual_network_->probe.restricted_to(examples), {differences_.of, differences_.l, j}, change);
        std::vector<Estimate> estimates;
        for (const ExtendedDual& loss : losses.reshaped()) {
            const auto magnitude = static_cast<double>(loss.magnitude);
            estimates.push_back(smooth_estimate(static_cast<double>(loss.derivative), roundings_ * 0x1p-53 * magnitude,
                                                magnitude, Method::dual_number));
        }
        return estimates;
    }

    RowDifferences<double> differences_;
    const Matrix<double>& X_;
    DifferenceOptions options_;
    double roundings_ = 0;
    std::optional<Recast<long double>> extended_network_;
    std::optional<RowDifferences<long double>> extended_;
    std::optional<Recast<ExtendedDual>> dual_network_;
};

void set_row(TensorEstimate& tensor, Eigen::Index j, const std::vector<Estimate>& examples) {
    for (std::size_t i = 0; i < examples.size(); ++i) tensor(j, static_cast<Eigen::Index>(i)) = examples[i];
}

}  // namespace

NetworkEstimates differentiate_network(const Network<double>& network, const Matrix<double>& X, const Matrix<double>& Y,
                                       const DifferenceOptions& options) {
    const RowProbe<double> probe(network, X, Y);
    const Eigen::Index m = X.cols();
    const Matrix<double> ones = Matrix<double>::Ones(1, m);
    NetworkEstimates estimates{.dW = {{}}, .db = {{}}, .dZ = {{}}, .dA = {}};
    for (std::size_t l = 1; l <= network.depth(); ++l) {
        const Matrix<double>& W = network.layer(l).W;
        TensorEstimate dW(fmt::format("dW{}", l), W.rows(), W.cols());
        TensorEstimate db(fmt::format("db{}", l), W.rows(), 1);
        TensorEstimate dZ(fmt::format("dZ{}", l), W.rows(), options.activations ? m : 0);
        LayerDifferences layer(probe, Row::Of::pre_activation, l, X, options);
        for (Eigen::Index j = 0; j < W.rows(); ++j) {
            for (Eigen::Index k = 0; k < W.cols(); ++k)
                dW(j, k) = with_regularisation(layer.mean_along(j, probe.cache.A[l - 1].row(k)), W(j, k),
                                               network.lambda, static_cast<double>(m));
            db(j, 0) = layer.mean_along(j, ones);
            if (options.activations) set_row(dZ, j, layer.each_along(j, ones));
        }
        estimates.dW.push_back(std::move(dW));
        estimates.db.push_back(std::move(db));
        estimates.dZ.push_back(std::move(dZ));
    }
    for (std::size_t l = 0; l <= network.depth(); ++l) {
        const Eigen::Index n = probe.cache.A[l].rows();
        TensorEstimate dA(fmt::format("dA{}", l), n, options.activations ? m : 0);
        if (options.activations) {
            LayerDifferences layer(probe, Row::Of::activation, l, X, options);
            for (Eigen::Index j = 0; j < n; ++j) set_row(dA, j, layer.each_along(j, ones));
        }
        estimates.dA.push_back(std::move(dA));
    }
    return estimates;
}

}  // namespace gradproof::checks
