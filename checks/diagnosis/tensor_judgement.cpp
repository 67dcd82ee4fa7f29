// SPDX-License-Identifier: MIT
#include "diagnosis/tensor_judgement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

#include "differences/network/network_probe.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// A float32 number has 7 digits, of which sums lose some; three are enough to see a mistake.
constexpr int required_digits_of_float32 = 3;

// Where an entry stands in the user's file, and by what its numbers are divided there.
void into_users_layout(TensorResult& result, const Place& place, const Submission& s) {
    const Step step = place.step;
    const Eigen::Index unit = result.row;
    const bool per_example = step != Step::dW && step != Step::db;
    if (is_transposed(step, s.layout)) std::swap(result.row, result.column);
    const double factor = per_example ? factor_of_examples(s.scaling, s.m()) : factor_of_parameters(s.scaling, s.m());
    for (double* const number : {&result.yours, &result.numerical, &result.error_bar, &result.lower, &result.upper,
                                 &result.visible, &result.largest})
        *number *= factor;
    if (step != Step::db || !s.scaling.with_biases) return;
    // What the L2 term adds to db was taken out.
    const double of_b = l2_slope(s.scaling, s.m());
    for (double* const number : {&result.yours, &result.numerical, &result.lower, &result.upper})
        *number += of_b * s.network.layer(place.l).dense.b(unit);
}

// The verdict on an entry that was computed in float32: as in double where that confirms, else with a bar as wide as
// float32 rounds, measured against the tensor's largest entry, because small entries are what is left of large ones.
checks::Verdict judge_float(double yours, checks::Estimate entry, double rounding, double largest) {
    checks::Verdict verdict = checks::judge(yours, entry);
    if (verdict.outcome == Outcome::confirmed || !std::isfinite(yours)) return verdict;
    entry.error_bar += 4 * rounding;
    verdict = checks::judge(yours, entry, required_digits_of_float32);
    if (verdict.remark == checks::Remark::bar_too_wide &&
        entry.error_bar <= std::pow(10.0, -required_digits_of_float32) * largest) {
        verdict.outcome = Outcome::confirmed;
        verdict.remark = checks::Remark::none;
    }
    return verdict;
}

// How far an error could go unseen.
double visible_above(const checks::Verdict& verdict) {
    const checks::Estimate& estimate = verdict.estimate;
    double lower = estimate.lower();
    double upper = estimate.upper();
    if (estimate.conventions) {
        const auto [least, most] = std::ranges::minmax(estimate.conventions->values);
        lower = std::min(lower, least);
        upper = std::max(upper, most);
    }
    return verdict.bar + (upper - lower);
}

bool is_right_at_kink(const checks::Verdict& verdict) {
    return verdict.remark == checks::Remark::subgradient || verdict.remark == checks::Remark::kink_convention;
}

bool takes(const checks::Verdict& verdict, const checks::KinkConvention& convention) {
    const auto& conventions = verdict.estimate.conventions;
    return conventions && conventions->gives(verdict.analytic, convention, verdict.bar);
}

// "relu'(0) = 0", of the first activation with a kink.
std::string slope_taken(const Network<double>& network, const checks::KinkConvention& convention) {
    if (convention.as_declared) return "the slope that gradproof's formulas take at each kink";
    const double c = convention.c;
    for (const auto& layer : network.layers) {
        const std::vector<double> kinks = checks::kink_points(layer.activation);
        if (kinks.empty()) continue;
        const auto beside = [&](double side) {
            const Tensor point = Tensor::Constant(1, 1, std::nextafter(kinks.front(), side));
            return derivative_of(layer.activation, point)(0, 0);
        };
        constexpr double far = std::numeric_limits<double>::infinity();
        return fmt::format("{}'({:g}) = {:.3g}", name_of(layer.activation), kinks.front(),
                           (1 - c) * beside(-far) + c * beside(far));
    }
    return c == 0 ? "the flatter slope at the kinks of the loss"
                  : fmt::format("{:.3g} of the steeper slope at the kinks of the loss", c);
}

// How many entries of a tensor are right at a kink.
struct AtKinks {
    std::size_t count = 0;
    std::size_t no_derivative = 0;  // of them, what a convention gives beyond the cost's one-sided derivatives

    void add(const checks::Verdict& verdict) {
        count += is_right_at_kink(verdict);
        no_derivative += verdict.remark == checks::Remark::kink_convention;
    }

    std::string text(std::size_t entries, const Network<double>& network,
                     const std::optional<checks::KinkConvention>& taken) const {
        if (count == 0) return "";
        std::string text = fmt::format("{} of {} entries at a kink", count, entries);
        text += taken ? ", as with " + slope_taken(network, *taken) : ", between the one-sided derivatives";
        if (no_derivative > 0)
            text +=
                fmt::format("; {} of them what this convention gives, and no derivative of the cost", no_derivative);
        return text;
    }
};

