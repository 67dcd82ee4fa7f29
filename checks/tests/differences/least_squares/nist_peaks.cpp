// SPDX-License-Identifier: MIT
//
// Models with Gaussian peaks: far from a peak a derivative by its place or width is as good as 0.
#include <cmath>

#include "tests/differences/least_squares/nist.hpp"

namespace gradproof::checks {
namespace {

using Wide = Vector<long double>;

// Two peaks on a decaying baseline.
NamedProblem gauss(std::string name) {
    return nist_problem(
        std::move(name),
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) * exp(-b(1) * S(x)) + b(2) * exp(-square(S(x) - b(3)) / square(b(4))) +
                   b(5) * exp(-square(S(x) - b(6)) / square(b(7)));
        },
        [](const Wide& b, long double x) {
            Wide d(8);
            d(0) = std::exp(-b(1) * x);
            d(1) = -b(0) * x * d(0);
            for (const Eigen::Index i : {2, 5}) {
                const long double z = (x - b(i + 1)) / b(i + 2);
                d(i) = std::exp(-z * z);
                d(i + 1) = 2 * b(i) * d(i) * z / b(i + 2);
                d(i + 2) = d(i + 1) * z;
            }
            return d;
        });
}

NamedProblem eckerle4() {
    return nist_problem(
        "eckerle4",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) / b(1) * exp(S(-0.5) * square((S(x) - b(2)) / b(1)));
        },
        [](const Wide& b, long double x) {
            const long double z = (x - b(2)) / b(1);
            const long double g = std::exp(-z * z / 2) / b(1);
            const long double slope = b(0) * g / b(1);
            return Wide{{g, slope * (z - 1) * (z + 1), slope * z}};
        });
}

}  // namespace

std::vector<NamedProblem> nist_peak_problems() {
    return {gauss("gauss1"), gauss("gauss2"), gauss("gauss3"), eckerle4()};
}

}  // namespace gradproof::checks
