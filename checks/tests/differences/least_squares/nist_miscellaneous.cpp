// SPDX-License-Identifier: MIT
//
// Models of powers, roots, arctangents and cosines.
#include <cmath>
#include <numbers>

#include "tests/differences/least_squares/nist.hpp"

namespace gradproof::checks {
namespace {

using Wide = Vector<long double>;

constexpr double pi = std::numbers::pi;

// 1 - u^-2 for u = 1 + z is z (2 + z) / u².
NamedProblem misra1b() {
    return nist_problem(
        "misra1b",
        []<class S>(const Vector<S>& b, double x) -> S {
            return b(0) * (S(1) - S(1) / square(S(1) + b(1) * S(x) / S(2)));
        },
        [](const Wide& b, long double x) {
            const long double z = b(1) * x / 2;
            return Wide{{z * (2 + z) / square(1 + z), b(0) * x / cube(1 + z)}};
        });
}

// 1 - 1/r for r = sqrt(1 + z) is z / (r (r + 1)).
NamedProblem misra1c() {
    return nist_problem(
        "misra1c",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::sqrt;
            return b(0) * (S(1) - S(1) / sqrt(S(1) + S(2) * b(1) * S(x)));
        },
        [](const Wide& b, long double x) {
            const long double z = 2 * b(1) * x;
            const long double root = std::sqrt(1 + z);
            return Wide{{z / (root * (root + 1)), b(0) * x / cube(root)}};
        });
}

NamedProblem misra1d() {
    return nist_problem(
        "misra1d", []<class S>(const Vector<S>& b, double x) -> S { return b(0) * b(1) * S(x) / (S(1) + b(1) * S(x)); },
        [](const Wide& b, long double x) {
            const long double below = 1 + b(1) * x;
            return Wide{{b(1) * x / below, b(0) * x / square(below)}};
        });
}

NamedProblem danwood() {
    return nist_problem(
        "danwood",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::pow;
            return b(0) * pow(S(x), b(1));
        },
        [](const Wide& b, long double x) {
            const long double power = std::pow(x, b(1));
            return Wide{{power, b(0) * power * std::log(x)}};
        });
}

NamedProblem roszman1() {
    return nist_problem(
        "roszman1",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::atan;
            return b(0) - b(1) * S(x) - atan(b(2) / (S(x) - b(3))) / S(pi);
        },
        [](const Wide& b, long double x) {
            const long double t = x - b(3);
            const long double below = pi * (t * t + b(2) * b(2));
            return Wide{{1, -x, -t / below, -b(2) / below}};
        });
}

NamedProblem bennett5() {
    return nist_problem(
        "bennett5",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::pow;
            return b(0) * pow(b(1) + S(x), S(-1) / b(2));
        },
        [](const Wide& b, long double x) {
            const long double t = b(1) + x;
            const long double power = std::pow(t, -1 / b(2));
            return Wide{{power, -b(0) * power / (b(2) * t), b(0) * power * std::log(t) / square(b(2))}};
        });
}

// A year's wave and two of unknown periods b4 and b7. The year's wave has no parameter inside: it is data, in double.
NamedProblem enso() {
    return nist_problem(
        "enso",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::cos;
            using std::sin;
            const double year = 2 * pi * x / 12;
            const S first = S(2 * pi * x) / b(3);
            const S second = S(2 * pi * x) / b(6);
            return b(0) + b(1) * S(std::cos(year)) + b(2) * S(std::sin(year)) + b(4) * cos(first) + b(5) * sin(first) +
                   b(7) * cos(second) + b(8) * sin(second);
        },
        [](const Wide& b, long double x) {
            const double phase = 2 * pi * static_cast<double>(x);
            const double year = phase / 12;
            const auto by_period = [&](long double w, Eigen::Index period, Eigen::Index wave) {
                return (b(wave) * std::sin(w) - b(wave + 1) * std::cos(w)) * w / b(period);
            };
            const long double first = phase / b(3);
            const long double second = phase / b(6);
            Wide d(9);
            d << 1, std::cos(year), std::sin(year), by_period(first, 3, 4), std::cos(first), std::sin(first),
                by_period(second, 6, 7), std::cos(second), std::sin(second);
            return d;
        });
}

}  // namespace

std::vector<NamedProblem> nist_miscellaneous_problems() {
    return {misra1b(), misra1c(), misra1d(), danwood(), roszman1(), bennett5(), enso()};
}

}  // namespace gradproof::checks