// Remarks that say why an entry is not simply confirmed or refuted.
bool explains_itself(checks::Remark remark) {
    using enum checks::Remark;
    return remark == bar_too_wide || remark == rest_of_a_sum || remark == within_rounding ||
           remark == below_resolution || remark == zero_within_bar || remark == cost_not_finite ||
           remark == not_finite || remark == mixed_convention;
}

// Whether a confirmation says more than that the value is 0, or one of many that are right.
bool claims_digits(checks::Remark remark) {
    return remark == checks::Remark::none || remark == checks::Remark::rest_of_a_sum;
}

void nothing_is_known(TensorResult& result) {
    result.outcome = Outcome::undecided;
    result.digits = -1;
    result.remark = "not checked";
}

}  // namespace

Reference reference_for(const Submission& s) {
    Reference reference{.cache = forward(s.network, s.X), .right = {}, .in_double = {}, .in_float = {}};
    reference.right = right_gradients(s.network, reference.cache, s.Y, s.gradients.dA[0].size() > 0);
    reference.in_double = roundings_of(s.network, reference.cache, s.Y, reference.right, double_roundoff);
    if (s.single_precision || !s.in_float32.empty())
        reference.in_float = roundings_of(s.network, reference.cache, s.Y, reference.right, float_roundoff);
    if (s.ties.empty()) return reference;
    add_up(reference.right, s.ties);
    add_up(reference.in_double.gradients, s.ties);
    if (!reference.in_float.gradients.dW.empty()) add_up(reference.in_float.gradients, s.ties);
    return reference;
}

const checks::TensorEstimate* estimate_at(const checks::NetworkEstimates& estimates, Place place) {
    const auto pick = [&](const std::vector<checks::TensorEstimate>& tensors) {
        return place.l < tensors.size() && !tensors[place.l].entries.empty() ? &tensors[place.l] : nullptr;
    };
    switch (place.step) {
        case Step::dW:
            return pick(estimates.dW);
        case Step::db:
            return pick(estimates.db);
        case Step::dZ_output:
        case Step::dZ:
            return pick(estimates.dZ);
        case Step::dA_output:
        case Step::dA:
            return pick(estimates.dA);
    }
    return nullptr;
}

namespace {

// One of the user's tensors beside what is known of it.
struct Compared {
    Tensor yours;
    Tensor right;
    Tensor rounding;
    const checks::TensorEstimate& estimate;
    bool in_float;
    double largest = 0;

    checks::Verdict verdict(Eigen::Index row, Eigen::Index column) const {
        return in_float ? judge_float(yours(row, column), estimate(row, column), rounding(row, column), largest)
                        : checks::judge(yours(row, column), estimate(row, column));
    }
};

Compared compared(const Submission& s, Place place, const checks::TensorEstimate& estimate,
                  const Reference& reference) {
    const bool in_float = s.single_precision || s.in_float32.contains(tensor_name(place.step, place.l));
    Compared both{
        .yours = tensor_of(s.gradients, place.step, place.l),
        .right = tensor_of(reference.right, place.step, place.l),
        .rounding = tensor_of((in_float ? reference.in_float : reference.in_double).gradients, place.step, place.l),
        .estimate = estimate,
        .in_float = in_float};
    for (const checks::Estimate& entry : estimate.entries)
        if (std::isfinite(entry.value)) both.largest = std::max(both.largest, std::abs(entry.value));
    return both;
}

}  // namespace

std::optional<checks::KinkConvention> slope_at_kinks(const Submission& s, const checks::NetworkEstimates& estimates,
                                                     const Reference& reference) {
    std::vector<checks::Verdict> verdicts;
    for (const Place place : backward_order(s.L())) {
        const checks::TensorEstimate* const estimate = estimate_at(estimates, place);
        if (tensor_of(s.gradients, place.step, place.l).size() == 0 || !estimate) continue;
        const Compared both = compared(s, place, *estimate, reference);
        for (Eigen::Index column = 0; column < both.yours.cols(); ++column)
            for (Eigen::Index row = 0; row < both.yours.rows(); ++row) {
                if (!(*estimate)(row, column).is_at_kink()) continue;
                const checks::Verdict verdict = both.verdict(row, column);
                if (is_right_at_kink(verdict)) verdicts.push_back(verdict);
            }
    }
    constexpr std::size_t most_candidates = 64;
    std::vector<checks::KinkConvention> candidates{{0}, {1}, {0.5}, {.as_declared = true}};
    for (const checks::Verdict& verdict : verdicts)
        if (verdict.convention && candidates.size() < most_candidates &&
            std::ranges::find(candidates, *verdict.convention) == candidates.end())
            candidates.push_back(*verdict.convention);
    std::optional<checks::KinkConvention> best;
    std::ptrdiff_t most = 0;
    for (const checks::KinkConvention& candidate : candidates)
        if (const auto count = std::ranges::count_if(verdicts, [&](const auto& v) { return takes(v, candidate); });
            count > most) {
            most = count;
            best = candidate;
        }
    return best;
}

