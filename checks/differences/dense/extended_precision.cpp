// SPDX-License-Identifier: MIT
#include "differences/dense/extended_precision.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr std::size_t examples_per_extended_part = 16;  // between which a stop is answered

Examples all_of(std::size_t m) {
    Examples examples(m);
    std::iota(examples.begin(), examples.end(), Eigen::Index{0});
    return examples;
}

// Calls make(part) for the examples that are not made, a few at a time. Returns whether no stop came between.
template <class Make>
bool make_in_parts(const Examples& examples, std::vector<bool>& is_made, const TaskLoop& loop, const Make& make) {
    Examples missing;
    for (const Eigen::Index i : examples)
        if (!is_made[static_cast<std::size_t>(i)]) missing.push_back(i);
    for (std::size_t n = 0; n < missing.size(); n += examples_per_extended_part) {
        if (!loop.keep_going()) return false;
        const auto first = missing.begin() + static_cast<std::ptrdiff_t>(n);
        const std::size_t size = std::min(examples_per_extended_part, missing.size() - n);
        const Examples part(first, first + static_cast<std::ptrdiff_t>(size));
        make(part);
        for (const Eigen::Index i : part) is_made[static_cast<std::size_t>(i)] = true;
    }
    return true;
}

}  // namespace

bool is_decided(const Estimate& estimate, int required_digits) {
    return std::isfinite(estimate.error_bar) && is_narrow(estimate, required_digits);
}

ExtendedLayer::ExtendedLayer(const ExtendedPass& pass, const KinkedExamples& kinked, const TaskLoop& loop, Row::Of of,
                             std::size_t l, int required_digits)
    : pass_(&pass),
      kinked_(&kinked),
      loop_(&loop),
      of_(of),
      l_(l),
      required_digits_(required_digits),
      rounding_of_backward_(rounding_of_backward(pass.network())) {}

const RowDifferences<long double>& ExtendedLayer::differences() const {
    std::call_once(made_, [this] { differences_.emplace(*pass_->extended(), of_, l_); });
    return *differences_;
}

ExtendedRow::ExtendedRow(const ExtendedLayer& layer, Eigen::Index j) : layer_(&layer), j_(j) {
    const std::size_t m = layer.pass_->examples();
    has_difference_.resize(m);
    has_dual_.resize(m);
    differences_.estimates.resize(m);
    differences_.slopes.resize(m);
    duals_.resize(m);
}

// One that is only a rest of what cancelled is to be as good as rounding allows.
bool ExtendedRow::has_enough_digits(const Estimate& estimate) const {
    const int digits = layer_->required_digits_;
    const Estimate alone = smooth_estimate(estimate.value, estimate.error_bar, 0);
    return is_decided(estimate, digits) && (estimate.is_at_kink() || is_narrow(alone, digits) ||
                                            estimate.error_bar <= 4 * layer_->rounding_of_backward_ * estimate.scale);
}

namespace {

EntryRounding<long double> rounding_at(const ExtendedPass& pass, const Row& row, Eigen::Index i) {
    return row.of == Row::Of::pre_activation ? pass.rounding().of_dZ(row.l, row.j, i)
                                             : pass.rounding().of_dA(row.l, row.j, i);
}

// What rounding does to a derivative at the point where its pass starts, and what is left of it as a double, whose ulps
// end at the smallest one.
double rounding_at_start(const EntryRounding<long double>& rounding) {
    return static_cast<double>(rounding.stable) + std::numeric_limits<double>::denorm_min();
}

}  // namespace

bool ExtendedRow::make_differences(const Examples& examples) {
    const Row row{layer_->of_, layer_->l_, j_};
    const double of_backward = layer_->rounding_of_backward_;
    return make_in_parts(examples, has_difference_, *layer_->loop_, [&](const Examples& part) {
        const LossDerivatives losses = layer_->differences().of_row(extended_steps, j_, part);
        for (std::size_t n = 0; n < part.size(); ++n) {
            const auto i = static_cast<std::size_t>(part[n]);
            const EntryRounding<long double> rounding = rounding_at(*layer_->pass_, row, part[n]);
            Estimate& estimate = differences_.estimates[i];
            estimate = losses.estimates[n];
            estimate.scale = std::max(estimate.scale, static_cast<double>(rounding.terms));
            estimate.error_bar += rounding_at_start(rounding) + of_backward * estimate.scale;
            if (!layer_->kinked_->reaches(row, part[n])) continue;
            KinkSlopes slopes = layer_->kinked_->slopes(row, part[n]);
            if (slopes.shows(of_backward) || estimate.is_at_kink()) {
                estimate = estimate_at_kink(estimate, slopes, 1, of_backward);
                estimate.scale = std::max(estimate.scale, slopes.magnitude);
                differences_.slopes[i] = std::make_shared<const KinkSlopes>(std::move(slopes));
            } else {
                estimate.error_bar += of_backward * slopes.magnitude;
            }
        }
    });
}

