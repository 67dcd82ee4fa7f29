// SPDX-License-Identifier: MIT
#include "differences/jacobian_verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "differences/derivative_search.hpp"
#include "differences/long_range.hpp"
#include "differences/subgradient_check.hpp"

namespace gradproof::checks {
namespace {

constexpr int most_required_digits = 12;
// Numbers in one stack of points: 8 MB.
constexpr Eigen::Index most_in_a_stack = Eigen::Index{1} << 20;

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

// The values at the points that a smooth function is asked at, of as many of the next inputs as fit into one stack.
class StackedValues {
  public:
    StackedValues(const StackedField& f, const Eigen::VectorXd& x, const std::vector<Eigen::Index>& inputs)
        : f_(f), x_(x), inputs_(inputs) {}

    void tell(SampledLine& line, std::size_t n) {
        if (!f_) return;
        if (n >= end_) fetch_from(n);
        for (const auto& [t, values] : known_[n - begin_]) line.know(t, values);
    }

  private:
    void fetch_from(std::size_t n) {
        begin_ = n;
        known_.clear();
        std::vector<std::vector<double>> points;
        Eigen::Index count = 0;
        for (end_ = n; end_ < inputs_.size(); ++end_) {
            points.push_back(first_points(x_(inputs_[end_])));
            const auto more = static_cast<Eigen::Index>(points.back().size());
            if (end_ > n && (count + more) * x_.size() > most_in_a_stack) {
                points.pop_back();
                break;
            }
            count += more;
        }
        Eigen::MatrixXd stack = x_.replicate(1, count);
        Eigen::Index column = 0;
        for (std::size_t k = 0; k < points.size(); ++k)
            for (const double t : points[k]) stack(inputs_[n + k], column++) = t;
        const Eigen::MatrixXd values = f_(stack);
        if (values.cols() != count)
            throw std::invalid_argument(
                fmt::format("the function returned {} values for {} points", values.cols(), count));
        column = 0;
        for (const std::vector<double>& of_input : points) {
            known_.emplace_back();
            for (const double t : of_input) known_.back().emplace_back(t, values.col(column++));
        }
    }

    const StackedField& f_;
    const Eigen::VectorXd& x_;
    const std::vector<Eigen::Index>& inputs_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
    std::vector<std::vector<std::pair<double, Eigen::VectorXd>>> known_;
};

std::vector<Eigen::Index> inputs_of(const JacobianOptions& options, Eigen::Index count) {
    std::vector<Eigen::Index> inputs = options.inputs;
    if (inputs.empty()) {
        inputs.resize(static_cast<std::size_t>(count));
        std::iota(inputs.begin(), inputs.end(), Eigen::Index{0});
    }
    for (const Eigen::Index input : inputs)
        if (input < 0 || input >= count)
            throw std::invalid_argument(fmt::format("there is no input {} among {}", input, count));
    return inputs;
}

}  // namespace

std::vector<EntryVerdict> judge_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian,
                                         const Eigen::VectorXd& x, const JacobianOptions& options) {
    require_input(x, options.required_digits);
    const Eigen::VectorXd at_x = f(x);
    if (jacobian.rows() != at_x.size() || jacobian.cols() != x.size())
        throw std::invalid_argument(fmt::format("the jacobian is {} x {}, but the function maps {} values to {}",
                                                jacobian.rows(), jacobian.cols(), x.size(), at_x.size()));
    const std::vector<Eigen::Index> inputs = inputs_of(options, x.size());
    TensorEstimate estimates("jacobian", at_x.size(), x.size());
    std::ranges::fill(estimates.entries, unchecked_estimate());
    StackedValues stacked(options.stacked, x, inputs);
    Eigen::VectorXd moved = x;
    for (std::size_t n = 0; n < inputs.size() && !options.stop.stop_requested(); ++n) {
        const Eigen::Index input = inputs[n];
        const Curve along_input = [&](double t) {
            moved(input) = t;
            return f(moved);
        };
        SampledLine line(along_input, x(input), at_x);
        stacked.tell(line, n);
        for (Eigen::Index output = 0; output < at_x.size(); ++output) {
            Estimate& estimate = estimates(output, input);
            estimate = derivative_along(line, output, jacobian(output, input));
            allow_for_stopped_iterations(line, output, jacobian(output, input), options.required_digits, estimate);
            if (options.rounding.size() > 0) estimate.rounding = options.rounding(input);
            if (options.scale.size() > 0) estimate.scale = std::max(estimate.scale, options.scale(input));
        }
        moved(input) = x(input);
        // What a stop cut short is not known.
        if (options.stop.stop_requested())
            for (Eigen::Index output = 0; output < at_x.size(); ++output)
                estimates(output, input) = unchecked_estimate();
        if (options.progress) options.progress(n + 1, inputs.size());
    }
    std::vector<Eigen::Index> no_subgradients;
    if (!options.stop.stop_requested()) no_subgradients = rows_without_subgradient(f, jacobian, x, at_x, estimates);
    std::vector<EntryVerdict> verdicts;
    verdicts.reserve(inputs.size() * static_cast<std::size_t>(at_x.size()));
    for (const Eigen::Index input : inputs)
        for (Eigen::Index output = 0; output < at_x.size(); ++output) {
            Verdict verdict = judge(jacobian(output, input), estimates(output, input), options.required_digits);
            if (verdict.remark == Remark::subgradient &&
                std::ranges::find(no_subgradients, output) != no_subgradients.end()) {
                verdict.outcome = Outcome::undecided;
                verdict.remark = Remark::no_common_subgradient;
            }
            verdicts.push_back({output, input, std::move(verdict)});
        }
    return verdicts;
}

}  // namespace gradproof::checks
