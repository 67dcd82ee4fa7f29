// SPDX-License-Identifier: MIT
//
// The gradients of losses of a whole column, each entry of it.
#include "claims/column_loss_claims.hpp"

#include <fmt/format.h>

#include <cmath>
#include <complex>
#include <utility>

#include "claims/evidence.hpp"
#include "claims/points.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/gradient.hpp"

namespace gradproof::checks {
namespace {

template <Scalar S>
Matrix<S> as(const Matrix<double>& column) {
    Matrix<S> result(column.rows(), column.cols());
    for (Eigen::Index k = 0; k < column.size(); ++k) result.data()[k] = S(column.data()[k]);
    return result;
}

// The loss of one example with prediction k moved to `a_k`.
template <Scalar S>
S loss_with(const AnyLoss& loss, const ColumnPoint& point, Eigen::Index k, const S& a_k) {
    Matrix<S> a = as<S>(point.a);
    a(k, 0) = a_k;
    return example_losses(loss, a, as<S>(point.y))(0, 0);
}

Evidence gradient_by_differences(const AnyLoss& loss, const ColumnGradient& dA) {
    Evidence evidence;
    for (const ColumnPoint& point : column_points(loss.facts())) {
        const auto f = [&](const Eigen::VectorXd& a) { return example_losses(loss, Matrix<double>(a), point.y)(0, 0); };
        const Eigen::VectorXd gradient = dA(point.a, point.y).col(0);
        absorb(evidence.verdict, check_gradient(f, gradient, Eigen::VectorXd(point.a.col(0))));
    }
    return evidence;
}

template <class Expected>
Evidence gradient_against(const AnyLoss& loss, const ColumnGradient& dA, const Expected& expected) {
    std::vector<Comparison> comparisons;
    std::size_t example = 0;
    for (const ColumnPoint& point : column_points(loss.facts())) {
        ++example;
        const Matrix<double> gradient = dA(point.a, point.y);
        for (Eigen::Index k = 0; k < gradient.rows(); ++k)
            comparisons.push_back(
                {fmt::format("example {}, component {}", example, k + 1), gradient(k, 0), expected(point, k)});
    }
    return evidence_of("dL/da", comparisons);
}

Evidence gradient_by_dual_numbers(const AnyLoss& loss, const ColumnGradient& dA) {
    return gradient_against(loss, dA, [&](const ColumnPoint& point, Eigen::Index k) {
        const Dual<double> slope = slope_of_column_loss(loss, point.a, point.y, k);
        return known_value(slope.derivative, slope.magnitude);
    });
}

Evidence gradient_by_complex_step(const AnyLoss& loss, const ColumnGradient& dA) {
    return gradient_against(loss, dA, [&](const ColumnPoint& point, Eigen::Index k) {
        const auto along = [&](const std::complex<double>& a_k) { return loss_with(loss, point, k, a_k); };
        return known_value(complex_step_derivative(along, point.a(k, 0)),
                           slope_of_column_loss(loss, point.a, point.y, k).magnitude);
    });
}

}  // namespace

std::vector<ColumnPoint> column_points(const LossFacts& loss) {
    const Matrix<double> Y = output_points(loss).Y;
    std::vector<double> predictions;
    // Beside a prediction of 20 one of 1e-9 moves a loss of the column by less than its rounding, and so does -20 where
    // exponentials are added.
    for (const double a : prediction_points(loss.prediction_domain))
        if (std::abs(a) >= 0.1 && std::abs(a) <= 3) predictions.push_back(a);
    std::vector<ColumnPoint> points;
    for (Eigen::Index i = 0; i < Y.cols(); ++i) {
        ColumnPoint point{.a = Matrix<double>(Y.rows(), 1), .y = Y.col(i)};
        for (Eigen::Index k = 0; k < Y.rows(); ++k)
            point.a(k, 0) = predictions[static_cast<std::size_t>(2 * i + 3 * k) % predictions.size()];
        points.push_back(std::move(point));
    }
    return points;
}

Dual<double> slope_of_column_loss(const AnyLoss& loss, const Matrix<double>& a, const Matrix<double>& y,
                                  Eigen::Index k) {
    return loss_with(loss, {a, y}, k, Dual<double>(a(k, 0), 1.0));
}

std::vector<Claim> derivative_claims(const AnyLoss& loss, const ColumnGradient& gradient) {
    std::vector<Claim> claims;
    const auto add = [&](std::string_view what, std::string_view statement, std::function<Evidence()> check) {
        claims.push_back({.path = fmt::format("losses/{}/{}", name_of(loss), what),
                          .statement = std::string(statement),
                          .note = fmt::format("derivations/losses/{}.md", loss.facts().slug),
                          .check = std::move(check)});
    };
    add("gradient_by_differences", "dL/da is the gradient of the loss of a column, by differences with error bars",
        [=] { return gradient_by_differences(loss, gradient); });
    add("gradient_by_dual_numbers", "dL/da is the gradient of the loss of a column, by dual numbers",
        [=] { return gradient_by_dual_numbers(loss, gradient); });
    if (loss.runs_on<std::complex<double>>())
        add("gradient_by_complex_step", "dL/da is the gradient of the loss of a column, by the complex step",
            [=] { return gradient_by_complex_step(loss, gradient); });
    return claims;
}

}  // namespace gradproof::checks
