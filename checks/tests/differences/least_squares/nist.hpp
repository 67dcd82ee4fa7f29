// SPDX-License-Identifier: MIT
//
// The 27 nonlinear regressions of NIST's Statistical Reference Datasets, by the class of their model.
#pragma once

#include "tests/differences/least_squares/nist_data.hpp"
#include "tests/differences/least_squares/problem.hpp"

namespace gradproof::checks {

std::vector<NamedProblem> nist_exponential_problems();
std::vector<NamedProblem> nist_peak_problems();
std::vector<NamedProblem> nist_rational_problems();
std::vector<NamedProblem> nist_miscellaneous_problems();

/// All of them, lower-case names.
std::vector<NamedProblem> nist_problems();

/// Both starting points and the certified solution, whose eleven digits are NIST's.
std::vector<Point> nist_points(const NistData& data);

/// The problem `name` with residuals response(b, x) - y: `response` is a function of parameters Vector<S>, any scalar
/// S, and a double x; `derivatives` gives those by each parameter, a Vector<long double>.
template <class Response, class Derivatives>
NamedProblem nist_problem(std::string name, Response response, Derivatives derivatives) {
    const auto make = [=] {
        const NistData data = read_nist(name);
        const Eigen::VectorXd x = data.x.col(0);
        const Eigen::VectorXd y = data.y;
        const auto residuals = [=]<class S>(const Vector<S>& b) {
            Vector<S> r(y.size());
            for (Eigen::Index i = 0; i < y.size(); ++i) r(i) = response(b, x(i)) - S(y(i));
            return r;
        };
        const auto jacobian = [=](const Vector<long double>& b) {
            Matrix<long double> J(y.size(), b.size());
            for (Eigen::Index i = 0; i < y.size(); ++i)
                J.row(i) = derivatives(b, static_cast<long double>(x(i))).transpose();
            return J;
        };
        return least_squares(name, residuals, jacobian, nist_points(data));
    };
    return {name, make};
}

}  // namespace gradproof::checks
