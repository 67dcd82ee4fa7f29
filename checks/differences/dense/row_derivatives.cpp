// SPDX-License-Identifier: MIT
#include "differences/dense/row_derivatives.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

using Number = Dual<double>;

Matrix<Number> moved_by_one(Eigen::Index examples) {
    return Matrix<Number>::Constant(1, examples, Number(0, 1));
}

bool does_not_move(const Number& number) {
    return number.derivative == 0 && number.magnitude == 0;
}

RowProbe<Number> dual_probe(const Network<Number>& network, const RowProbe<double>& plain) {
    const auto cast_all = [](const std::vector<Matrix<double>>& tensors) {
        std::vector<Matrix<Number>> others;
        for (const auto& tensor : tensors) others.push_back(tensor.cast<Number>());
        return others;
    };
    return RowProbe<Number>(network, {.Z = cast_all(plain.cache.Z), .A = cast_all(plain.cache.A)},
                            plain.Y.cast<Number>(), {});
}

using Entries = Eigen::ArrayXd;

// Sums over the examples, entry by entry.
struct EntrySums {
    Entries value;
    Entries scale;
    Entries error_bar;
    Entries below;  // by how much the derivative from the left exceeds the value
    Entries above;  // and that from the right
    std::vector<Method> methods;
    std::vector<ConventionSums> conventions;  // empty as long as no kink was met

    explicit EntrySums(Eigen::Index entries)
        : value(Entries::Zero(entries)),
          scale(value),
          error_bar(value),
          below(value),
          above(value),
          methods(static_cast<std::size_t>(entries), Method::central_difference) {}

    template <class Factors>
    void add(const Estimate& estimate, const KinkSlopes* slopes, const Factors& factors) {
        value += factors * estimate.value;
        scale += factors.abs() * estimate.scale;
        if (std::isfinite(estimate.error_bar)) {
            error_bar += factors.abs() * estimate.error_bar;
        } else {
            error_bar = (factors != 0.0).select(estimate.error_bar, error_bar);
        }
        if (estimate.from_below != estimate.from_above) {
            const double from_left = estimate.from_below - estimate.value;
            const double from_right = estimate.from_above - estimate.value;
            below += factors * (factors < 0.0).select(Entries::Constant(factors.size(), from_right), from_left);
            above += factors * (factors < 0.0).select(Entries::Constant(factors.size(), from_left), from_right);
        }
        if (estimate.method != Method::central_difference)
            for (std::size_t n = 0; n < methods.size(); ++n)
                if (factors(static_cast<Eigen::Index>(n)) != 0) methods[n] = std::max(methods[n], estimate.method);
        if (!slopes) return;
        conventions.resize(methods.size());
        for (std::size_t n = 0; n < conventions.size(); ++n)
            if (const double factor = factors(static_cast<Eigen::Index>(n)); factor != 0)
                conventions[n].add(*slopes, factor, factor * estimate.value);
    }
};

}  // namespace

void RowDerivatives::append(const RowDerivatives& more) {
    estimates.insert(estimates.end(), more.estimates.begin(), more.estimates.end());
    slopes.insert(slopes.end(), more.slopes.begin(), more.slopes.end());
}

LayerDifferences::LayerDifferences(const RowProbe<double>& probe, const Network<Dual<double>>& dual,
                                   const KinkedExamples& kinked, Row::Of of, std::size_t l)
    : differences_(probe, of, l),
      kinked_(&kinked),
      dual_(&dual),
      rounding_of_backward_(rounding_of_backward(*probe.network)) {}

