// SPDX-License-Identifier: MIT
#include "gradproof/checks/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <ostream>

namespace gradproof::checks {
namespace {

// Below this share of its contributions' sum an entry counts as cancelled: its own magnitude is then an accident of the
// data, and digits of it mean less than digits of what was summed.
constexpr double cancelled_share = 1e-3;

constexpr double most_digits = 17;

std::string name_of_convention(const KinkConvention& convention) {
    if (convention.as_declared) return "the slope at each kink that its activation or loss declares";
    const double c = convention.c;
    if (c == 0) return "the left slope at the kink (relu'(0) = 0)";
    if (c == 1) return "the right slope at the kink (relu'(0) = 1)";
    return fmt::format("{:.3g} left + {:.3g} right slope at the kink (relu'(0) = {:.3g})", 1 - c, c, c);
}

double size_of(const Estimate& estimate) {
    return std::max({std::abs(estimate.value), std::abs(estimate.from_below), std::abs(estimate.from_above)});
}

bool is_between_the_sides(double analytic, const Estimate& estimate) {
    return estimate.lower() - estimate.error_bar <= analytic && analytic <= estimate.upper() + estimate.error_bar;
}

double agreement(double analytic, double nearest, double scale) {
    const double distance = std::abs(analytic - nearest);
    if (distance == 0) return most_digits;
    const double own = std::max(std::abs(analytic), std::abs(nearest));
    const double reference = own < cancelled_share * scale ? scale : own;
    return std::clamp(std::log10(reference / distance), 0.0, most_digits);
}

// Whether `error_bar` leaves so many digits of `reference` to everything within it.
bool leaves_digits(double error_bar, double reference, int digits) {
    return std::isfinite(error_bar) && error_bar <= 0.5 * std::pow(10.0, -digits) * reference;
}

// A value within the bar.
void judge_inside(Verdict& verdict, int required_digits) {
    const Estimate& estimate = verdict.estimate;
    const double bar = estimate.error_bar;
    const bool shows_digits = leaves_digits(bar, size_of(estimate), required_digits);
    const bool is_zero = estimate.lower() <= bar && estimate.upper() >= -bar && !estimate.is_at_kink();
    verdict.outcome = Outcome::undecided;
    if (estimate.scale == 0 && verdict.analytic == 0 && std::isfinite(bar)) {
        verdict.outcome = Outcome::confirmed;
        verdict.remark = Remark::not_exercised;
    } else if (is_narrow(estimate, required_digits)) {
        verdict.outcome = Outcome::confirmed;
        if (is_zero && !shows_digits) {
            verdict.remark = Remark::zero_within_bar;
            verdict.digits = agreement(verdict.analytic, estimate.value, 0);
        } else if (!shows_digits && !estimate.is_at_kink() &&
                   !leaves_digits(std::abs(verdict.analytic - estimate.value), size_of(estimate), required_digits)) {
            verdict.remark = Remark::rest_of_a_sum;
            verdict.digits = agreement(verdict.analytic, estimate.value, 0);
        }
    } else if (verdict.analytic == 0 && leaves_digits(bar, estimate.movement, required_digits)) {
        verdict.outcome = Outcome::confirmed;
        verdict.remark = Remark::zero_within_bar;
    } else {
        verdict.remark = is_zero && std::isfinite(bar) ? Remark::below_resolution : Remark::bar_too_wide;
    }
}

// At a kink the value may also be what backpropagation gives with a convention.
void judge_at_kink(Verdict& verdict, int required_digits) {
    const Estimate& estimate = verdict.estimate;
    const double bar = estimate.error_bar;
    if (estimate.conventions) verdict.convention = estimate.conventions->convention_of(verdict.analytic, bar);
    const bool is_subgradient = is_between_the_sides(verdict.analytic, estimate);
    const bool is_mixed = estimate.conventions && estimate.conventions->lower - bar <= verdict.analytic &&
                          verdict.analytic <= estimate.conventions->upper + bar;
    if (is_subgradient) {
        judge_inside(verdict, required_digits);
        if (verdict.outcome == Outcome::confirmed) verdict.remark = Remark::subgradient;
    } else if (verdict.convention) {
        verdict.digits = agreement(verdict.analytic, estimate.conventions->at(*verdict.convention), estimate.scale);
        const double reference = std::max(reference_magnitude(estimate), std::abs(verdict.analytic));
        const bool is_decided = leaves_digits(bar, reference, required_digits);
        verdict.outcome = is_decided ? Outcome::confirmed : Outcome::undecided;
        verdict.remark = is_decided ? Remark::kink_convention : Remark::bar_too_wide;
    } else if (is_mixed) {
        verdict.outcome = Outcome::undecided;
        verdict.remark = Remark::mixed_convention;
    } else {
        verdict.outcome = Outcome::refuted;
    }
}

// The verdict that this bar allows, in place of the estimate's own.
Verdict judge_by_bar(double analytic, const Estimate& given, double bar, int required_digits) {
    Verdict verdict{.analytic = analytic, .estimate = given, .digits = -1, .bar = bar};
    verdict.estimate.error_bar = bar;
    const Estimate& estimate = verdict.estimate;
    verdict.digits = agreement(analytic, std::clamp(analytic, estimate.lower(), estimate.upper()), estimate.scale);
    if (estimate.is_at_kink()) {
        judge_at_kink(verdict, required_digits);
    } else if (is_between_the_sides(analytic, estimate)) {
        judge_inside(verdict, required_digits);
    } else {
        verdict.outcome = Outcome::refuted;
    }
    verdict.estimate.error_bar = given.error_bar;
    return verdict;
}

}  // namespace

double reference_magnitude(const Estimate& estimate) {
    const double own = size_of(estimate);
    return own < cancelled_share * estimate.scale ? estimate.scale : own;
}

bool is_narrow(const Estimate& estimate, int required_digits) {
    return leaves_digits(estimate.error_bar, reference_magnitude(estimate), required_digits);
}

Verdict judge(double analytic, const Estimate& estimate, int required_digits) {
    Verdict verdict{.analytic = analytic, .estimate = estimate, .digits = -1, .bar = estimate.error_bar};
    if (!std::isfinite(analytic)) {
        verdict.outcome = Outcome::refuted;
        verdict.remark = Remark::not_finite;
        return verdict;
    }
    if (estimate.method == Method::not_checked) {
        verdict.outcome = Outcome::undecided;
        verdict.remark = Remark::not_checked;
        return verdict;
    }
    if (!std::isfinite(estimate.from_below) || !std::isfinite(estimate.from_above) || std::isnan(estimate.error_bar)) {
        verdict.outcome = Outcome::undecided;
        verdict.remark = Remark::cost_not_finite;
        return verdict;
    }
    const double widest = estimate.error_bar + estimate.rounding;
    const double narrow = 0.5 * std::pow(10.0, -required_digits) * reference_magnitude(estimate);
    const double decisive = std::max(estimate.error_bar, std::min(widest, narrow));
    verdict = judge_by_bar(analytic, estimate, decisive, required_digits);
    if (verdict.outcome != Outcome::refuted || !(widest > decisive)) return verdict;
    Verdict allowed = judge_by_bar(analytic, estimate, widest, required_digits);
    if (allowed.outcome == Outcome::refuted) return verdict;
    allowed.outcome = Outcome::undecided;
    allowed.remark = Remark::within_rounding;
    return allowed;
}

double largest_hidden_error(const Verdict& verdict) {
    const Estimate& estimate = verdict.estimate;
    const double nearest = std::clamp(verdict.analytic, estimate.lower(), estimate.upper());
    return verdict.bar + std::abs(verdict.analytic - nearest);
}

bool is_worse(const Verdict& a, const Verdict& b) {
    if (a.outcome != b.outcome) return a.outcome > b.outcome;
    return a.digits < b.digits;
}

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::confirmed:
            return "confirmed";
        case Outcome::undecided:
            return "undecided";
        case Outcome::refuted:
            return "refuted";
    }
    return "";
}

