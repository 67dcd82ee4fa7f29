// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "claims/claim.hpp"
#include "claims/column_loss_claims.hpp"
#include "claims/evidence.hpp"
#include "claims/pairing.hpp"
#include "claims/points.hpp"
#include "claims/scalar_case.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/differences.hpp"

namespace gradproof::checks {
namespace {

bool is_kink(const AnyLoss& loss, double a, double y) {
    return std::ranges::any_of(loss.kinks(y), [a](const Kink& kink) { return kink.at == a; });
}

// A difference would step across it; the derivative there is a claim of the dual numbers.
bool is_near_seam(const AnyLoss& loss, double a, double y) {
    constexpr double near = 1e-2;
    return std::ranges::any_of(loss.seams(y), [a](double seam) { return std::abs(a - seam) < near; });
}

// The declared convention must be what derivative() returns, and lie between the one-sided derivatives.
Evidence slope_at_kinks(const AnyLoss& loss) {
    std::vector<Comparison> comparisons;
    for (const double y : label_points(loss.facts())) {
        const ScalarCase scalar = scalar_case(loss, y);
        for (const Kink& kink : loss.kinks(y)) {
            const std::string where = fmt::format("a = {:g}, y = {:g}", kink.at, y);
            comparisons.push_back({where, scalar.derivative(kink.at), smooth_estimate(kink.derivative_taken, 0, 1)});
            comparisons.push_back({where, kink.derivative_taken, derivative_with_error_bar(scalar.value, kink.at)});
        }
    }
    return evidence_of("dL/da", comparisons);
}

bool has_kinks(const AnyLoss& loss) {
    return std::ranges::any_of(label_points(loss.facts()), [&](double y) { return !loss.kinks(y).empty(); });
}

using Slope = std::function<double(double a, double y)>;

// Runs `estimate` for every label and prediction the loss accepts.
template <class Expected>
Evidence slope_against(const AnyLoss& loss, const Slope& slope, const Expected& expected) {
    std::vector<Comparison> comparisons;
    for (const double y : label_points(loss.facts())) {
        const ScalarCase scalar = scalar_case(loss, y);
        for (const double a : prediction_points(loss.facts().prediction_domain)) {
            if (is_kink(loss, a, y) || is_near_seam(loss, a, y)) continue;
            const Estimate estimate = expected(scalar, a);
            // Beside the edge of its domain a loss may change so fast that a difference says nothing; others speak
            // there.
            if (estimate.value != 0 && !(estimate.error_bar < std::abs(estimate.value))) continue;
            comparisons.push_back({fmt::format("a = {:g}, y = {:g}", a, y), slope(a, y), estimate});
        }
    }
    return evidence_of("dL/da", comparisons);
}

// Where terms cancel in the derivative, differences are asked for what they are made of.
Estimate by_differences(const ScalarCase& loss, double a) {
    Estimate estimate = derivative_with_error_bar(loss.value, a);
    estimate.scale = std::max(estimate.scale, loss.dual_value({a, 1.0}).magnitude);
    return estimate;
}

Estimate by_dual_numbers(const ScalarCase& loss, double a) {
    const Dual<double> value = loss.dual_value({a, 1.0});
    return known_value(value.derivative, value.magnitude);
}

Estimate by_complex_step(const ScalarCase& loss, double a) {
    // What the square of the step leaves in the real part is nothing, but not 0.
    constexpr double nothing = 1e-40;
    return known_value(complex_step_derivative(loss.complex_value, a),
                       std::max(loss.dual_value({a, 1.0}).magnitude, nothing));
}

// The stable form from the pre-activation against the loss of the activation, where the latter still has its digits.
Evidence stable_form(const AnyActivation& activation, const AnyLoss& loss) {
    const OutputPoints points = output_points(loss.facts());
    const Matrix<double> A = activate(activation, points.Z);
    const Matrix<double> from_Z =
        example_losses(activation, loss, Matrix<double>(points.Z), A, Matrix<double>(points.Y));
    std::vector<Comparison> comparisons;
    for (Eigen::Index i = 0; i < A.cols(); ++i) {
        double plain = 0;
        double magnitude = 0;
        for (Eigen::Index k = 0; k < A.rows(); ++k) {
            const double term = scalar_case(loss, points.Y(k, i)).value(A(k, i));
            plain += term;
            magnitude += std::abs(term) + std::abs(points.Z(k, i) * points.Y(k, i));
        }
        comparisons.push_back({fmt::format("example {}", i + 1), from_Z(0, i), known_value(plain, magnitude)});
    }
    return evidence_of("L", comparisons);
}

Claim claim_on(const AnyLoss& loss, std::string_view what, std::string_view statement,
               std::function<Evidence()> check) {
    return {.path = fmt::format("losses/{}/{}", name_of(loss), what),
            .statement = std::string(statement),
            .note = fmt::format("derivations/losses/{}.md", loss.facts().slug),
            .check = std::move(check)};
}

}  // namespace

std::vector<Claim> derivative_claims(const AnyLoss& loss, const Slope& derivative) {
    std::vector<Claim> claims;
    const auto add = [&](std::string_view what, std::string_view statement, std::function<Evidence()> check) {
        claims.push_back(claim_on(loss, what, statement, std::move(check)));
    };
    add("derivative_by_differences", "dL/da is the derivative of the loss, by differences with error bars",
        [=] { return slope_against(loss, derivative, by_differences); });
    add("derivative_by_dual_numbers", "dL/da is the derivative of the loss, by dual numbers",
        [=] { return slope_against(loss, derivative, by_dual_numbers); });
    if (loss.runs_on<std::complex<double>>())
        add("derivative_by_complex_step", "dL/da is the derivative of the loss, by the complex step",
            [=] { return slope_against(loss, derivative, by_complex_step); });
    return claims;
}

std::vector<Claim> loss_claims() {
    std::vector<Claim> claims;
    for (const AnyLoss& loss : all_losses()) {
        if (!is_elementwise(loss)) {
            const ColumnGradient gradient = [loss](const Matrix<double>& a, const Matrix<double>& y) {
                return loss_derivative(loss, a, y);
            };
            for (Claim& claim : derivative_claims(loss, gradient)) claims.push_back(std::move(claim));
            continue;
        }
        const auto add = [&](std::string_view what, std::string_view statement, std::function<Evidence()> check) {
            claims.push_back(claim_on(loss, what, statement, std::move(check)));
        };
        const auto formulas = loss.on<double>();
        for (Claim& claim : derivative_claims(loss, [=](double a, double y) { return formulas.derivative(a, y); }))
            claims.push_back(std::move(claim));
        if (has_kinks(loss))
            add("derivative_at_kinks", "at a kink dL/da is what is declared, between the one-sided derivatives",
                [loss] { return slope_at_kinks(loss); });
        for (const AnyActivation& activation : all_activations())
            if (is_canonical_pair(activation, loss) && loss.on<double>().has_losses_from_pre_activation())
                add("value_from_pre_activation", "the stable form from z is the loss of the prediction g(z)",
                    [activation, loss] { return stable_form(activation, loss); });
    }
    return claims;
}

}  // namespace gradproof::checks
