// SPDX-License-Identifier: MIT
//
// The question's formula, dA[L] = dZ[L] / g'(Z[L]): true as an identity where g' is not 0, poor in digits where A - Y
// has lost its own, 0/0 where both have become 0, and not possible for softmax, whose Jacobian is singular.
// derivations/the_question.md
#include <fmt/format.h>

#include <Eigen/SVD>
#include <cmath>

#include "claims/claim.hpp"
#include "claims/evidence.hpp"
#include "claims/pairing.hpp"
#include "claims/points.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"

namespace gradproof::checks {
namespace {

constexpr auto note = "derivations/the_question.md";

struct Numbers {
    double z;
    double y;
};

// dZ / g'(Z) against dL/da itself.
Evidence dZ_over_slope(const Pairing& pairing, const std::vector<Numbers>& numbers) {
    std::vector<Comparison> comparisons;
    for (const auto [z, y] : numbers) {
        const Matrix<double> Z = Matrix<double>::Constant(1, 1, z);
        const Matrix<double> A = activate(pairing.activation, Z);
        const ScalarCase loss = scalar_case(pairing.loss, y);
        const double dA = loss.derivative(A(0, 0));
        const Matrix<double> slope = pull_back(pairing.activation, Z, Matrix<double>(Matrix<double>::Ones(1, 1)));
        const double dZ = pairing.canonical ? A(0, 0) - y : dA * slope(0, 0);
        const double scale = std::abs(dA);
        comparisons.push_back({fmt::format("z = {:g}, y = {:g}", z, y), dZ / slope(0, 0), known_value(dA, scale)});
    }
    return evidence_of("dA", comparisons);
}

Evidence true_where_the_slope_is_large(const Pairing& pairing) {
    std::vector<Numbers> numbers;
    const std::vector<double> labels = label_points(pairing.loss.facts());
    const auto slope = [&pairing](double z) {
        const Matrix<double> one = Matrix<double>::Ones(1, 1);
        return pull_back(pairing.activation, Matrix<double>(z * one), one)(0, 0);
    };
    for (const double z : {0.125, 0.5, 1.0})
        if (std::abs(slope(z)) >= 0.1)
            for (const double y : labels) numbers.push_back({z, y});
    return dZ_over_slope(pairing, numbers);
}

// The same for a loss of a whole column, whose dA in one entry depends on all: at the claims' own points.
Evidence column_loss_where_the_slope_is_large(const Pairing& pairing) {
    const OutputPoints points = output_points(pairing.loss.facts());
    const Matrix<double> Z = points.Z;
    const Matrix<double> dA = loss_derivative(pairing.loss, activate(pairing.activation, Z), Matrix<double>(points.Y));
    const Matrix<double> slope =
        pull_back(pairing.activation, Z, Matrix<double>(Matrix<double>::Ones(Z.rows(), Z.cols())));
    const Matrix<double> dZ = pull_back(pairing.activation, Z, dA);
    std::vector<Comparison> comparisons;
    for (Eigen::Index i = 0; i < Z.cols(); ++i)
        for (Eigen::Index k = 0; k < Z.rows(); ++k)
            if (std::abs(slope(k, i)) >= 0.1)
                comparisons.push_back({fmt::format("example {}, component {}", i + 1, k + 1), dZ(k, i) / slope(k, i),
                                       known_value(dA(k, i), std::abs(dA(k, i)))});
    return evidence_of("dA", comparisons);
}

// For each column of Z what Jᵀ makes 0, or as little as it makes of anything of that size: for softmax the same number
// everywhere, for log-softmax the probabilities.
Matrix<double> columns_without_effect(const AnyActivation& activation, const Matrix<double>& Z) {
    Matrix<double> columns(Z.rows(), Z.cols());
    for (Eigen::Index i = 0; i < Z.cols(); ++i) {
        Eigen::MatrixXd transposed(Z.rows(), Z.rows());
        for (Eigen::Index k = 0; k < Z.rows(); ++k)
            transposed.col(k) =
                pull_back(activation, Matrix<double>(Z.col(i)), Matrix<double>(Eigen::VectorXd::Unit(Z.rows(), k)));
        const Eigen::JacobiSVD<Eigen::MatrixXd, Eigen::NoQRPreconditioner> svd(transposed, Eigen::ComputeFullV);
        const Eigen::VectorXd least = svd.matrixV().rightCols(1);
        columns.col(i) = least / least.cwiseAbs().maxCoeff();
    }
    return columns;
}

// Adding such a column to dA does not change dZ = Jᵀ dA, so dZ and J do not determine dA; with the labels it is known.
Evidence many_dA_give_one_dZ(const Pairing& pairing) {
    const OutputPoints points = output_points(pairing.loss.facts());
    const Matrix<double> Z = points.Z;
    const Matrix<double> A = activate(pairing.activation, Z);
    const Matrix<double> dA = loss_derivative(pairing.loss, A, Matrix<double>(points.Y));
    const Matrix<double> shifted = dA + columns_without_effect(pairing.activation, Z);
    const Matrix<double> dZ = pull_back(pairing.activation, Z, dA);
    const Matrix<double> dZ_shifted = pull_back(pairing.activation, Z, shifted);
    std::vector<Comparison> comparisons;
    for (Eigen::Index i = 0; i < dZ.cols(); ++i)
        for (Eigen::Index k = 0; k < dZ.rows(); ++k)
            comparisons.push_back({fmt::format("example {}, component {}", i + 1, k + 1), dZ_shifted(k, i),
                                   known_value(dZ(k, i), 1 + dA.col(i).cwiseAbs().maxCoeff())});
    return evidence_of("dZ", comparisons);
}

}  // namespace

std::vector<Claim> question_claims(const std::vector<Pairing>& pairings) {
    std::vector<Claim> claims;
    const auto add = [&](std::string path, std::string statement, std::function<Evidence()> check,
                         Expectation expectation) {
        claims.push_back({.path = "question/" + std::move(path),
                          .statement = std::move(statement),
                          .note = note,
                          .expectation = expectation,
                          .check = std::move(check)});
    };
    for (const Pairing& pairing : pairings) {
        const std::string pair = fmt::format("{}/{}", name_of(pairing.activation), name_of(pairing.loss));
        if (is_elementwise(pairing.activation)) {
            add(
                pair + "/dZ_over_slope_is_dA", "dZ / g'(Z) is dA where g' is not small",
                [pairing] {
                    return is_elementwise(pairing.loss) ? true_where_the_slope_is_large(pairing)
                                                        : column_loss_where_the_slope_is_large(pairing);
                },
                Expectation::confirmed);
        } else {
            add(
                pair + "/many_dA_give_one_dZ",
                "another dA gives the same dZ: the Jacobian alone does not lead back to dA",
                [pairing] { return many_dA_give_one_dZ(pairing); }, Expectation::confirmed);
        }
    }
    const Pairing sigmoid{Sigmoid{}, BinaryCrossEntropy{}, true};
    add(
        "sigmoid/binary_cross_entropy/dZ_over_slope_loses_digits",
        "where a right prediction is close to 1, (A - Y) / g'(Z) keeps few digits of dA, or none",
        [sigmoid] {
            return dZ_over_slope(sigmoid, {{20, 1}, {30, 1}, {36, 1}});
        },
        Expectation::refuted);
    add(
        "sigmoid/binary_cross_entropy/dZ_over_slope_is_not_finite",
        "where the slope has rounded to 0, dZ / g'(Z) is infinite or 0/0",
        [sigmoid] {
            return dZ_over_slope(sigmoid, {{-750, 0}, {-750, 1}});
        },
        Expectation::refuted);
    const Pairing relu{Relu{}, SquaredError{}, false};
    add(
        "relu/squared_error/dZ_over_slope_of_a_dead_unit", "a dead unit has dZ = 0 and g' = 0: 0/0 says nothing of dA",
        [relu] {
            return dZ_over_slope(relu, {{-1, 2}});
        },
        Expectation::refuted);
    return claims;
}

}  // namespace gradproof::checks
