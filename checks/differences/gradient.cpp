// SPDX-License-Identifier: MIT
#include "gradproof/checks/gradient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "differences/derivative_search.hpp"
#include "differences/long_range.hpp"
#include "differences/subgradient_check.hpp"

namespace gradproof::checks {
namespace {

constexpr int most_required_digits = 12;

void require_input(const Eigen::VectorXd& x, int required_digits) {
    if (x.size() == 0) throw std::invalid_argument("x is empty: there is no derivative to check");
    for (Eigen::Index i = 0; i < x.size(); ++i)
        if (!std::isfinite(x(i))) throw std::invalid_argument(fmt::format("x({}) is {}, not a finite number", i, x(i)));
    if (required_digits < 1 || required_digits > most_required_digits)
        throw std::invalid_argument(
            fmt::format("required_digits is {}, but must be 1 to {}", required_digits, most_required_digits));
}

// Differences next to x tell more digits of the slope than a function has whose values are not smooth to rounding: such
// as a root that an iteration finds to eight digits. What agrees to the required digits is refuted only if the function
// is smooth far and wide.
void allow_for_stopped_iterations(SampledLine& line, Eigen::Index output, double claimed, int required_digits,
                                  Estimate& estimate) {
    const double off = std::abs(claimed - std::clamp(claimed, estimate.lower(), estimate.upper()));
    if (!(off > estimate.error_bar) || !(off <= 0.5 * std::pow(10.0, -required_digits) * std::abs(estimate.value)))
        return;
    if (!is_smooth_over_half(line, output)) estimate.error_bar = off;
}

}  // namespace

TensorVerdict check_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian, const Eigen::VectorXd& x,
                             int required_digits) {
    require_input(x, required_digits);
    const Eigen::VectorXd at_x = f(x);
    if (jacobian.rows() != at_x.size() || jacobian.cols() != x.size())
        throw std::invalid_argument(fmt::format("the jacobian is {} x {}, but the function maps {} values to {}",
                                                jacobian.rows(), jacobian.cols(), x.size(), at_x.size()));
    TensorEstimate estimates("jacobian", at_x.size(), x.size());
    Eigen::VectorXd moved = x;
    for (Eigen::Index input = 0; input < x.size(); ++input) {
        const Curve along_input = [&](double t) {
            moved(input) = t;
            return f(moved);
        };
        SampledLine line(along_input, x(input), at_x);
        for (Eigen::Index output = 0; output < at_x.size(); ++output) {
            Estimate& estimate = estimates(output, input);
            estimate = derivative_along(line, output, jacobian(output, input));
            allow_for_stopped_iterations(line, output, jacobian(output, input), required_digits, estimate);
        }
        moved(input) = x(input);
    }
    const std::vector<Eigen::Index> no_subgradients = rows_without_subgradient(f, jacobian, x, at_x, estimates);
    return judge_tensor(jacobian, estimates, required_digits, [&no_subgradients](EntryVerdict& entry) {
        const bool is_listed = std::ranges::find(no_subgradients, entry.row) != no_subgradients.end();
        if (!is_listed || entry.verdict.remark != Remark::subgradient) return;
        entry.verdict.outcome = Outcome::undecided;
        entry.verdict.remark = Remark::no_common_subgradient;
    });
}

TensorVerdict check_gradient(const ScalarField& f, const Eigen::VectorXd& gradient, const Eigen::VectorXd& x,
                             int required_digits) {
    if (gradient.size() != x.size())
        throw std::invalid_argument(
            fmt::format("the gradient has {} entries, but x has {}", gradient.size(), x.size()));
    TensorVerdict verdict =
        check_jacobian([&f](const Eigen::VectorXd& point) { return Eigen::VectorXd::Constant(1, f(point)); },
                       gradient.transpose(), x, required_digits);
    verdict.name = "gradient";
    return verdict;
}

}  // namespace gradproof::checks
