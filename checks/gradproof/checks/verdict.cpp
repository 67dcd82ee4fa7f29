// SPDX-License-Identifier: MIT
#include "gradproof/checks/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace gradproof::checks {
namespace {

// Below this share of its contributions' sum an entry counts as cancelled: its own magnitude is then an accident of the
// data, and digits of it mean less than digits of what was summed.
constexpr double cancelled_share = 1e-3;

constexpr double most_digits = 17;

double agreement(double analytic, const Estimate& estimate) {
    const double nearest = std::clamp(analytic, estimate.lower, estimate.upper);
    const double distance = std::abs(analytic - nearest);
    if (distance == 0) return most_digits;
    const double own = std::max(std::abs(analytic), std::abs(nearest));
    const double reference = own < cancelled_share * estimate.scale ? estimate.scale : own;
    return std::clamp(std::log10(reference / distance), 0.0, most_digits);
}

}  // namespace

double reference_magnitude(const Estimate& estimate) {
    const double own = std::max({std::abs(estimate.value), std::abs(estimate.lower), std::abs(estimate.upper)});
    return own < cancelled_share * estimate.scale ? estimate.scale : own;
}

bool is_narrow(const Estimate& estimate, int required_digits) {
    return estimate.error_bar <= std::pow(10.0, -required_digits) * reference_magnitude(estimate);
}

Verdict judge(double analytic, const Estimate& estimate, int required_digits) {
    Verdict verdict{.analytic = analytic, .estimate = estimate, .digits = -1};
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
    if (!std::isfinite(estimate.lower) || !std::isfinite(estimate.upper) || std::isnan(estimate.error_bar)) {
        verdict.outcome = Outcome::undecided;
        verdict.remark = Remark::cost_not_finite;
        return verdict;
    }
    verdict.digits = agreement(analytic, estimate);
    const bool inside =
        estimate.lower - estimate.error_bar <= analytic && analytic <= estimate.upper + estimate.error_bar;
    if (!inside) {
        verdict.outcome = Outcome::refuted;
    } else if (estimate.scale == 0 && estimate.error_bar == 0) {
        verdict.outcome = Outcome::confirmed;
        verdict.remark = Remark::not_exercised;
    } else if (!is_narrow(estimate, required_digits)) {
        verdict.outcome = Outcome::undecided;
        verdict.remark = Remark::bar_too_wide;
    } else {
        verdict.outcome = Outcome::confirmed;
        if (estimate.lower < estimate.upper) verdict.remark = Remark::subgradient;
    }
    return verdict;
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

std::string describe(const Verdict& verdict) {
    const Estimate& estimate = verdict.estimate;
    std::string line = fmt::format("{}: computed {:.17g}, expected ", name_of(verdict.outcome), verdict.analytic);
    line += estimate.lower < estimate.upper ? fmt::format("{:.17g} to {:.17g}", estimate.lower, estimate.upper)
                                            : fmt::format("{:.17g}", estimate.value);
    line += fmt::format(" with error bar {:.2g} ({}), ", estimate.error_bar, name_of(estimate.method));
    line +=
        verdict.digits < 0 ? std::string("no digits to compare") : fmt::format("{:.1f} digits agree", verdict.digits);
    if (verdict.remark != Remark::none) line += fmt::format("; {}", explain(verdict.remark));
    return line;
}

}  // namespace gradproof::checks