TensorResult judge_tensor(const Submission& s, Place place, const checks::TensorEstimate& estimate,
                          const Reference& reference, const std::optional<checks::KinkConvention>& slope) {
    const Compared both = compared(s, place, estimate, reference);
    const auto& [yours, right, rounding, of_differences, in_float, largest] = both;
    const std::string name = tensor_name(place.step, place.l);
    TensorResult result{.name = name_in_file(s.names, name), .outcome = Outcome::confirmed};
    result.entries = static_cast<std::size_t>(yours.size());
    result.largest = largest;
    std::optional<checks::Verdict> worst;
    bool beyond_formula = false;
    AtKinks kinks;
    for (Eigen::Index column = 0; column < yours.cols(); ++column) {
        for (Eigen::Index row = 0; row < yours.rows(); ++row) {
            checks::Verdict verdict = both.verdict(row, column);
            if (verdict.remark == checks::Remark::not_checked) {
                ++result.not_checked;
                continue;
            }
            const checks::Estimate& entry = verdict.estimate;
            kinks.add(verdict);
            // Right by itself, but a backward pass takes one slope at all kinks.
            if (slope && is_right_at_kink(verdict) && entry.conventions && !takes(verdict, *slope)) {
                verdict.outcome = Outcome::undecided;
                verdict.remark = checks::Remark::no_common_subgradient;
                verdict.digits = -1;
            }
            const double allowed = 4 * std::max(rounding(row, column), entry.rounding);
            // Differences cannot see this error, the formula can: then nobody should call the entry confirmed. Where
            // the formula itself ends at a pole it sees nothing.
            if (verdict.outcome == Outcome::confirmed && claims_digits(verdict.remark) &&
                std::isfinite(right(row, column)) && !(std::abs(yours(row, column) - right(row, column)) <= allowed)) {
                verdict.outcome = Outcome::undecided;
                beyond_formula = true;
            }
            result.wrong += verdict.outcome == Outcome::refuted;
            result.not_exercised += verdict.remark == checks::Remark::not_exercised;
            if (std::isfinite(verdict.bar)) result.visible = std::max(result.visible, visible_above(verdict));
            if (!worst || checks::is_worse(verdict, *worst)) {
                worst = verdict;
                result.row = row;
                result.column = column;
            }
        }
    }
    if (!worst) {
        if (result.not_checked > 0) nothing_is_known(result);
        return result;
    }
    result.outcome = result.not_checked > 0 ? std::max(worst->outcome, Outcome::undecided) : worst->outcome;
    result.digits = worst->digits;
    result.yours = worst->analytic;
    result.numerical = std::clamp(worst->analytic, worst->estimate.lower(), worst->estimate.upper());
    if (!std::isfinite(worst->analytic)) result.numerical = worst->estimate.value;
    result.lower = worst->estimate.lower();
    result.upper = worst->estimate.upper();
    result.at_kinks = kinks.count;
    result.error_bar = worst->bar;
    if (result.not_exercised == result.entries) {
        result.remark = "every entry is 0 here and nothing moves the cost: right, but it shows nothing";
    } else if (worst->remark == checks::Remark::no_common_subgradient) {
        result.remark = fmt::format(
            "at a kink: between the one-sided derivatives, but not as with {}, which the other "
            "entries take",
            slope_taken(s.network, *slope));
    } else if (explains_itself(worst->remark)) {
        result.remark = checks::explain(worst->remark);
    } else if (worst->outcome == Outcome::undecided && beyond_formula) {
        result.remark = "differences agree, but the formula's own digits do not: an error smaller than the error bar";
    } else if (worst->outcome == Outcome::confirmed && in_float) {
        result.remark = "as far as float32 carries";
    } else if (worst->outcome == Outcome::confirmed) {
        result.remark = kinks.text(result.entries, s.network, slope);
    } else if (worst->outcome == Outcome::refuted && worst->estimate.is_at_kink()) {
        result.remark = "at a kink: neither between the one-sided derivatives nor by any one slope there";
    }
    if (result.not_checked > 0)
        result.remark = fmt::format("{} of {} entries checked{}{}", result.entries - result.not_checked, result.entries,
                                    result.remark.empty() ? "" : "; ", result.remark);
    into_users_layout(result, place, s);
    return result;
}

}  // namespace gradproof::diagnosis
