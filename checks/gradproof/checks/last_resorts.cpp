// SPDX-License-Identifier: MIT
#include "gradproof/checks/last_resorts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "gradproof/checks/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index examples_a_chunk = 16;  // cast at a time: X in a wider scalar would be many times X

// The estimate of a mean over the examples from those of the examples.
Estimate mean_of(const std::vector<Estimate>& examples, double rounding_of_backward) {
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
    // does whoever computed the gradient, whose own pass rounds too.
    mean.error_bar = mean.error_bar / m + (2 * m * 0x1p-53 + rounding_of_backward) * mean.scale;
    return mean;
}

void replace(std::vector<Estimate>& examples, const std::vector<Eigen::Index>& which, const std::vector<Estimate>& by) {
    for (std::size_t n = 0; n < which.size(); ++n) examples[static_cast<std::size_t>(which[n])] = by[n];
}

// Examples whose bar is wider than `allowed`.
std::vector<Eigen::Index> too_wide(const std::vector<Estimate>& examples, double allowed) {
    std::vector<Eigen::Index> indices;
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (examples[i].error_bar > allowed) indices.push_back(static_cast<Eigen::Index>(i));
    return indices;
}

}  // namespace

template <class S>
std::shared_ptr<const RowProbe<S>> SlowerForwards::recast(Recast<S>& slower) const {
    std::call_once(slower.made, [&] {
        const Network<double>& network = *plain_->network;
        const Matrix<double>& X = plain_->cache.A.front();
        slower.network = {.layers = {}, .loss = network.loss, .lambda = S(network.lambda)};
        for (const auto& layer : network.layers)
            slower.network.layers.push_back({layer.W.cast<S>(), layer.b.cast<S>(), layer.activation});
        Cache<S> cache{.Z = {Matrix<S>()}, .A = {Matrix<S>()}};
        for (const auto& layer : network.layers)
            for (auto* tensors : {&cache.Z, &cache.A}) tensors->emplace_back(layer.W.rows(), X.cols());
        for (Eigen::Index i = 0; i < X.cols(); i += examples_a_chunk) {
            const Eigen::Index size = std::min(examples_a_chunk, X.cols() - i);
            const Cache<S> chunk = forward(slower.network, Matrix<S>(X.middleCols(i, size).cast<S>()));
            for (std::size_t l = 1; l <= network.depth(); ++l) {
                cache.Z[l].middleCols(i, size) = chunk.Z[l];
                cache.A[l].middleCols(i, size) = chunk.A[l];
            }
        }
        // Where rounding in double may have put a pre-activation beside a kink, it lies on it here too.
        std::vector<Matrix<S>> margins;
        for (const auto& margin : plain_->margins) margins.push_back(margin.template cast<S>());
        slower.probe = std::make_shared<const RowProbe<S>>(slower.network, std::move(cache),
                                                           Matrix<S>(plain_->Y.template cast<S>()), std::move(margins));
    });
    return slower.probe;
}

std::shared_ptr<const RowProbe<long double>> SlowerForwards::extended() const {
    return recast(extended_);
}

std::shared_ptr<const RowProbe<ExtendedDual>> SlowerForwards::dual() const {
    return recast(dual_);
}

LastResorts::LastResorts(std::shared_ptr<const RowProbe<double>> probe, const SlowerForwards& slower, Row::Of of,
                         std::size_t l, int required_digits)
    : probe_(std::move(probe)),
      slower_(slower),
      of_(of),
      l_(l),
      required_digits_(required_digits),
      rounding_of_backward_(rounding_of_backward(*probe_->network)) {}

bool LastResorts::is_settled(const Estimate& estimate) const {
    return is_narrow(estimate, required_digits_) || !std::isfinite(estimate.value);
}

double LastResorts::width_allowed(const Estimate& estimate) const {
    return std::pow(10.0, -required_digits_) * reference_magnitude(estimate);
}

const RowDifferences<double>& LastResorts::plain() const {
    std::call_once(plain_made_, [this] { plain_.emplace(probe_, of_, l_); });
    return *plain_;
}

const RowDifferences<long double>& LastResorts::extended() const {
    std::call_once(extended_made_, [this] { extended_.emplace(slower_.extended(), of_, l_); });
    return *extended_;
}

Estimate LastResorts::mean_along(Eigen::Index j, const Matrix<double>& direction) const {
    std::vector<Estimate> examples = plain().along(j, direction);
    Estimate mean = mean_of(examples, rounding_of_backward_);
    for (const double share : {0.5, 0.0}) {
        if (is_settled(mean)) return mean;
        again_with_long_double(j, direction, examples, share * width_allowed(mean));
        mean = mean_of(examples, rounding_of_backward_);
    }
    if (is_settled(mean) || mean.lower < mean.upper) return mean;
    again_with_dual_numbers(j, direction, examples, 0);
    return mean_of(examples, rounding_of_backward_);
}

Estimate LastResorts::example(Eigen::Index j, Eigen::Index i) const {
    const RowDifferences<double> only = plain().restricted_to({i});
    const Matrix<double> one = Matrix<double>::Ones(1, 1);
    std::vector<Estimate> example = only.along(j, one);
    const auto is_enough = [&] { return is_settled(example.front()); };
    if (!is_enough()) example = extended().restricted_to({i}).along(j, one.cast<long double>());
    if (!is_enough()) {
        Matrix<double> direction = Matrix<double>::Zero(1, probe_->Y.cols());
        direction(0, i) = 1;
        std::vector<Estimate> all(static_cast<std::size_t>(direction.cols()));
        all[static_cast<std::size_t>(i)] = example.front();
        again_with_dual_numbers(j, direction, all, 0);
        example.front() = all[static_cast<std::size_t>(i)];
    }
    return example.front();
}

void LastResorts::again_with_long_double(Eigen::Index j, const Matrix<double>& direction,
                                         std::vector<Estimate>& examples, double allowed) const {
    const auto wide = too_wide(examples, allowed);
    if (wide.empty()) return;
    const Matrix<long double> along_these = Matrix<double>(direction(Eigen::all, wide)).cast<long double>();
    replace(examples, wide, extended().restricted_to(wide).along(j, along_these));
}

// A dual number follows the branch taken, which on a kink is one of two derivatives: there the interval stays.
void LastResorts::again_with_dual_numbers(Eigen::Index j, const Matrix<double>& direction,
                                          std::vector<Estimate>& examples, double allowed) const {
    std::vector<Eigen::Index> wide = too_wide(examples, allowed);
    std::erase_if(wide, [&](Eigen::Index i) {
        const Estimate& estimate = examples[static_cast<std::size_t>(i)];
        return estimate.lower < estimate.upper;
    });
    if (wide.empty()) return;
    const Matrix<ExtendedDual> change =
        Matrix<double>(direction(Eigen::all, wide)).unaryExpr([](double along) { return ExtendedDual(0, along); });
    const Matrix<ExtendedDual> losses = losses_at(slower_.dual()->restricted_to(wide), {of_, l_, j}, change);
    std::vector<Estimate> estimates;
    for (const ExtendedDual& loss : losses.reshaped()) {
        const auto value = static_cast<double>(loss.derivative);
        // The oracle's own rounding is 2^-11 of this; the bar is what a backward pass in double may round.
        const double bar = rounding_of_backward_ * static_cast<double>(loss.magnitude);
        estimates.push_back(smooth_estimate(value, bar, std::abs(value), Method::dual_number));
    }
    replace(examples, wide, estimates);
}

}  // namespace gradproof::checks
