// SPDX-License-Identifier: MIT
//
// Models that are quotients of polynomials.
#include "tests/differences/least_squares/nist.hpp"

namespace gradproof::checks {
namespace {

using Wide = Vector<long double>;

// (b1 + ... + b[d+1] x^d) / (1 + b[d+2] x + ... + b[2d+1] x^d).
NamedProblem quotient(std::string name, Eigen::Index degree) {
    const auto above = [degree](const auto& b, const auto& x) {
        auto sum = b(degree);
        for (Eigen::Index k = degree; k-- > 0;) sum = sum * x + b(k);
        return sum;
    };
    const auto below = [degree](const auto& b, const auto& x) {
        auto sum = b(2 * degree);
        for (Eigen::Index k = 2 * degree; k-- > degree + 1;) sum = sum * x + b(k);
        return sum * x + decltype(sum)(1);
    };
    return nist_problem(
        std::move(name), [=]<class S>(const Vector<S>& b, double x) -> S { return above(b, S(x)) / below(b, S(x)); },
        [=](const Wide& b, long double x) {
            const long double reciprocal = 1 / below(b, x);
            const long double slope = -above(b, x) * reciprocal * reciprocal;
            Wide d(2 * degree + 1);
            long double power = 1;
            for (Eigen::Index k = 0; k <= degree; ++k) {
                d(k) = power * reciprocal;
                if (k > 0) d(degree + k) = slope * power;
                power *= x;
            }
            return d;
        });
}

NamedProblem mgh09() {
    return nist_problem(
        "mgh09",
        []<class S>(const Vector<S>& b, double x) -> S {
            return b(0) * (S(x * x) + S(x) * b(1)) / (S(x * x) + S(x) * b(2) + b(3));
        },
        [](const Wide& b, long double x) {
            // x² is rounded, as it is in the response.
            const auto x2 = static_cast<long double>(static_cast<double>(x * x));
            const long double above = x2 + x * b(1);
            const long double below = x2 + x * b(2) + b(3);
            const long double slope = -b(0) * above / (below * below);
            return Wide{{above / below, b(0) * x / below, slope * x, slope}};
        });
}

}  // namespace

std::vector<NamedProblem> nist_rational_problems() {
    return {quotient("kirby2", 2), quotient("hahn1", 3), quotient("thurber", 3), mgh09()};
}

}  // namespace gradproof::checks
