// SPDX-License-Identifier: MIT
#include <cstdio>

#include "gradproof/checks/gradient.hpp"

using namespace gradproof::checks;

// f(x) = sum of x_i log x_i, and the gradient claimed for it.
double f(const Eigen::VectorXd& x) {
    return (x.array() * x.array().log()).sum();
}
Eigen::VectorXd gradient(const Eigen::VectorXd& x) {
    return (x.array().log() + 1).matrix();
}

int main() {
    const Eigen::VectorXd x{{0.2, 1.5, 3.0}};
    const TensorVerdict verdict = check_gradient(f, gradient(x), x);
    std::fputs(describe(verdict).c_str(), stdout);
    return verdict.outcome() == Outcome::confirmed ? 0 : 1;
}
