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

}  // namespace

template <class S>
std::shared_ptr<const RowProbe<S>> SlowerForwards::recast(Recast<S>& slower) const {
    std::call_once(slower.made, [&] {
        const Network<double>& network = *plain_->network;
        const Matrix<double>& X = plain_->cache.A.front();
        slower.network = cast<S>(network);
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

// First the widest examples, then, if need be, all.
Estimate LastResorts::mean_along(Eigen::Index j, const Matrix<double>& direction,
                                 const std::function<Estimate(const Estimate&)>& finish) const {
    std::vector<Estimate> examples = plain().along(j, direction);
    Estimate mean = finish(mean_of(examples, rounding_of_backward_));
    for (const double share : {0.5, 0.0}) {
        if (is_settled(mean)) return mean;
        const double allowed = share * width_allowed(mean);
        do_again(j, direction, examples, [allowed](const Estimate& e) { return e.error_bar > allowed; });
        mean = finish(mean_of(examples, rounding_of_backward_));
    }
    return mean;
}

Estimate LastResorts::example(Eigen::Index j, Eigen::Index i) const {
    Matrix<double> direction = Matrix<double>::Zero(1, probe_->Y.cols());
    direction(0, i) = 1;
    std::vector<Estimate> all(static_cast<std::size_t>(direction.cols()));
    Estimate& only = all[static_cast<std::size_t>(i)];
    only = plain().restricted_to({i}).along(j, Matrix<double>::Ones(1, 1)).front();
    do_again(j, direction, all, [&](const Estimate& e) { return &e == &only && !is_settled(e); });
    return only;
}

// The examples for which `too_wide` holds once more: differences with a 64-bit mantissa and, where these are still too
// wide, dual numbers. On a kink a dual number is one of two derivatives: there the differences' interval stays.
template <class TooWide>
void LastResorts::do_again(Eigen::Index j, const Matrix<double>& direction, std::vector<Estimate>& examples,
                           const TooWide& too_wide) const {
    std::vector<Eigen::Index> wide;
    for (std::size_t i = 0; i < examples.size(); ++i)
        if (too_wide(examples[i])) wide.push_back(static_cast<Eigen::Index>(i));
    if (wide.empty()) return;
    const Matrix<double> along_these = direction(Eigen::all, wide);
    const std::vector<Estimate> longer = extended().restricted_to(wide).along(j, along_these.cast<long double>());
    const std::vector<Estimate> dual = by_dual_numbers(j, along_these, wide);
    for (std::size_t n = 0; n < wide.size(); ++n) {
        Estimate& estimate = examples[static_cast<std::size_t>(wide[n])];
        estimate = longer[n];
        const bool on_kink = estimate.lower < estimate.upper;
        if (!on_kink && too_wide(estimate)) {
            estimate = dual[n];
        } else {
            estimate.error_bar += dual[n].error_bar;
            estimate.scale = std::max(estimate.scale, dual[n].scale);
        }
    }
}

// Derivatives by dual numbers. The bar is what a backward pass in double may round, since the oracle's own rounding is
// 2^-11 of that; the scale is the sum of the magnitudes of the terms, of which a derivative may be a small rest: A - Y
// has only absolute accuracy where the prediction is right.
std::vector<Estimate> LastResorts::by_dual_numbers(Eigen::Index j, const Matrix<double>& direction,
                                                   const std::vector<Eigen::Index>& examples) const {
    const Matrix<ExtendedDual> change = direction.unaryExpr([](double along) { return ExtendedDual(0, along); });
    const Matrix<ExtendedDual> losses = losses_at(slower_.dual()->restricted_to(examples), {of_, l_, j}, change);
    std::vector<Estimate> estimates;
    for (const ExtendedDual& loss : losses.reshaped()) {
        const auto magnitude = static_cast<double>(loss.magnitude);
        estimates.push_back(smooth_estimate(static_cast<double>(loss.derivative), rounding_of_backward_ * magnitude,
                                            magnitude, Method::dual_number));
    }
    return estimates;
}

}  // namespace gradproof::checks
