// SPDX-License-Identifier: MIT
//
// Checks of gradients and Jacobians of any function on Eigen vectors; nothing here knows of networks.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "gradproof/checks/tensor_verdict.hpp"

namespace gradproof::checks {

using ScalarField = std::function<double(const Eigen::VectorXd&)>;
using VectorField = std::function<Eigen::VectorXd(const Eigen::VectorXd&)>;

/// Compares `gradient`, the claimed gradient of f at x, entry by entry with differences of f.
/// f: R^n -> R. Where it is smooth f is called 10 times an entry, or 12, within 0.2 % of x_i; elsewhere about a hundred
/// times, within half of x_i, and where nothing moves it up to a million times |x_i| or 1 away. Where f throws a
/// std::exception, or is not finite, it counts as undefined. Each entry is judged by its own size; nothing has to be
/// chosen. Where several entries stand at kinks, what they say together is compared along directions too.
/// derivations/finite_differences.md says what is assumed of f.
/// Throws std::invalid_argument if sizes differ, x is empty or not finite, or required_digits is not in 1..12; passes
/// on what f throws at x itself.
[[nodiscard]] TensorVerdict check_gradient(const ScalarField& f, const Eigen::VectorXd& gradient,
                                           const Eigen::VectorXd& x, int required_digits = default_required_digits);

/// The same for the claimed Jacobian of f: R^n -> R^k at x, k × n. The calls are counted by column.
[[nodiscard]] TensorVerdict check_jacobian(const VectorField& f, const Eigen::MatrixXd& jacobian,
                                           const Eigen::VectorXd& x, int required_digits = default_required_digits);

/// What is a matrix to the compiler would silently become a vector of its first column.
template <class X>
concept NoVector = requires {
    X::ColsAtCompileTime;
}
&&X::ColsAtCompileTime != 1;

template <class F, class G, NoVector X>
TensorVerdict check_gradient(const F& f, const G& gradient, const X& x, int required_digits = 0) = delete;
template <class F, class J, NoVector X>
TensorVerdict check_jacobian(const F& f, const J& jacobian, const X& x, int required_digits = 0) = delete;

}  // namespace gradproof::checks
