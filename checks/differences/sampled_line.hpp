// SPDX-License-Identifier: MIT
//
// A function of one variable with several components, evaluated where it is asked for and nowhere twice.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <map>

#include "differences/step_sequence.hpp"

namespace gradproof::checks {

using Curve = std::function<Eigen::VectorXd(double)>;

/// The curve around x. Where it throws a std::exception its values are NaN: the point is outside of its domain.
class SampledLine {
  public:
    /// `f` and `at_x`, its value at x, must outlive this.
    SampledLine(const Curve& f, double x, const Eigen::VectorXd& at_x) : f_(f), x_(x), at_x_(at_x) {}

    double x() const { return x_; }
    Eigen::Index components() const { return at_x_.size(); }

    /// Throws std::invalid_argument if f returns another number of values than at x.
    double value(double t, Eigen::Index component);

    /// Takes `values` for those of f at t.
    void know(double t, const Eigen::VectorXd& values);

    /// The values of a component at the steps of the sequence that is `longest` long.
    StepValues sequence(double longest, Eigen::Index component);

  private:
    const Eigen::VectorXd& values_at(double t);
    void require_components(const Eigen::VectorXd& values) const;

    const Curve& f_;
    double x_;
    const Eigen::VectorXd& at_x_;
    std::map<double, Eigen::VectorXd> values_;
};

}  // namespace gradproof::checks
