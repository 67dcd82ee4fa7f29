// SPDX-License-Identifier: MIT
#include "differences/sampled_line.hpp"

#include <fmt/format.h>

#include <exception>
#include <limits>
#include <stdexcept>
#include <utility>

namespace gradproof::checks {

double SampledLine::value(double t, Eigen::Index component) {
    return t == x_ ? at_x_(component) : values_at(t)(component);
}

StepValues SampledLine::sequence(double longest, Eigen::Index component) {
    StepValues values{.steps = steps_from(x_, longest), .middle = at_x_(component)};
    for (std::size_t k = 0; k < steps_per_side; ++k) {
        values.above[k] = value(x_ + values.steps[k], component);
        values.below[k] = value(x_ - values.steps[k], component);
    }
    return values;
}

void SampledLine::know(double t, const Eigen::VectorXd& values) {
    require_components(values);
    values_.insert_or_assign(t, values);
}

void SampledLine::require_components(const Eigen::VectorXd& values) const {
    if (values.size() != components())
        throw std::invalid_argument(
            fmt::format("the function returned {} values at one point and {} at another", values.size(), components()));
}

const Eigen::VectorXd& SampledLine::values_at(double t) {
    if (const auto found = values_.find(t); found != values_.end()) return found->second;
    Eigen::VectorXd values = Eigen::VectorXd::Constant(components(), std::numeric_limits<double>::quiet_NaN());
    try {
        values = f_(t);
    } catch (const std::exception&) {
    }
    require_components(values);
    return values_.emplace(t, std::move(values)).first->second;
}

}  // namespace gradproof::checks
