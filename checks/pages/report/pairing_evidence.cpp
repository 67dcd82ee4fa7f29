// SPDX-License-Identifier: MIT
#include "pages/report/pairing_evidence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>

#include "claims/points.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/dual.hpp"
#include "gradproof/checks/network_differences.hpp"

namespace gradproof::report {
namespace {

using namespace checks;

constexpr double z_limit = 4;
constexpr Eigen::Index formula_points = 121;
constexpr Eigen::Index difference_points = 25;
constexpr std::array step_curves_z{0.7, 1.3, -0.7};  // ordinary, and on no kink

// An output layer along its first component, at one label.
struct Line {
    Pairing pairing;
    Eigen::VectorXd held;  // pre-activations; the first is varied
    Eigen::VectorXd y;
    std::string label;

    Matrix<double> Z(const Eigen::VectorXd& z) const {
        Matrix<double> result = held.replicate(1, z.size());
        result.row(0) = z.transpose();
        return result;
    }
    Matrix<double> Y(Eigen::Index m) const { return y.replicate(1, m); }
};

double nearest(const std::vector<double>& points, double wanted) {
    return *std::min_element(points.begin(), points.end(),
                             [&](double a, double b) { return std::abs(a - wanted) < std::abs(b - wanted); });
}

// Two labels, as close to 1 and 0 as the loss accepts. Where labels are a distribution, or each value depends on every
// pre-activation, there are three components.
std::vector<Line> lines_of(const Pairing& pairing) {
    const LossFacts& loss = pairing.loss.facts();
    const std::vector<double> points = label_points(loss);
    std::vector<Line> lines;
    for (const double wanted : {1.0, 0.0}) {
        Line line{.pairing = pairing, .held = {}, .y = {}, .label = {}};
        if (loss.labels == Labels::distribution || !is_elementwise(pairing.activation)) {
            line.held = Eigen::Vector3d(0, 0.5, -0.5);
            line.y = wanted == 1.0 ? Eigen::Vector3d(1, 0, 0) : Eigen::Vector3d(0, 1, 0);
            line.label = wanted == 1.0 ? "y = (1, 0, 0)" : "y = (0, 1, 0)";
        } else {
            line.held = Eigen::VectorXd::Zero(1);
            line.y = Eigen::VectorXd::Constant(1, nearest(points, wanted));
            line.label = fmt::format("y = {}", line.y(0));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

Network<double> output_layer(const Line& line) {
    const Eigen::Index n = line.held.size();
    Network<double> network;
    network.layers = {{{Matrix<double>::Identity(n, n), Vector<double>::Zero(n)}, line.pairing.activation}};
    network.loss = line.pairing.loss;
    return network;
}

FormulaCurve formula_curve(const Line& line) {
    FormulaCurve curve{.label = line.label, .formula = {}, .differences = {}};
    const Network<double> network = output_layer(line);
    const Eigen::VectorXd z = Eigen::VectorXd::LinSpaced(formula_points, -z_limit, z_limit);
    const Cache<double> cache = forward(network, line.Z(z));
    const Matrix<double> Y = line.Y(z.size());
    const Matrix<double> general = backward(network, cache, Y, OutputRoute::through_dA).dZ[1];
    const Matrix<double> a_minus_y = dZ_as_a_minus_y(cache.A[1], Y);
    for (Eigen::Index i = 0; i < z.size(); ++i)
        curve.formula.push_back({.z = z(i), .general = general(0, i), .a_minus_y = a_minus_y(0, i)});
    const Eigen::VectorXd sparse = Eigen::VectorXd::LinSpaced(difference_points, -z_limit, z_limit);
    const TensorEstimate dZ = differentiate_network(network, line.Z(sparse), line.Y(sparse.size())).dZ[1];
    for (Eigen::Index i = 0; i < sparse.size(); ++i)
        curve.differences.push_back({.z = sparse(i), .estimate = dZ(0, i)});
    return curve;
}

// The loss of one example as a function of its first pre-activation, on any scalar that the formulas accept.
template <class S>
S loss_along(const Line& line, const S& z) {
    const auto& [g, loss, canonical] = line.pairing;
    Matrix<S> Z(line.held.size(), 1);
    Matrix<S> Y(line.held.size(), 1);
    for (Eigen::Index k = 0; k < Z.rows(); ++k) {
        Z(k, 0) = k == 0 ? z : S(line.held(k));
        Y(k, 0) = S(line.y(k));
    }
    return example_losses<S>(g, loss, Z, activate(g, Z), Y)(0, 0);
}

template <class Method>
StepCurve step_curve(std::string name, bool has_error_bar, double reference, Method method) {
    StepCurve curve{.method = std::move(name), .has_error_bar = has_error_bar, .points = {}};
    for (int exponent = 1; exponent <= 50; ++exponent) {
        const double h = std::ldexp(1.0, -exponent);
        const Estimate estimate = method(h);
        curve.points.push_back(
            {.step = h, .error = std::abs(estimate.value - reference), .error_bar = estimate.error_bar});
    }
    return curve;
}

// Beside an inflection the error of a forward difference is not that of its first term, which its bar is made from.
double without_inflection(const RealFunction& f) {
    constexpr double near = 0.25;
    const auto bend = [&](double z) { return f(z + near) - 2 * f(z) + f(z - near); };
    const auto* const found = std::ranges::find_if(
        step_curves_z, [&](double z) { return bend(z - near) * bend(z + near) > 0 && bend(z) * bend(z + near) > 0; });
    return found == step_curves_z.end() ? step_curves_z.front() : *found;
}

void add_step_curves(PairingEvidence& evidence, const Line& line) {
    using Extended = Dual<long double>;
    using Complex = std::complex<double>;
    const RealFunction f = [&](double at) { return loss_along<double>(line, at); };
    const double z = without_inflection(f);
    const auto reference = static_cast<double>(loss_along<Extended>(line, Extended(z, 1.0L)).derivative);
    const double noise = noise_of(f, z, 0x1p-40);
    evidence.step_curves_at = z;
    evidence.derivative_there = reference;
    evidence.step_curves = {
        step_curve("forward difference", true, reference, [&](double h) { return forward_difference(f, z, h, noise); }),
        step_curve("central difference", true, reference, [&](double h) { return central_difference(f, z, h, noise); }),
        step_curve("Richardson extrapolation", true, reference,
                   [&](double h) { return richardson_difference(f, z, h, noise); }),
    };
    if (line.pairing.activation.runs_on<Complex>() && line.pairing.loss.runs_on<Complex>())
        evidence.step_curves.push_back(step_curve("complex step", false, reference, [&](double h) {
            return smooth_estimate(loss_along<Complex>(line, Complex(z, h)).imag() / h, 0, 0);
        }));
}

}  // namespace

std::vector<PairingEvidence> pairing_evidence() {
    const std::vector<Claim> claims = all_claims();
    std::vector<PairingEvidence> all;
    for (const Pairing& pairing : swept_pairings()) {
        // A section each, of those losses for which A - Y is right with some activation: the page's subject.
        if (pairing.loss.facts().canonical.empty()) continue;
        PairingEvidence evidence{.pairing = pairing};
        const std::vector<Line> lines = lines_of(pairing);
        for (const Line& line : lines) evidence.formulas.push_back(formula_curve(line));
        add_step_curves(evidence, lines.front());
        const std::string pair = fmt::format("/{}/{}/", name_of(pairing.activation), name_of(pairing.loss));
        for (const Claim& claim : claims) {
            if (!claim.path.starts_with("pairings" + pair) && !claim.path.starts_with("question" + pair)) continue;
            evidence.claims.push_back(checked(claim));
            if (claim.path == "pairings" + pair + "dZ_through_dA")
                evidence.digits = evidence.claims.back().evidence.verdict.least_digits;
        }
        evidence.as_expected =
            !evidence.claims.empty() && std::all_of(evidence.claims.begin(), evidence.claims.end(),
                                                    [](const CheckedClaim& claim) { return claim.as_expected; });
        all.push_back(std::move(evidence));
    }
    return all;
}

}  // namespace gradproof::report
