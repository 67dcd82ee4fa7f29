// SPDX-License-Identifier: MIT
//
// Estimates with error bars, and what they allow us to say: confirmed, refuted or undecided. No tolerance has
// to be chosen: the bar is computed with the estimate (derivations/finite_differences.md).
#pragma once

#include <algorithm>
#include <iosfwd>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "gradproof/checks/kink_conventions.hpp"

namespace gradproof::checks {

/// How a derivative was estimated, from the first resort to the last.
enum class Method {
    central_difference,
    one_sided_difference,  ///< a kink lies on the other side
    extended_difference,   ///< the same differences carried with a 64-bit mantissa
    dual_number,           ///< exact derivative of the forward pass, no difference at all
    not_checked,           ///< the check was stopped before it came here
};

/// A numerical derivative. The true value lies within error_bar of the interval between the one-sided derivatives,
/// which both are the value away from kinks.
struct Estimate {
    double value = 0;
    double error_bar = 0;
    double scale = 0;       ///< sum of the absolute contributions of the examples; 0 means that nothing moved the cost
    double from_below = 0;  ///< the derivative from the left
    double from_above = 0;  ///< the derivative from the right
    /// How far beyond the error bar rounding alone can have moved this value and a right one that somebody computed in
    /// double precision. What lies there is not refuted; it is confirmed as far as the required digits reach.
    double rounding = 0;
    Method method = Method::central_difference;
    /// How far the function moves to either side, per unit of the step: what an exact 0 is measured against.
    double movement = 0;
    /// At a kink, what backpropagation may give; empty away from kinks.
    std::shared_ptr<const KinkConventions> conventions = nullptr;

    double lower() const { return std::min(from_below, from_above); }
    double upper() const { return std::max(from_below, from_above); }
    bool is_at_kink() const { return from_below != from_above || conventions; }
};

/// An estimate without a kink.
inline Estimate smooth_estimate(double value, double error_bar, double scale,
                                Method method = Method::central_difference) {
    return {.value = value,
            .error_bar = error_bar,
            .scale = scale,
            .from_below = value,
            .from_above = value,
            .method = method};
}

/// What stands for an entry that the check never came to: nothing is known of it.
inline Estimate unchecked_estimate() {
    return smooth_estimate(0, std::numeric_limits<double>::infinity(), 0, Method::not_checked);
}

enum class Outcome { confirmed, undecided, refuted };

/// Why an outcome is what it is, when there is more to say than the digits.
enum class Remark {
    none,
    not_exercised,     ///< nothing moved the cost: a zero gradient is right here, and says nothing elsewhere
    rest_of_a_sum,     ///< agrees as far as the sum it is a rest of allows, with fewer digits of its own
    zero_within_bar,   ///< 0 within the bar, measured against what cancels in the entry; nothing is said of its digits
    subgradient,       ///< at a kink: the value lies between the one-sided derivatives
    kink_convention,   ///< at a kink: what backpropagation gives with one convention, but no derivative of the cost
    mixed_convention,  ///< at kinks: what backpropagation gives only if the layers differ in their conventions
    no_common_subgradient,  ///< at kinks: entries that are subgradients each, but together are none
    within_rounding,        ///< off by more than the required digits, and by no more than a right formula may round
    below_resolution,       ///< the entry is too small to be seen beside the rounding of the cost
    bar_too_wide,           ///< rounding or truncation hides the required digits
    not_finite,             ///< the gradient is NaN or infinite
    cost_not_finite,        ///< the function itself is NaN or infinite around the point
    not_checked,            ///< the check was stopped before it came here
};

struct Verdict {
    Outcome outcome = Outcome::undecided;
    Remark remark = Remark::none;
    double analytic = 0;
    Estimate estimate;
    /// Decimal digits to which analytic and estimate agree, relative to the larger of the two magnitudes, or to the
    /// scale where the contributions cancel; at most 17. -1 when either is not finite.
    double digits = 0;
    /// How far from the estimate a value of this outcome may lie: the error bar, with as much of the rounding as
    /// counts.
    double bar = 0;
    /// At a kink, the convention with which backpropagation gives the analytic value.
    std::optional<KinkConvention> convention = std::nullopt;
};

/// Digits that an estimate must have to confirm anything.
inline constexpr int default_required_digits = 6;

/// What the estimate's error bar is measured against: its own magnitude, or for an entry whose contributions cancel to
/// less than a thousandth of their sum, the sum.
double reference_magnitude(const Estimate& estimate);

/// Whether everything within the error bar agrees to `required_digits` digits: the bar, which reaches to both sides, is
/// at most half of that.
bool is_narrow(const Estimate& estimate, int required_digits = default_required_digits);

/// The verdict on one analytic value. Refuted: outside the bar. Confirmed: inside, and the bar is narrow, so that the
/// value is right to `required_digits` digits. Undecided: inside a bar too wide to tell. The estimate's rounding widens
/// the bar: as far as it stays narrow without a change of what it says, beyond that to undecided alone.
Verdict judge(double analytic, const Estimate& estimate, int required_digits = default_required_digits);

/// How far the analytic value may be from the true one without the bar showing it.
double largest_hidden_error(const Verdict& verdict);

/// Orders verdicts worst first: refuted before undecided before confirmed, then fewer digits first.
bool is_worse(const Verdict& a, const Verdict& b);

std::string_view name_of(Outcome outcome);
std::ostream& operator<<(std::ostream& stream, Outcome outcome);
std::string_view name_of(Method method);
/// A sentence for the remark, empty for none.
std::string_view explain(Remark remark);
/// The same with the verdict's numbers: the bar that 0 lies within, the convention of a kink, the error that would not
/// show.
std::string explain(const Verdict& verdict);

/// One line: outcome, analytic value, estimate, error bar, digits, method and remark.
std::string describe(const Verdict& verdict);

}  // namespace gradproof::checks
