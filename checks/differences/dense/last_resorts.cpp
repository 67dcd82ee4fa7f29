// SPDX-License-Identifier: MIT
#include "differences/dense/last_resorts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <span>
#include <utility>

#include "differences/network/rounding.hpp"

namespace gradproof::checks {
namespace {

constexpr std::size_t examples_a_part = 16;

// The unit roundoff of a 64-bit mantissa over that of a double.
constexpr double extended_over_double =
    static_cast<double>(std::numeric_limits<long double>::epsilon()) / std::numeric_limits<double>::epsilon();

// The longer difference where its bar is at most `allowed`, else the dual number. `factor` is what both are to be
// multiplied by.
const Estimate& choose(const Estimate& longer, const Estimate& dual, double factor, double allowed) {
    return longer.error_bar * std::abs(factor) <= allowed ? longer : dual;
}

void add_multiple(Estimate& sum, double factor, const Estimate& estimate) {
    sum.value += factor * estimate.value;
    sum.error_bar += std::abs(factor) * estimate.error_bar;
    sum.scale += std::abs(factor) * estimate.scale;
    sum.from_below += factor * (factor < 0 ? estimate.from_above : estimate.from_below);
    sum.from_above += factor * (factor < 0 ? estimate.from_below : estimate.from_above);
    sum.method = std::max(sum.method, estimate.method);
}

}  // namespace

LastResorts::LastResorts(std::shared_ptr<const RowProbe<double>> probe, const SlowerForwards& slower,
                         const Sharing& sharing, Row::Of of, std::size_t l, int required_digits)
    : probe_(std::move(probe)),
      slower_(slower),
      sharing_(sharing),
      of_(of),
      l_(l),
      required_digits_(required_digits),
      rounding_of_backward_(rounding_of_backward(*probe_->network)),
      kinked_(*probe_, of == Row::Of::pre_activation ? l : l + 1),
      kept_(static_cast<std::size_t>(of == Row::Of::pre_activation ? probe_->cache.Z[l].rows() : 0)) {
    const std::size_t parts = (examples() + examples_a_part - 1) / examples_a_part;
    for (KeptRow& row : kept_) row.parts = std::vector<KeptRow::Part>(parts);
}

bool LastResorts::is_settled(const Estimate& estimate) const {
    return std::isfinite(estimate.error_bar) && is_narrow(estimate, required_digits_);
}

bool LastResorts::is_settled_here(const Estimate& estimate) const {
    const Estimate alone = smooth_estimate(estimate.value, estimate.error_bar, 0);
    return is_settled(estimate) && (estimate.is_at_kink() || is_narrow(alone, required_digits_) ||
                                    estimate.error_bar <= 4 * rounding_of_backward_ * estimate.scale);
}

const RowDifferences<long double>& LastResorts::extended() const {
    std::call_once(extended_made_, [this] { extended_.emplace(slower_.extended(), of_, l_); });
    return *extended_;
}

// The dual numbers' bar is what rounding does to them, on their way and at the point where they start; the share of
// whoever computed the gradient in double is far larger and stands beside it (Estimate::rounding). Their scale is the
// sum of the magnitudes of the terms, of which a derivative may be a small rest: A - Y has only absolute accuracy where
// the prediction is right. That sum is a backward pass's: a forward one through log(1 - a) has terms of 1 / (1 - a).
LastResorts::RowEstimates LastResorts::estimates_of(Eigen::Index j, const std::vector<Eigen::Index>& examples) const {
    const auto count = static_cast<Eigen::Index>(examples.size());
    RowEstimates row;
    row.longer = extended().restricted_to(examples).along(j, Matrix<long double>::Ones(1, count));
    const Matrix<ExtendedDual> change = Matrix<ExtendedDual>::Constant(1, count, ExtendedDual(0, 1));
    const Matrix<ExtendedDual> losses = losses_at(slower_.dual()->restricted_to(examples), {of_, l_, j}, change);
    for (const ExtendedDual& loss : losses.reshaped()) {
        const std::size_t n = row.dual.size();
        const EntryRounding<long double> rounding = of_ == Row::Of::pre_activation
                                                        ? slower_.rounding().of_dZ(l_, j, examples[n])
                                                        : slower_.rounding().of_dA(l_, j, examples[n]);
        // And what is left of the result as a double, whose ulps end at the smallest one.
        const auto at_start = static_cast<double>(rounding.stable) + std::numeric_limits<double>::denorm_min();
        const auto on_the_way = extended_over_double * rounding_of_backward_ * static_cast<double>(loss.magnitude);
        const auto derivative = static_cast<double>(loss.derivative);
        const double scale = std::max(std::abs(derivative), static_cast<double>(rounding.terms));
        row.dual.push_back(smooth_estimate(derivative, at_start + on_the_way + rounding_of_backward_ * scale, scale,
                                           Method::dual_number));
        row.longer[n].error_bar += at_start + rounding_of_backward_ * scale;
        row.longer[n].scale = std::max(row.longer[n].scale, scale);
    }
    row.slopes.resize(row.longer.size());
    for (std::size_t n = 0; n < row.longer.size(); ++n) {
        if (!kinked_.reaches({of_, l_, j}, examples[n])) continue;
        row.slopes[n] = kinked_.slopes({of_, l_, j}, examples[n]);
        if (!row.longer[n].is_at_kink() && !row.slopes[n]->shows(rounding_of_backward_)) {
            for (Estimate* const estimate : {&row.longer[n], &row.dual[n]})
                estimate->error_bar += rounding_of_backward_ * row.slopes[n]->magnitude;
            continue;
        }
        row.longer[n] = estimate_at_kink(row.longer[n], *row.slopes[n], 1, rounding_of_backward_);
        row.dual[n] = estimate_at_kink(std::nullopt, *row.slopes[n], 1, rounding_of_backward_);
        for (Estimate* const estimate : {&row.longer[n], &row.dual[n]})
            estimate->scale = std::max(estimate->scale, row.slopes[n]->magnitude);
    }
    return row;
}

const std::vector<LastResorts::KeptRow::Part>* LastResorts::kept_parts_of(Eigen::Index j) const {
    KeptRow& row = kept_[static_cast<std::size_t>(j)];
    const std::size_t first = row.arrivals++;  // each thread begins at another part
    for (std::size_t n = 0; n < row.parts.size(); ++n) {
        if (!sharing_.goes_on()) return nullptr;
        const std::size_t at = (first + n) % row.parts.size();
        std::call_once(row.parts[at].made, [&] {
            const std::size_t begin = at * examples_a_part;
            std::vector<Eigen::Index> part(std::min(examples_a_part, examples() - begin));
            std::iota(part.begin(), part.end(), static_cast<Eigen::Index>(begin));
            row.parts[at].estimates = estimates_of(j, part);
        });
    }
    return &row.parts;
}

// First by differences, then dual numbers for the widest examples, then, if need be, for all.
Estimate LastResorts::mean_along(Eigen::Index j, const Matrix<double>& direction,
                                 const std::function<Estimate(const Estimate&)>& finish) const {
    const auto m = static_cast<double>(direction.cols());
    const auto* const parts = kept_parts_of(j);
    if (!parts) return unchecked_estimate();
    const auto mean = [&](double allowed) {
        Estimate sum = smooth_estimate(0, 0, 0);
        ConventionSums conventions;
        Eigen::Index i = 0;
        for (const auto& part : *parts)
            for (std::size_t n = 0; n < part.estimates.longer.size(); ++n, ++i) {
                const double factor = direction(0, i) / m;
                const auto& [longer, dual, slopes] = part.estimates;
                if (factor == 0) continue;
                const Estimate& chosen = choose(longer[n], dual[n], factor, allowed / m);
                add_multiple(sum, factor, chosen);
                if (slopes[n]) conventions.add(*slopes[n], factor, factor * chosen.value);
            }
        sum.error_bar += (rounding_of_sum(m) + rounding_of_backward_) * sum.scale;
        kinked_.settle(sum, conventions);
        return finish(sum);
    };
    Estimate estimate = mean(std::numeric_limits<double>::infinity());
    for (const double share : {0.5, 0.0}) {
        if (is_settled_here(estimate)) break;
        estimate = mean(share * std::pow(10.0, -required_digits_) * reference_magnitude(estimate));
    }
    return estimate;
}

void LastResorts::improve(Eigen::Index j, Eigen::Index first, std::vector<Estimate>& estimates,
                          const std::function<bool(const Estimate&)>& is_enough) const {
    std::vector<Eigen::Index> wide;
    for (std::size_t n = 0; n < estimates.size(); ++n)
        if (!is_enough(estimates[n])) wide.push_back(first + static_cast<Eigen::Index>(n));
    const auto at = [&](Eigen::Index i) -> Estimate& { return estimates[static_cast<std::size_t>(i - first)]; };
    for (std::size_t n = 0; n < wide.size(); n += examples_a_part) {
        const auto some = std::span(wide).subspan(n, std::min(examples_a_part, wide.size() - n));
        const std::vector<Eigen::Index> part(some.begin(), some.end());
        if (!sharing_.goes_on()) {
            for (const Eigen::Index i : part) at(i) = unchecked_estimate();
            continue;
        }
        const RowEstimates row = estimates_of(j, part);
        for (std::size_t k = 0; k < part.size(); ++k) {
            Estimate& better = at(part[k]);
            better = is_settled_here(row.longer[k]) ? row.longer[k] : row.dual[k];
            if (!row.slopes[k]) continue;
            ConventionSums conventions;
            conventions.add(*row.slopes[k], 1, better.value);
            kinked_.settle(better, conventions);
        }
    }
}

}  // namespace gradproof::checks
