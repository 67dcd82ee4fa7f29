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
    // again with a 64-bit mantissa, and what is then still too wide with dual numbers.
    Estimate mean_along(Eigen::Index j, const Matrix<double>& direction) {
        std::vector<Estimate> examples = differences_.along(j, direction);
        Estimate mean = mean_of(examples);
        for (const double share : {0.5, 0.0}) {
            if (is_settled(mean)) return mean;
            again_with_long_double(j, direction, examples, share * width_allowed(mean));
            mean = mean_of(examples);
        }
        if (is_settled(mean) || mean.lower < mean.upper) return mean;
        again_with_dual_numbers(j, direction, examples, 0);
        return mean_of(examples);
    }

    // Each example on its own when row j moves.
    std::vector<Estimate> each_along(Eigen::Index j, const Matrix<double>& direction) {
        std::vector<Estimate> examples = differences_.along(j, direction);
        if (std::all_of(examples.begin(), examples.end(), [this](const auto& e) { return is_settled(e); }))
            return examples;
        again_with_long_double(j, direction, examples, -1);
        again_with_dual_numbers(j, direction, examples, -1);
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

    // Examples whose bar is wider than `allowed`, or, with a negative one, than their own required digits.
    std::vector<Eigen::Index> too_wide(const std::vector<Estimate>& examples, double allowed) const {
        std::vector<Eigen::Index> indices;
        for (std::size_t i = 0; i < examples.size(); ++i)
            if (allowed < 0 ? !is_settled(examples[i]) : examples[i].error_bar > allowed)
                indices.push_back(static_cast<Eigen::Index>(i));
        return indices;
    }

    void again_with_long_double(Eigen::Index j, const Matrix<double>& direction, std::vector<Estimate>& examples,
                                double allowed) {
        const auto wide = too_wide(examples, allowed);
        if (wide.empty()) return;
        if (!extended_) {
            extended_network_.emplace(*differences_.probe.network, X_, differences_.probe.Y);
            extended_.emplace(extended_network_->probe, differences_.of, differences_.l);
        }
        const Matrix<long double> along_these = Matrix<double>(direction(Eigen::all, wide)).cast<long double>();
        replace(examples, wide, extended_->restricted_to(wide).along(j, along_these));
    }

    // A dual number follows the branch taken, which on a kink is one of two derivatives: there the interval stays.
    void again_with_dual_numbers(Eigen::Index j, const Matrix<double>& direction, std::vector<Estimate>& examples,
                                 double allowed) {
        std::vector<Eigen::Index> wide = too_wide(examples, allowed);
        std::erase_if(wide, [&](Eigen::Index i) {
            const Estimate& estimate = examples[static_cast<std::size_t>(i)];
            return estimate.lower < estimate.upper;
        });
        if (wide.empty()) return;
        if (!dual_network_) dual_network_.emplace(*differences_.probe.network, X_, differences_.probe.Y);
        const Matrix<ExtendedDual> change =
            Matrix<double>(direction(Eigen::all, wide)).unaryExpr([](double along) { return ExtendedDual(0, along); });
        const Matrix<ExtendedDual> losses =
            losses_at(dual_network_->probe.restricted_to(wide), {differences_.of, differences_.l, j}, change);
        std::vector<Estimate> estimates;
        for (const ExtendedDual& loss : losses.reshaped()) {
            const auto value = static_cast<double>(loss.derivative);
            // The oracle's own rounding is 2^-11 of this; the bar is what a backward pass in double may round.
            const double bar = roundings_ * 0x1p-53 * static_cast<double>(loss.magnitude);
            estimates.push_back(smooth_estimate(value, bar, std::abs(value), Method::dual_number));
        }
        replace(examples, wide, estimates);
    }

    static void replace(std::vector<Estimate>& examples, const std::vector<Eigen::Index>& which,
                        const std::vector<Estimate>& by) {
        for (std::size_t n = 0; n < which.size(); ++n) examples[static_cast<std::size_t>(which[n])] = by[n];
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
