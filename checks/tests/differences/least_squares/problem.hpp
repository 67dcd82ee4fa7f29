// SPDX-License-Identifier: MIT
//
// A least-squares problem with its Jacobian, and the points at which both are looked at.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "gradproof/checks/gradient.hpp"
#include "gradproof/matrix.hpp"
#include "tests/differences/least_squares/dual_functions.hpp"

namespace gradproof::checks {

/// What a source says of a minimum: the sum of the squared residuals there, and how far its digits reach.
struct Minimum {
    double sum_of_squares = 0;
    double last_place = 0;     ///< one unit in the last published digit of the sum
    double half_place_of_x{};  ///< half a unit in the last published digit of a coordinate, relative to it
};

struct Point {
    std::string name;
    Eigen::VectorXd x;
    std::optional<Minimum> minimum = std::nullopt;
};

/// Residuals and Jacobian with a 64-bit mantissa, by dual numbers; the Jacobian's terms summed in absolute value too,
/// which is what its rounding is relative to.
struct Reference {
    Vector<long double> residuals;
    Matrix<long double> jacobian;
    Matrix<long double> magnitude;
};

/// n parameters, k residuals.
struct LeastSquaresProblem {
    std::string name;
    VectorField residuals;
    std::function<Eigen::MatrixXd(const Eigen::VectorXd&)> jacobian;  ///< k × n
    std::function<Reference(const Eigen::VectorXd&)> reference;
    std::vector<Point> points;  ///< none at which a residual or an entry of the Jacobian is not finite
};

/// A problem by name, made when it is asked for: a test program lists names without reading data.
struct NamedProblem {
    std::string name;
    std::function<LeastSquaresProblem()> make;
};

/// `points` without those at which `problem` is not finite.
std::vector<Point> finite_points(const LeastSquaresProblem& problem, std::vector<Point> points);

/// The problem of `residuals`, a function on Vector<S> for any scalar S, and `jacobian`, a function from
/// Vector<long double> to Matrix<long double>. The Jacobian is rounded to double once, at the end: where its terms
/// cancel, it is still right to the last place.
template <class Residuals, class Jacobian>
LeastSquaresProblem least_squares(std::string_view name, Residuals residuals, Jacobian jacobian,
                                  std::vector<Point> points) {
    using Extended = Dual<long double>;
    LeastSquaresProblem problem;
    problem.name = name;
    problem.residuals = [residuals](const Eigen::VectorXd& x) -> Eigen::VectorXd { return residuals(x); };
    problem.jacobian = [jacobian](const Eigen::VectorXd& x) -> Eigen::MatrixXd {
        const Matrix<long double> wide = jacobian(Vector<long double>(x.cast<long double>()));
        return wide.cast<double>();
    };
    problem.reference = [residuals](const Eigen::VectorXd& x) {
        Reference reference;
        for (Eigen::Index j = 0; j < x.size(); ++j) {
            Vector<Extended> moved(x.size());
            for (Eigen::Index i = 0; i < x.size(); ++i) moved(i) = Extended(x(i), i == j ? 1.0L : 0.0L);
            const Vector<Extended> r = residuals(moved);
            if (j == 0) {
                reference.residuals.resize(r.size());
                reference.jacobian.resize(r.size(), x.size());
                reference.magnitude.resize(r.size(), x.size());
            }
            for (Eigen::Index i = 0; i < r.size(); ++i) {
                reference.residuals(i) = r(i).value;
                reference.jacobian(i, j) = r(i).derivative;
                reference.magnitude(i, j) = r(i).magnitude;
            }
        }
        return reference;
    };
    problem.points = finite_points(problem, std::move(points));
    return problem;
}

}  // namespace gradproof::checks
