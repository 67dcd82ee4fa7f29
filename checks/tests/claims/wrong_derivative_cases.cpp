// SPDX-License-Identifier: MIT
//
// A wrong derivative of every activation and loss, by the checks that confirm the right one: each mistake that changes
// the derivative at all is refuted by each of them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "claims/claim.hpp"
#include "claims/column_loss_claims.hpp"
#include "claims/points.hpp"
#include "gradproof/checks/gradient.hpp"
#include "tests/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

// Below this a mistake is none: rounding of the same formula.
constexpr double least_change = 1e-9;

template <class Derivative>
struct Mistake {
    std::string name;
    Derivative derivative;
};

/// With another factor: a wrong sign, a forgotten half, a digit of a constant.
constexpr std::array<std::pair<const char*, double>, 3> factors{
    {{"the sign flipped", -1}, {"twice as large", 2}, {"off by a millionth", 1 + 1e-6}}};

// A hundredth beside the parameter, within its range.
double neighbour(const ParameterValue& parameter) {
    const double above = parameter.value * 1.01;
    return parameter.range.contains(above) ? above : parameter.value * 0.99;
}

using Slope = std::function<double(double)>;
using LossSlope = std::function<double(double, double)>;

std::vector<Mistake<Slope>> mistakes_in(const AnyActivation& activation) {
    const auto g = activation.on<double>();
    std::vector<Mistake<Slope>> mistakes;
    for (const auto& [name, factor] : factors)
        mistakes.push_back({name, [=, factor = factor](double z) { return factor * g.derivative(z); }});
    mistakes.push_back({"at the value", [=](double z) { return g.derivative(g.value(z)); }});
    mistakes.push_back({"the value itself", [=](double z) { return g.value(z); }});
    if (g.has_derivative_from_value())
        mistakes.push_back(
            {"its formula for the value, fed with z", [=](double z) { return g.derivative_from_value(z); }});
    for (const ParameterValue& parameter : activation.facts().parameters) {
        const auto other = activation.with(parameter.name, neighbour(parameter)).on<double>();
        mistakes.push_back(
            {fmt::format("with {} a hundredth off", parameter.name), [=](double z) { return other.derivative(z); }});
    }
    return mistakes;
}

std::vector<Mistake<LossSlope>> mistakes_in(const AnyLoss& any) {
    const auto loss = any.on<double>();
    std::vector<Mistake<LossSlope>> mistakes;
    for (const auto& [name, factor] : factors)
        mistakes.push_back({name, [=, factor = factor](double a, double y) { return factor * loss.derivative(a, y); }});
    mistakes.push_back({"the value itself", [=](double a, double y) { return loss.value(a, y); }});
    mistakes.push_back({"a - y", [](double a, double y) { return a - y; }});
    for (const ParameterValue& parameter : any.facts().parameters) {
        const auto other = any.with(parameter.name, neighbour(parameter)).on<double>();
        mistakes.push_back({fmt::format("with {} a hundredth off", parameter.name),
                            [=](double a, double y) { return other.derivative(a, y); }});
    }
    return mistakes;
}

bool differs(double wrong, double right) {
    return !(std::abs(wrong - right) <= least_change * std::max(std::abs(right), std::abs(wrong)));
}

bool changes(const Slope& wrong, const AnyActivation& activation) {
    const std::vector<Kink>& kinks = activation.facts().kinks;
    const auto g = activation.on<double>();
    return std::ranges::any_of(ordinary_points(), [&](double z) {
        return std::ranges::find(kinks, z, &Kink::at) == kinks.end() && differs(wrong(z), g.derivative(z));
    });
}

bool changes(const LossSlope& wrong, const AnyLoss& any) {
    const auto loss = any.on<double>();
    return std::ranges::any_of(label_points(any.facts()), [&](double y) {
        return std::ranges::any_of(prediction_points(any.facts().prediction_domain), [&](double a) {
            const std::vector<Kink> kinks = any.kinks(y);
            return std::ranges::find(kinks, a, &Kink::at) == kinks.end() && differs(wrong(a, y), loss.derivative(a, y));
        });
    });
}

