// SPDX-License-Identifier: MIT
#include "gradproof/checks/gradient.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "differences/jacobian_verdicts.hpp"

namespace gradproof::checks {

TensorVerdict check_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian, const Eigen::VectorXd& x,
                             int required_digits) {
    return tensor_of("jacobian", jacobian.rows(), jacobian.cols(),
                     judge_jacobian(f, jacobian, x, {.required_digits = required_digits}));
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
