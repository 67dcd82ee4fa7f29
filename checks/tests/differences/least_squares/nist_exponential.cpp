// SPDX-License-Identifier: MIT
//
// Models of sums, products and quotients of exponentials: growth, decay, saturation.
#include <cmath>

#include "tests/differences/least_squares/nist.hpp"

namespace gradproof::checks {
namespace {

using Wide = Vector<long double>;

Wide of(std::initializer_list<long double> values) {
    return Wide::Map(values.begin(), static_cast<Eigen::Index>(values.size()));
}

// misra1a and boxbod: b1 (1 - exp(-b2 x)).
NamedProblem saturation(std::string name) {
    return nist_problem(
        std::move(name),
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) * (S(1) - exp(-b(1) * S(x)));
        },
        [](const Wide& b, long double x) {
            return of({-std::expm1(-b(1) * x), b(0) * x * std::exp(-b(1) * x)});
        });
}

// exp(-b1 x) / (b2 + b3 x).
NamedProblem chwirut(std::string name) {
    return nist_problem(
        std::move(name),
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return exp(-b(0) * S(x)) / (b(1) + b(2) * S(x));
        },
        [](const Wide& b, long double x) {
            const long double below = b(1) + b(2) * x;
            const long double value = std::exp(-b(0) * x) / below;
            return of({-x * value, -value / below, -x * value / below});
        });
}

// Three decays.
NamedProblem lanczos(std::string name) {
    return nist_problem(
        std::move(name),
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) * exp(-b(1) * S(x)) + b(2) * exp(-b(3) * S(x)) + b(4) * exp(-b(5) * S(x));
        },
        [](const Wide& b, long double x) {
            Wide d(6);
            for (Eigen::Index i = 0; i < 6; i += 2) {
                d(i) = std::exp(-b(i + 1) * x);
                d(i + 1) = -b(i) * x * d(i);
            }
            return d;
        });
}

// Two decays above a constant.
NamedProblem mgh17() {
    return nist_problem(
        "mgh17",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) + b(1) * exp(-S(x) * b(3)) + b(2) * exp(-S(x) * b(4));
        },
        [](const Wide& b, long double x) {
            const long double e = std::exp(-x * b(3));
            const long double f = std::exp(-x * b(4));
            return of({1, e, f, -x * b(1) * e, -x * b(2) * f});
        });
}

NamedProblem mgh10() {
    return nist_problem(
        "mgh10",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) * exp(b(1) / (S(x) + b(2)));
        },
        [](const Wide& b, long double x) {
            const long double t = x + b(2);
            const long double e = std::exp(b(1) / t);
            return of({e, b(0) * e / t, -b(0) * b(1) * e / (t * t)});
        });
}

NamedProblem rat42() {
    return nist_problem(
        "rat42",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            return b(0) / (S(1) + exp(b(1) - b(2) * S(x)));
        },
        [](const Wide& b, long double x) {
            const long double e = std::exp(b(1) - b(2) * x);
            const long double slope = b(0) * e / square(1 + e);
            return of({1 / (1 + e), -slope, x * slope});
        });
}

NamedProblem rat43() {
    return nist_problem(
        "rat43",
        []<class S>(const Vector<S>& b, double x) -> S {
            using std::exp;
            using std::pow;
            return b(0) / pow(S(1) + exp(b(1) - b(2) * S(x)), S(1) / b(3));
        },
        [](const Wide& b, long double x) {
            const long double e = std::exp(b(1) - b(2) * x);
            const long double power = std::exp(-std::log1p(e) / b(3));
            const long double slope = b(0) / b(3) * power * e / (1 + e);
            return of({power, -slope, x * slope, b(0) * power * std::log1p(e) / square(b(3))});
        });
}

// log y = b1 - b2 x1 exp(-b3 x2), two predictors.
LeastSquaresProblem nelson() {
    const NistData data = read_nist("nelson");
    const Eigen::MatrixXd x = data.x;
    const Eigen::VectorXd y = data.y.array().log();
    const auto residuals = [=]<class S>(const Vector<S>& b) {
        using std::exp;
        Vector<S> r(y.size());
        for (Eigen::Index i = 0; i < y.size(); ++i) r(i) = b(0) - b(1) * S(x(i, 0)) * exp(-b(2) * S(x(i, 1))) - S(y(i));
        return r;
    };
    const auto jacobian = [=](const Wide& b) {
        Matrix<long double> J(y.size(), 3);
        for (Eigen::Index i = 0; i < y.size(); ++i) {
            const long double decay = x(i, 0) * std::exp(-b(2) * x(i, 1));
            J.row(i) << 1, -decay, b(1) * x(i, 1) * decay;
        }
        return J;
    };
    return least_squares("nelson", residuals, jacobian, nist_points(data));
}

}  // namespace

std::vector<NamedProblem> nist_exponential_problems() {
    return {saturation("misra1a"),
            saturation("boxbod"),
            chwirut("chwirut1"),
            chwirut("chwirut2"),
            lanczos("lanczos1"),
            lanczos("lanczos2"),
            lanczos("lanczos3"),
            mgh17(),
            mgh10(),
            rat42(),
            rat43(),
            {"nelson", nelson}};
}

}  // namespace gradproof::checks