template <class Case>
void each_is_refuted(const Case& any) {
    std::size_t refuted = 0;
    for (const auto& [name, derivative] : mistakes_in(any)) {
        // The slope of the identity at its value is its slope.
        if (!changes(derivative, any)) continue;
        for (const Claim& claim : derivative_claims(any, derivative)) {
            const Evidence evidence = claim.check();
            BOOST_TEST(evidence.verdict.refuted > 0U, name << " is not refuted: " << describe(claim, evidence));
            ++refuted;
        }
    }
    BOOST_TEST(refuted >= 2 * factors.size());
}

std::vector<Mistake<ColumnGradient>> mistakes_in_column(const AnyLoss& loss) {
    const ColumnGradient right = [loss](const Matrix<double>& a, const Matrix<double>& y) {
        return loss_derivative(loss, a, y);
    };
    std::vector<Mistake<ColumnGradient>> mistakes;
    for (const auto& [name, factor] : factors)
        mistakes.push_back({name, [=, factor = factor](const Matrix<double>& a, const Matrix<double>& y) {
                                return Matrix<double>(factor * right(a, y));
                            }});
    mistakes.push_back(
        {"A - Y", [](const Matrix<double>& a, const Matrix<double>& y) { return Matrix<double>(a - y); }});
    mistakes.push_back({"the components moved by one", [=](const Matrix<double>& a, const Matrix<double>& y) {
                            Matrix<double> moved = right(a, y);
                            std::rotate(moved.data(), moved.data() + 1, moved.data() + moved.size());
                            return moved;
                        }});
    for (const ParameterValue& parameter : loss.facts().parameters) {
        const AnyLoss other = loss.with(parameter.name, neighbour(parameter));
        mistakes.push_back(
            {fmt::format("with {} a hundredth off", parameter.name),
             [=](const Matrix<double>& a, const Matrix<double>& y) { return loss_derivative(other, a, y); }});
    }
    return mistakes;
}

void each_gradient_is_refuted(const AnyLoss& loss) {
    for (const auto& [name, gradient] : mistakes_in_column(loss))
        for (const Claim& claim : derivative_claims(loss, gradient)) {
            const Evidence evidence = claim.check();
            BOOST_TEST(evidence.verdict.refuted > 0U, name << " is not refuted: " << describe(claim, evidence));
        }
}

void each_jacobian_is_refuted(const AnyActivation& g) {
    const Eigen::VectorXd z{{0.5, -1.0, 2.0, 0.0}};
    const auto jacobian_at = [&](const Eigen::VectorXd& at) {
        Eigen::MatrixXd transposed(at.size(), at.size());
        for (Eigen::Index k = 0; k < at.size(); ++k)
            transposed.col(k) = pull_back(g, Matrix<double>(at), Matrix<double>(Eigen::VectorXd::Unit(at.size(), k)));
        return Eigen::MatrixXd(transposed.transpose());
    };
    const auto value = [&](const Eigen::VectorXd& at) -> Eigen::VectorXd { return activate(g, Matrix<double>(at)); };
    const auto refuted = [&](const Eigen::MatrixXd& jacobian) { return check_jacobian(value, jacobian, z).refuted; };
    const Eigen::MatrixXd right = jacobian_at(z);
    BOOST_TEST(refuted(right) == 0U);
    for (const auto& [name, factor] : factors) BOOST_TEST(refuted(factor * right) > 0U, name);
    // The logarithm of the probabilities of a log-softmax is itself.
    const Eigen::MatrixXd at_value = jacobian_at(value(z));
    if (!at_value.isApprox(right, least_change)) BOOST_TEST(refuted(at_value) > 0U, "at the value");
    BOOST_TEST(refuted(right.diagonal().asDiagonal()) > 0U, "its diagonal alone");
}

}  // namespace

void add_wrong_derivative_cases() {
    const auto add = [](std::string_view kind, const std::string& name, const std::function<void()>& body) {
        add_case(fmt::format("{}/{}/wrong_derivatives_are_refuted", kind, name), body, {"negative"});
    };
    for (const AnyActivation& g : all_activations())
        add("activations", name_of(g), [g] { is_elementwise(g) ? each_is_refuted(g) : each_jacobian_is_refuted(g); });
    for (const AnyLoss& loss : all_losses())
        add("losses", name_of(loss),
            [loss] { is_elementwise(loss) ? each_is_refuted(loss) : each_gradient_is_refuted(loss); });
}

}  // namespace gradproof::checks
