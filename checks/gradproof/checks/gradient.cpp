// SPDX-License-Identifier: MIT
#include "gradproof/checks/gradient.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

#include "gradproof/checks/differences.hpp"

namespace gradproof::checks {
namespace {

// Whoever computed the gradient rounded too: a thousand roundings of terms as large as the largest entry are no
// mistake.
constexpr double rounding_of_a_gradient = 1000 * 0x1p-53;

// One input of f varied, the others held: every output wants the same points, so values are kept.
class Section {
  public:
    Section(const VectorField& f, Eigen::VectorXd x, Eigen::Index input, Eigen::Index outputs)
        : f_(f), x_(std::move(x)), input_(input), outputs_(outputs) {}

    double value(double t, Eigen::Index output) {
        auto found = values_.find(t);
        if (found == values_.end()) {
            Eigen::VectorXd x = x_;
            x(input_) = t;
            Eigen::VectorXd y = f_(x);
            if (y.size() != outputs_)
                throw std::invalid_argument(
                    fmt::format("the function returned {} values at one point and {} at another", y.size(), outputs_));
            found = values_.emplace(t, std::move(y)).first;
        }
        return found->second(output);
    }

    // Whether no point looked at so far moved this output by a single bit.
    bool never_moved(Eigen::Index output) const {
        return std::all_of(values_.begin(), values_.end(),
                           [&](const auto& point) { return point.second(output) == values_.begin()->second(output); });
    }

  private:
    const VectorField& f_;
    Eigen::VectorXd x_;
    Eigen::Index input_;
    Eigen::Index outputs_;
    std::map<double, Eigen::VectorXd> values_;
};

}  // namespace

TensorVerdict check_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian, const Eigen::VectorXd& x,
                             int required_digits) {
    if (x.size() == 0) throw std::invalid_argument("x is empty: there is no derivative to check");
    const Eigen::Index outputs = f(x).size();
    if (jacobian.rows() != outputs || jacobian.cols() != x.size())
        throw std::invalid_argument(fmt::format("the jacobian is {} x {}, but the function maps {} values to {}",
                                                jacobian.rows(), jacobian.cols(), x.size(), outputs));
    TensorEstimate estimates("jacobian", outputs, x.size());
    for (Eigen::Index input = 0; input < x.size(); ++input) {
        Section section(f, x, input, outputs);
        for (Eigen::Index output = 0; output < outputs; ++output) {
            Estimate& estimate = estimates(output, input);
            estimate = derivative_with_error_bar([&](double t) { return section.value(t, output); }, x(input));
            if (std::isfinite(estimate.value) && section.never_moved(output)) estimate = smooth_estimate(0, 0, 0);
        }
    }
    for (Eigen::Index output = 0; output < outputs; ++output) {
        double largest = 0;
        for (Eigen::Index input = 0; input < x.size(); ++input)
            if (const double value = std::abs(estimates(output, input).value); value > largest) largest = value;
        for (Eigen::Index input = 0; input < x.size(); ++input)
            if (Estimate& estimate = estimates(output, input); estimate.scale > 0 || estimate.error_bar > 0) {
                estimate.scale = std::max(largest, estimate.scale);
                estimate.error_bar += rounding_of_a_gradient * estimate.scale;
            }
    }
    return judge_tensor(jacobian, estimates, required_digits);
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