RowDerivatives LayerDifferences::of_row(const StepRange& range, Eigen::Index j, const Examples& examples,
                                        const IsEnough& is_enough) const {
    LossDerivatives losses = differences_.of_row(range, j, examples, is_enough);
    if (differences_.l < differences_.probe->network->depth() || differences_.of == Row::Of::pre_activation)
        mark_dead(j, examples, losses);
    RowDerivatives row{.estimates = std::move(losses.estimates), .slopes = {}};
    row.slopes.resize(examples.size());
    for (std::size_t n = 0; n < examples.size(); ++n) {
        if (!kinked_->reaches(differences_.row(j), examples[n])) continue;
        KinkSlopes slopes = kinked_->slopes(differences_.row(j), examples[n]);
        Estimate& estimate = row.estimates[n];
        if (slopes.shows(rounding_of_backward_) || estimate.is_at_kink()) {
            estimate = estimate_at_kink(estimate, slopes, 1, rounding_of_backward_);
            row.slopes[n] = std::make_shared<const KinkSlopes>(std::move(slopes));
        } else {
            estimate.error_bar = std::max(estimate.error_bar, rounding_of_backward_ * slopes.magnitude);
        }
    }
    return row;
}

// An example in which nothing behind the row moves with it has the derivative 0, not one that is too small to be seen.
// Differences cannot tell the two apart, dual numbers can; but those take a loss at its least, which moves, for dead.
void LayerDifferences::mark_dead(Eigen::Index j, const Examples& examples, LossDerivatives& losses) const {
    std::vector<std::size_t> candidates;
    Examples at;
    for (std::size_t n = 0; n < examples.size(); ++n) {
        const Estimate& estimate = losses.estimates[n];
        if (losses.moves[n] || !std::isfinite(estimate.error_bar) || estimate.scale != 0) continue;
        candidates.push_back(n);
        at.push_back(examples[n]);
    }
    if (candidates.empty()) return;
    const RowProbe<Number> dual = dual_probe(*dual_, differences_.probe->restricted_to(at));
    const Matrix<Number> change = moved_by_one(static_cast<Eigen::Index>(at.size()));
    const Matrix<Number> moved = losses_of_row(dual, differences_.row(j), change);
    for (std::size_t n = 0; n < candidates.size(); ++n)
        if (does_not_move(moved(0, static_cast<Eigen::Index>(n)))) losses.estimates[candidates[n]] = Estimate{};
}

Estimate of_example(const RowDerivatives& row, std::size_t n, const KinkedExamples& kinked,
                    double rounding_of_backward) {
    Estimate estimate = row.estimates[n];
    estimate.error_bar += rounding_of_backward * estimate.scale;
    if (!row.slopes[n]) return estimate;
    ConventionSums conventions;
    conventions.add(*row.slopes[n], 1, estimate.value);
    kinked.settle(estimate, conventions);
    return estimate;
}

std::vector<Estimate> means_along(const RowDerivatives& row, const Eigen::Ref<const Eigen::MatrixXd>& directions,
                                  const KinkedExamples& kinked, double rounding_of_backward) {
    EntrySums sums(directions.rows());
    for (std::size_t n = 0; n < row.estimates.size(); ++n) {
        const Estimate& estimate = row.estimates[n];
        if (estimate.scale == 0 && estimate.error_bar == 0) continue;
        sums.add(estimate, row.slopes[n].get(), directions.col(static_cast<Eigen::Index>(n)).array());
    }
    const auto m = static_cast<double>(row.estimates.size());
    const double rounding = rounding_of_sum(m) + rounding_of_backward;
    std::vector<Estimate> means;
    for (Eigen::Index k = 0; k < directions.rows(); ++k) {
        const auto n = static_cast<std::size_t>(k);
        const double scale = sums.scale(k) / m;
        Estimate mean =
            smooth_estimate(sums.value(k) / m, sums.error_bar(k) / m + rounding * scale, scale, sums.methods[n]);
        mean.from_below += sums.below(k) / m;
        mean.from_above += sums.above(k) / m;
        if (!sums.conventions.empty()) kinked.settle(mean, sums.conventions[n], 1 / m);
        means.push_back(std::move(mean));
    }
    return means;
}

}  // namespace gradproof::checks