std::ostream& operator<<(std::ostream& stream, Outcome outcome) {
    return stream << name_of(outcome);
}

std::string_view name_of(Method method) {
    switch (method) {
        case Method::central_difference:
            return "central differences";
        case Method::one_sided_difference:
            return "one-sided differences";
        case Method::extended_difference:
            return "differences with a 64-bit mantissa";
        case Method::dual_number:
            return "dual numbers";
        case Method::not_checked:
            return "not checked";
    }
    return "";
}

std::string_view explain(Remark remark) {
    switch (remark) {
        case Remark::none:
            return "";
        case Remark::not_exercised:
            return "nothing here moves the cost, so a zero is right and shows nothing";
        case Remark::subgradient:
            return "at a kink: the value lies between the one-sided derivatives";
        case Remark::rest_of_a_sum:
            return "a small rest of a sum, right as far as the sum's rounding allows; it has fewer digits of its own";
        case Remark::zero_within_bar:
            return "zero within the error bar, measured against what cancels here; nothing is said of its digits";
        case Remark::kink_convention:
            return "at a kink: what backpropagation gives with one convention for all of a layer's kinks, and no "
                   "derivative of the cost";
        case Remark::mixed_convention:
            return "at kinks: right only if the layers take different slopes at their kinks, or rounding decided on "
                   "which side of a kink an example lies";
        case Remark::no_common_subgradient:
            return "at a kink: between its one-sided derivatives, but together with the others at kinks no subgradient";
        case Remark::within_rounding:
            return "as far off as rounding may move a right formula here";
        case Remark::below_resolution:
            return "below what this point can show";
        case Remark::bar_too_wide:
            return "the error bar is too wide to tell";
        case Remark::not_finite:
            return "the gradient is not finite";
        case Remark::cost_not_finite:
            return "the cost is not finite around this point";
        case Remark::not_checked:
            return "the check was stopped before it came here";
    }
    return "";
}

std::string explain(const Verdict& verdict) {
    std::string text(explain(verdict.remark));
    switch (verdict.remark) {
        case Remark::subgradient:
        case Remark::kink_convention:
            if (verdict.convention) text += fmt::format(", as with {}", name_of_convention(*verdict.convention));
            break;
        case Remark::zero_within_bar:
            text = fmt::format("zero within {:.1e}, measured against what cancels here; nothing is said of its digits",
                               largest_hidden_error(verdict));
            break;
        case Remark::below_resolution:
        case Remark::within_rounding:
        case Remark::bar_too_wide:
            if (std::isfinite(verdict.estimate.error_bar))
                text += fmt::format("; an error up to {:.1e} would not show", largest_hidden_error(verdict));
            break;
        default:
            break;
    }
    return text;
}

std::string describe(const Verdict& verdict) {
    const Estimate& estimate = verdict.estimate;
    std::string line = fmt::format("{}: computed {:.17g}, expected ", name_of(verdict.outcome), verdict.analytic);
    line += estimate.lower() < estimate.upper() ? fmt::format("{:.17g} to {:.17g}", estimate.lower(), estimate.upper())
                                                : fmt::format("{:.17g}", estimate.value);
    line += fmt::format(" with error bar {:.2g} ({}), ", estimate.error_bar, name_of(estimate.method));
    line +=
        verdict.digits < 0 ? std::string("no digits to compare") : fmt::format("{:.1f} digits agree", verdict.digits);
    if (verdict.remark != Remark::none) line += "; " + explain(verdict);
    return line;
}

}  // namespace gradproof::checks
