// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <cmath>

#include "claims/claim.hpp"
#include "claims/column_loss_claims.hpp"
#include "claims/evidence.hpp"
#include "claims/pairing.hpp"
#include "claims/points.hpp"
#include "gradproof/checks/network_differences.hpp"

namespace gradproof::checks {
namespace {

// The output layer alone: a network whose only layer passes its input on as Z, so that dZ of the layer is the
// derivative of each example's loss with respect to its pre-activations.
struct OutputLayer {
    Network<double> network;
    OutputPoints points;
    Cache<double> cache;
};

OutputLayer output_layer(const Pairing& pairing) {
    OutputLayer output;
    output.points = output_points(pairing.loss.facts());
    const Eigen::Index n = output.points.Z.rows();
    output.network.layers = {{{Matrix<double>::Identity(n, n), Vector<double>::Zero(n)}, pairing.activation}};
    output.network.loss = pairing.loss;
    output.cache = forward(output.network, Matrix<double>(output.points.Z));
    return output;
}

// A verdict whose columns are the examples.
Evidence by_example(TensorVerdict verdict) {
    Evidence evidence{.verdict = std::move(verdict), .points = {}, .remark = {}};
    for (Eigen::Index i = 0; i < evidence.verdict.columns; ++i)
        evidence.points.push_back(fmt::format("example {}", i + 1));
    return evidence;
}

Evidence judge_dZ(const OutputLayer& output, const Matrix<double>& dZ) {
    return by_example(judge_tensor(dZ, differentiate_network(output.network, output.points.Z, output.points.Y).dZ[1]));
}

Evidence through_dA(const Pairing& pairing) {
    const OutputLayer output = output_layer(pairing);
    return judge_dZ(output, backward(output.network, output.cache, output.points.Y, OutputRoute::through_dA).dZ[1]);
}

Evidence dA_of_the_loss(const Pairing& pairing) {
    const OutputLayer output = output_layer(pairing);
    return by_example(judge_tensor(loss_derivative(output.network, output.cache, output.points.Y),
                                   differentiate_network(output.network, output.points.Z, output.points.Y).dA[1]));
}

Evidence a_minus_y(const Pairing& pairing) {
    const OutputLayer output = output_layer(pairing);
    const Matrix<double> shortcut = dZ_as_a_minus_y(output.cache.A[1], output.points.Y);
    Evidence evidence = judge_dZ(output, shortcut);
    const Matrix<double> right = backward(output.network, output.cache, output.points.Y, OutputRoute::through_dA).dZ[1];
    evidence.remark = fmt::format("A - Y differs from dL/dZ by {:.2g} in norm, relative to dL/dZ",
                                  (shortcut - right).norm() / right.norm());
    // What is left of a pairing that is canonical but for a number, as softmax of a multiple of z.
    constexpr double nothing = 1e-12;
    const double factor = right.cwiseProduct(shortcut).sum() / shortcut.squaredNorm();
    if (!pairing.canonical && (right - factor * shortcut).norm() <= nothing * right.norm())
        evidence.remark += fmt::format("; dL/dZ is {:.12g} times A - Y", factor);
    return evidence;
}

// Both routes in exact arithmetic are one; in double they differ by the rounding of dA · g', whose terms are as large
// as the prediction and the label.
Evidence routes_agree(const Pairing& pairing) {
    const OutputLayer output = output_layer(pairing);
    const Matrix<double> general =
        backward(output.network, output.cache, output.points.Y, OutputRoute::through_dA).dZ[1];
    const Matrix<double> shortcut = dZ_as_a_minus_y(output.cache.A[1], output.points.Y);
    std::vector<Comparison> comparisons;
    for (Eigen::Index i = 0; i < general.cols(); ++i)
        for (Eigen::Index k = 0; k < general.rows(); ++k) {
            const double scale =
                output.cache.A[1].col(i).cwiseAbs().maxCoeff() + output.points.Y.col(i).cwiseAbs().sum();
            comparisons.push_back({fmt::format("example {}, component {}", i + 1, k + 1), shortcut(k, i),
                                   known_value(general(k, i), scale)});
        }
    return evidence_of("dZ", comparisons);
}

// The derivative of an example's loss in its prediction k, by dual numbers.
Dual<double> slope_of_loss(const AnyLoss& loss, const Matrix<double>& a, const Matrix<double>& y, Eigen::Index k) {
    if (!is_elementwise(loss)) return slope_of_column_loss(loss, a, y, k);
    return scalar_case(loss, y(k, 0)).dual_value({a(k, 0), 1.0});
}

// The loss as layer L + 1: its "pre-activation" is the loss itself, with upstream derivative 1 and slope dL/dA, so that
// the hidden rule gives dA[L] = (dL/dA) · 1 and dZ[L] = dA[L] pulled back, the same numbers as the output formula.
Evidence loss_as_one_more_layer(const Pairing& pairing) {
    const OutputLayer output = output_layer(pairing);
    const Matrix<double>& A = output.cache.A[1];
    std::vector<Comparison> comparisons;
    for (Eigen::Index i = 0; i < A.cols(); ++i) {
        // The row of slopes dL/da_k plays W[L+1] of a layer with one unit, and its dZ[L+1] is dL/dL = 1.
        Matrix<double> W_of_loss(1, A.rows());
        double scale = 0;
        for (Eigen::Index k = 0; k < A.rows(); ++k) {
            const Dual<double> value = slope_of_loss(pairing.loss, A.col(i), output.points.Y.col(i), k);
            W_of_loss(0, k) = value.derivative;
            scale = std::max(scale, value.magnitude);
        }
        const Matrix<double> dA = Dense<double>::dA_prev(W_of_loss, Matrix<double>(Matrix<double>::Ones(1, 1)));
        const Matrix<double> dZ = pull_back(pairing.activation, Matrix<double>(output.points.Z.col(i)), dA);
        const Matrix<double> expected =
            backward(output.network, output.cache, output.points.Y, OutputRoute::through_dA).dZ[1].col(i);
        for (Eigen::Index k = 0; k < dZ.rows(); ++k)
            comparisons.push_back(
                {fmt::format("example {}, component {}", i + 1, k + 1), dZ(k, 0), known_value(expected(k, 0), scale)});
    }
    return evidence_of("dZ", comparisons);
}

}  // namespace

std::vector<Claim> pairing_claims(const std::vector<Pairing>& pairings) {
    std::vector<Claim> claims;
    for (const Pairing& pairing : pairings) {
        const auto add = [&](std::string_view what, std::string_view statement, std::string_view note,
                             std::function<Evidence()> check, Expectation expectation = Expectation::confirmed) {
            claims.push_back(
                {.path = fmt::format("pairings/{}/{}/{}", name_of(pairing.activation), name_of(pairing.loss), what),
                 .statement = std::string(statement),
                 .note = std::string(note),
                 .expectation = expectation,
                 .check = std::move(check)});
        };
        add("dA", "dA = dL/da at the predictions of this activation", "derivations/output_layer.md",
            [pairing] { return dA_of_the_loss(pairing); });
        add("dZ_through_dA", "dZ is dA pulled back through g (elementwise: dA * g'(Z))", "derivations/output_layer.md",
            [pairing] { return through_dA(pairing); });
        add("loss_as_one_more_layer", "with the loss as one more layer, the hidden-layer rule gives the output formula",
            "derivations/why_no_WT_at_the_output.md", [pairing] { return loss_as_one_more_layer(pairing); });
        if (pairing.canonical) {
            add("a_minus_y", "dZ = A - Y", "derivations/canonical_pairings.md",
                [pairing] { return a_minus_y(pairing); });
            add("routes_agree", "A - Y and the route through dA give the same digits",
                "derivations/canonical_pairings.md", [pairing] { return routes_agree(pairing); });
        } else {
            add(
                "a_minus_y_is_refuted", "dZ = A - Y does not hold here", "derivations/not_canonical.md",
                [pairing] { return a_minus_y(pairing); }, Expectation::refuted);
        }
    }
    return claims;
}

}  // namespace gradproof::checks
