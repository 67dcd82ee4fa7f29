// SPDX-License-Identifier: MIT
#include "diagnosis/hessian.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "diagnosis/search/pattern.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Estimate;
using checks::Outcome;

double weight_of(const Submission& s, Eigen::Index example) {
    return s.network.example_weights.size() > 0 ? s.network.example_weights(0, example) : 1;
}

// The slope of one entry of dZ as its own score moves.
Estimate second_derivative(const Submission& s, const Tensor& Z, Eigen::Index row, Eigen::Index column) {
    const AnyActivation& activation = s.network.layers.back().activation;
    const Tensor labels = s.Y.col(column);
    Tensor moved = Z.col(column);
    const auto slope = [&](double z) {
        moved(row) = z;
        const Tensor A = activate(activation, moved);
        return s.scaling.factor * weight_of(s, column) *
               dZ_through_dA(activation, s.network.loss, moved, A, labels)(row);
    };
    return checks::derivative_with_error_bar(slope, Z(row, column));
}

// What people write in place of the second derivative.
std::vector<std::pair<std::string, Tensor>> usual_substitutes(const Submission& s, const Tensor& Z,
                                                              const Tensor& right) {
    const AnyActivation& activation = s.network.layers.back().activation;
    const Tensor A = activate(activation, Z);
    const Tensor dZ = s.scaling.factor * weighted(s.network, dZ_through_dA(activation, s.network.loss, Z, A, s.Y));
    const Tensor ones = Tensor::Ones(Z.rows(), Z.cols());
    std::vector<std::pair<std::string, Tensor>> substitutes{
        {"its absolute value", right.cwiseAbs()},
        {"1 everywhere", ones},
        {"the square of the gradient", dZ.cwiseAbs2()},
        {"g'(z), the slope of the output's activation", pull_back(activation, Z, ones)},
        {"the second derivative in the prediction a, not in the score z", Tensor()},
        {"without the part that g''(z) gives: L''(a) g'(z)^2", Tensor()},
    };
    if (!activation.facts().is_elementwise) return substitutes;
    Tensor in_a(Z.rows(), Z.cols());
    for (Eigen::Index column = 0; column < Z.cols(); ++column)
        for (Eigen::Index row = 0; row < Z.rows(); ++row) {
            const auto dA = [&](double a) {
                return s.scaling.factor * weight_of(s, column) *
                       s.network.loss.on<double>().derivative(a, s.Y(row, column));
            };
            in_a(row, column) = checks::derivative_with_error_bar(dA, A(row, column)).value;
        }
    substitutes[4].second = in_a;
    substitutes[5].second = in_a.cwiseProduct(substitutes[3].second.cwiseAbs2());
    return substitutes;
}

std::string remark_on(const Submission& s, const Tensor& Z, const Tensor& right, const Tensor& bars) {
    const Tensor& yours = *s.hessian;
    const Tensor allowed = bars.array() + 1e-9 * right.array().abs() + 1e-12;
    for (const auto& [what, substitute] : usual_substitutes(s, Z, right))
        if (substitute.size() > 0 && ((yours - substitute).array().abs() <= allowed.array()).all())
            return "yours is " + what;
    return pattern_of(yours, right, allowed).text;
}

}  // namespace

TensorResult judge_hessian(const Submission& s) {
    const Tensor Z = forward(s.network, s.X).Z[s.L()];
    checks::TensorEstimate estimates("hess", Z.rows(), Z.cols());
    Tensor right(Z.rows(), Z.cols());
    Tensor bars(Z.rows(), Z.cols());
    bool has_kinks = false;
    for (Eigen::Index column = 0; column < Z.cols(); ++column)
        for (Eigen::Index row = 0; row < Z.rows(); ++row) {
            const Estimate estimate = second_derivative(s, Z, row, column);
            estimates(row, column) = estimate;
            right(row, column) = estimate.value;
            bars(row, column) = estimate.error_bar;
            has_kinks = has_kinks || estimate.is_at_kink();
        }
    const checks::TensorVerdict verdict = checks::judge_tensor(*s.hessian, estimates);
    const checks::EntryVerdict& worst = verdict.worst.front();
    const Estimate& at_worst = worst.verdict.estimate;
    TensorResult result{.name = "hess",
                        .outcome = verdict.outcome(),
                        .digits = worst.verdict.digits,
                        .row = worst.column,
                        .column = worst.row,
                        .yours = worst.verdict.analytic,
                        .numerical = std::clamp(worst.verdict.analytic, at_worst.lower(), at_worst.upper()),
                        .error_bar = worst.verdict.bar,
                        .lower = at_worst.lower(),
                        .upper = at_worst.upper(),
                        .largest = right.cwiseAbs().maxCoeff(),
                        .entries = verdict.checked(),
                        .wrong = verdict.refuted,
                        .at_kinks = verdict.subgradients,
                        .not_exercised = verdict.not_exercised};
    for (const checks::EntryVerdict& entry : verdict.worst)
        result.visible = std::max(result.visible, checks::largest_hidden_error(entry.verdict));
    if (result.outcome == Outcome::refuted && !has_kinks) result.remark = remark_on(s, Z, right, bars);
    return result;
}

}  // namespace gradproof::diagnosis
