#include <cstdio>
#include <gradproof/checks/gradient.hpp>
using namespace gradproof::checks;

int main() {
    const auto f = [](const Eigen::VectorXd& x) { return (-x.array().square()).exp().sum(); };
    const Eigen::VectorXd x = Eigen::VectorXd::LinSpaced(4, -1, 2);
    const Eigen::VectorXd gradient = -2 * x.array() * (-x.array().square()).exp();
    const TensorVerdict verdict = check_gradient(f, gradient, x);
    std::printf("%s", describe({verdict}).c_str());
    return verdict.outcome() == Outcome::confirmed ? 0 : 1;
}
