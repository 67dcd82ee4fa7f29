// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "claims/claim.hpp"
#include "claims/evidence.hpp"
#include "claims/pairing.hpp"
#include "claims/points.hpp"
#include "claims/scalar_case.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/gradient.hpp"

namespace gradproof::checks {
namespace {

bool is_kink(const ScalarCase& g, double z) {
    return std::any_of(g.kinks.begin(), g.kinks.end(), [z](const Kink& kink) { return kink.at == z; });
}

bool jumps_at(const ScalarCase& g, double z) {
    return std::any_of(g.kinks.begin(), g.kinks.end(),
                       [z](const Kink& kink) { return kink.value_jumps && kink.at == z; });
}

std::vector<double> all_points() {
    std::vector<double> points = ordinary_points();
    for (const double point : tail_points()) points.push_back(point);
    return points;
}

// The slope of an ordinary point, which tells what terms a slope is computed from: 1 - tanh² is 1 minus something
// everywhere, so far out, where it nearly vanishes, only its absolute accuracy can be asked for.
double ordinary_slope(const ScalarCase& g) {
    return std::abs(dual_derivative(g.dual_value, 0.25));
}

// Differences step across it; the dual numbers speak there.
bool is_seam(const ScalarCase& g, double z) {
    return std::ranges::find(g.seams, z) != g.seams.end();
}

// g on the piece between two jumps on which z lies, continued by its values at the ends: a difference across a jump is
// none of g', and where nothing moves differences would look that far.
std::function<double(double)> without_jumps(const ScalarCase& g, double z) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    double lower = -infinity;
    double upper = infinity;
    for (const Kink& kink : g.kinks) {
        if (!kink.value_jumps) continue;
        if (kink.at < z) lower = std::max(lower, std::nextafter(kink.at, infinity));
        if (kink.at > z) upper = std::min(upper, std::nextafter(kink.at, -infinity));
    }
    return [value = g.value, lower, upper](double at) { return value(std::clamp(at, lower, upper)); };
}

// Where the slope vanishes its digits cannot be asked for, only that it is small beside what it is elsewhere.
Estimate measured_by_ordinary_slope(const ScalarCase& g, double z) {
    Estimate estimate = derivative_with_error_bar(without_jumps(g, z), z);
    if (g.derivative(z) == 0) estimate.movement = std::max(estimate.movement, ordinary_slope(g));
    return estimate;
}

Evidence slope_by_differences(const ScalarCase& g) {
    std::vector<Comparison> comparisons;
    for (const double z : ordinary_points())
        if (!is_seam(g, z) && !jumps_at(g, z))
            comparisons.push_back({at("z", z), g.derivative(z), measured_by_ordinary_slope(g, z)});
    return evidence_of("g'", comparisons);
}

template <class Slope>
Evidence slope_against(const ScalarCase& g, const Slope& slope, const std::function<double(double)>& computed) {
    std::vector<Comparison> comparisons;
    for (const double z : all_points())
        if (!is_kink(g, z)) comparisons.push_back({at("z", z), computed(z), known_value(slope(z), ordinary_slope(g))});
    return evidence_of("g'", comparisons);
}

Evidence second_slope(const ScalarCase& g) {
    std::vector<Comparison> comparisons;
    for (const double z : all_points())
        comparisons.push_back({at("z", z), g.second_derivative(z),
                               known_value(dual_derivative(g.dual_derivative, z), ordinary_slope(g))});
    return evidence_of("g''", comparisons);
}

// Where the value jumps one side has no derivative. The other, to which the value belongs, is seen from so near that
// the function does not bend on the way; that the value jumps at all is seen there, too.
void add_jump(const ScalarCase& g, const Kink& kink, std::vector<Comparison>& comparisons) {
    constexpr double near = 0x1p-10;
    const double here = g.value(kink.at);
    const double left = std::abs(g.value(kink.at - near) - here);
    const double right = std::abs(g.value(kink.at + near) - here);
    const bool is_a_jump = std::max(left, right) > 16 * near && std::min(left, right) < 16 * near;
    const double side = left < right ? kink.at - near : kink.at + near;
    const std::string where = at("z", kink.at);
    comparisons.push_back({where + ", whether the value jumps", is_a_jump ? 1.0 : 0.0, smooth_estimate(1, 0, 1)});
    Estimate beside = derivative_with_error_bar(without_jumps(g, side), side);
    beside.movement = std::max(beside.movement, ordinary_slope(g));
    comparisons.push_back({where, kink.derivative_taken, beside});
}

// The declared convention must be what derivative() returns, and lie between the one-sided derivatives.
Evidence slope_at_kinks(const ScalarCase& g) {
    std::vector<Comparison> comparisons;
    for (const Kink& kink : g.kinks) {
        comparisons.push_back({at("z", kink.at), g.derivative(kink.at), smooth_estimate(kink.derivative_taken, 0, 1)});
        if (kink.value_jumps) {
            add_jump(g, kink, comparisons);
        } else {
            comparisons.push_back(
                {at("z", kink.at), kink.derivative_taken, derivative_with_error_bar(g.value, kink.at)});
        }
    }
    return evidence_of("g'", comparisons);
}

Claim claim_on(const ScalarCase& g, std::string_view name, std::string_view statement,
               std::function<Evidence()> check) {
    return {.path = fmt::format("activations/{}/{}", g.name, name),
            .statement = std::string(statement),
            .note = g.note,
            .check = std::move(check)};
}

std::vector<Claim> derivative_claims(const ScalarCase& g) {
    std::vector<Claim> claims;
    const auto add = [&](std::string_view name, std::string_view statement, std::function<Evidence()> check) {
        claims.push_back(claim_on(g, name, statement, std::move(check)));
    };
    add("derivative_by_differences", "g'(z) is the derivative of g, by differences with error bars",
        [g] { return slope_by_differences(g); });
    add("derivative_by_dual_numbers", "g'(z) is the derivative of g, by dual numbers, tails included", [g] {
        return slope_against(
            g, [&](double z) { return dual_derivative(g.dual_value, z); }, g.derivative);
    });
    if (g.complex_value)
        add("derivative_by_complex_step", "g'(z) is the derivative of g, by the complex step, tails included", [g] {
            return slope_against(
                g, [&](double z) { return complex_step_derivative(g.complex_value, z); }, g.derivative);
        });
    return claims;
}

void add_elementwise(const ScalarCase& g, std::vector<Claim>& claims) {
    for (Claim& claim : derivative_claims(g)) claims.push_back(std::move(claim));
    const auto add = [&](std::string_view name, std::string_view statement, std::function<Evidence()> check) {
        claims.push_back(claim_on(g, name, statement, std::move(check)));
    };
    if (g.derivative_from_value)
        add("derivative_from_value", "g' as a function of the value a = g(z) is the derivative of g", [g] {
            return slope_against(
                g, [&](double z) { return dual_derivative(g.dual_value, z); },
                [&](double z) { return g.derivative_from_value(g.value(z)); });
        });
    if (g.second_derivative)
        add("second_derivative", "g''(z) is the derivative of g', by dual numbers", [g] { return second_slope(g); });
    if (!g.kinks.empty())
        add("derivative_at_kinks", "at a kink g' is what is declared, between the one-sided derivatives",
            [g] { return slope_at_kinks(g); });
}

Eigen::MatrixXd jacobian_of(const AnyActivation& activation, const Eigen::VectorXd& z) {
    Eigen::MatrixXd transposed(z.size(), z.size());
    for (Eigen::Index k = 0; k < z.size(); ++k) {
        const Matrix<double> unit = Eigen::VectorXd::Unit(z.size(), k);
        transposed.col(k) = pull_back(activation, Matrix<double>(z), unit);
    }
    return transposed.transpose();
}

std::vector<Eigen::VectorXd> columns() {
    return {Eigen::VectorXd{{0.5, -1.0, 2.0, 0.0}}, Eigen::VectorXd{{0, 0, 0, 0}}, Eigen::VectorXd{{5, -5, 3, 1}}};
}

Evidence jacobian_by_differences(const AnyActivation& activation) {
    Evidence evidence;
    for (const Eigen::VectorXd& z : columns()) {
        const auto g = [&](const Eigen::VectorXd& at_z) -> Eigen::VectorXd {
            return activate(activation, Matrix<double>(at_z));
        };
        absorb(evidence.verdict, check_jacobian(g, jacobian_of(activation, z), z));
    }
    return evidence;
}

// The size of what the entries of each row of the Jacobian are made of, as dual numbers add it up: for softmax p_i and
// the p_i p_k.
Eigen::VectorXd terms_of_rows(const AnyActivation& activation, const Eigen::VectorXd& z) {
    Eigen::VectorXd terms = Eigen::VectorXd::Zero(z.size());
    for (Eigen::Index k = 0; k < z.size(); ++k) {
        Matrix<Dual<double>> moved(z.size(), 1);
        for (Eigen::Index j = 0; j < z.size(); ++j) moved(j, 0) = j == k ? Dual<double>(z(j), 1.0) : Dual<double>(z(j));
        const Matrix<Dual<double>> a = activate(activation, moved);
        for (Eigen::Index j = 0; j < z.size(); ++j) terms(j) += a(j, 0).magnitude;
    }
    return terms;
}

// Softmax does not notice a constant added to every pre-activation, so the rows of its Jacobian sum to 0: it is
// singular, and no formula can divide by it.
Evidence rows_sum_to_zero(const AnyActivation& activation) {
    std::vector<Comparison> comparisons;
    for (const Eigen::VectorXd& z : columns()) {
        const Eigen::MatrixXd J = jacobian_of(activation, z);
        const Eigen::VectorXd terms = terms_of_rows(activation, z);
        for (Eigen::Index row = 0; row < J.rows(); ++row)
            comparisons.push_back({fmt::format("row {}", row + 1), J.row(row).sum(), known_value(0, terms(row))});
    }
    return evidence_of("J 1", comparisons);
}

void add_vector_activation(const AnyActivation& activation, std::vector<Claim>& claims) {
    const std::string name(name_of(activation));
    const std::string note = fmt::format("derivations/activations/{}.md", name);
    claims.push_back({.path = fmt::format("activations/{}/jacobian_by_differences", name),
                      .statement = "the pull-back is the transposed Jacobian of g, by differences with error bars",
                      .note = note,
                      .check = [activation] { return jacobian_by_differences(activation); }});
    if (activation.facts().is_shift_invariant)
        claims.push_back({.path = fmt::format("activations/{}/jacobian_is_singular", name),
                          .statement = "the rows of the Jacobian sum to 0",
                          .note = note,
                          .check = [activation] { return rows_sum_to_zero(activation); }});
}

}  // namespace

std::vector<Claim> derivative_claims(const AnyActivation& activation,
                                     const std::function<double(double z)>& derivative) {
    ScalarCase g = scalar_case(activation);
    g.derivative = derivative;
    return derivative_claims(g);
}

std::vector<Claim> activation_claims() {
    std::vector<Claim> claims;
    for (const AnyActivation& activation : all_activations())
        if (is_elementwise(activation)) add_elementwise(scalar_case(activation), claims);
    for (const AnyActivation& activation : all_activations())
        if (!is_elementwise(activation)) add_vector_activation(activation, claims);
    return claims;
}

}  // namespace gradproof::checks