// The dual numbers' bar is what rounding does to them, on their way and at the point where they start; the share of
// whoever computed the gradient in double is far larger and stands beside it (Estimate::rounding). Their scale is the
// sum of the magnitudes of the terms, of which a derivative may be a small rest: A - Y has only absolute accuracy where
// the prediction is right. That sum is a backward pass's: a forward one through log(1 - a) has terms of 1 / (1 - a).
bool ExtendedRow::make_duals(const Examples& examples) {
    const Row row{layer_->of_, layer_->l_, j_};
    const double of_backward = layer_->rounding_of_backward_;
    const auto extended_over_double = static_cast<double>(unit_roundoff<long double>() / unit_roundoff<double>());
    return make_in_parts(examples, has_dual_, *layer_->loop_, [&](const Examples& part) {
        const auto change =
            Matrix<ExtendedDual>::Constant(1, static_cast<Eigen::Index>(part.size()), ExtendedDual(0, 1)).eval();
        const Matrix<ExtendedDual> losses =
            losses_of_row(layer_->pass_->dual()->restricted_to(part), row, Matrix<ExtendedDual>(change));
        for (std::size_t n = 0; n < part.size(); ++n) {
            const auto i = static_cast<std::size_t>(part[n]);
            const ExtendedDual& loss = losses(0, static_cast<Eigen::Index>(n));
            const EntryRounding<long double> rounding = rounding_at(*layer_->pass_, row, part[n]);
            const auto on_the_way = extended_over_double * of_backward * static_cast<double>(loss.magnitude);
            const auto derivative = static_cast<double>(loss.derivative);
            const double scale = std::max(std::abs(derivative), static_cast<double>(rounding.terms));
            duals_[i] = smooth_estimate(derivative, rounding_at_start(rounding) + on_the_way + of_backward * scale,
                                        scale, Method::dual_number);
            if (differences_.slopes[i]) {
                duals_[i] = estimate_at_kink(std::nullopt, *differences_.slopes[i], 1, of_backward);
                duals_[i].scale = std::max(duals_[i].scale, differences_.slopes[i]->magnitude);
            } else if (layer_->kinked_->reaches(row, part[n])) {
                duals_[i].error_bar += of_backward * layer_->kinked_->slopes(row, part[n]).magnitude;
            }
        }
    });
}

// The difference where its bar adds at most `allowed` to the mean's, else the dual number.
Estimate ExtendedRow::mean_with(const Matrix<double>& direction, double allowed) const {
    RowDerivatives chosen = differences_;
    for (std::size_t n = 0; n < chosen.estimates.size(); ++n)
        if (!(chosen.estimates[n].error_bar * std::abs(direction(0, static_cast<Eigen::Index>(n))) <= allowed))
            chosen.estimates[n] = duals_[n];
    return means_along(chosen, direction, *layer_->kinked_, layer_->rounding_of_backward_).front();
}

// First by differences, then dual numbers for the widest examples, then, if need be, for all.
std::vector<Estimate> ExtendedRow::means(const Matrix<double>& directions, const Finish& finish) {
    const Examples all = all_of(duals_.size());
    const auto nothing = [&] { return std::vector(static_cast<std::size_t>(directions.rows()), unchecked_estimate()); };
    if (!make_differences(all)) return nothing();
    std::vector<Estimate> means =
        means_along(differences_, directions, *layer_->kinked_, layer_->rounding_of_backward_);
    for (Eigen::Index n = 0; n < directions.rows(); ++n) {
        Estimate& mean = means[static_cast<std::size_t>(n)];
        mean = finish(n, mean);
        for (const double share : {0.5, 0.0}) {
            if (has_enough_digits(mean)) break;
            if (!make_duals(all)) return nothing();
            const double allowed = share * std::pow(10.0, -layer_->required_digits_) * reference_magnitude(mean);
            mean = finish(n, mean_with(directions.row(n), allowed));
        }
    }
    return means;
}

Estimate ExtendedRow::of_example(Eigen::Index i) {
    if (!make_differences({i})) return unchecked_estimate();
    const auto n = static_cast<std::size_t>(i);
    Estimate estimate = differences_.estimates[n];
    if (!has_enough_digits(estimate)) {
        if (!make_duals({i})) return unchecked_estimate();
        estimate = duals_[n];
    }
    if (!differences_.slopes[n]) return estimate;
    ConventionSums conventions;
    conventions.add(*differences_.slopes[n], 1, estimate.value);
    layer_->kinked_->settle(estimate, conventions);
    return estimate;
}

}  // namespace gradproof::checks
