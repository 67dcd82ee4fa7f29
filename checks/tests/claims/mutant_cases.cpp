// SPDX-License-Identifier: MIT
//
// What is wrong on purpose must come out red, by every checker that looks at it; the same formula without its mistake,
// by none of them.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>

#include "claims/column_loss_claims.hpp"
#include "claims/evidence.hpp"
#include "claims/points.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/gradient.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/compile_cases.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/families.hpp"
#include "tests/mutants/wrong_backward.hpp"
#include "tests/mutants/wrong_formulas.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

/// How many values each checker refutes, by its name.
using Refutations = std::map<std::string, std::size_t>;

bool refutes(const Estimate& estimate, double computed) {
    return judge(computed, estimate).outcome == Outcome::refuted;
}

// The formulas on complex numbers, if they run there.
template <class Case>
auto on_complex(const Case& wrong) {
    using Complex = std::complex<double>;
    if constexpr (Activation<Case, Complex> || Loss<Case, Complex>) {
        return std::optional(formulas_on<Complex>(wrong));
    } else {
        return std::nullopt;
    }
}

template <ElementwiseActivation G>
ScalarCase scalar_case_of(const G& g) {
    return scalar_case(AnyActivation(g).facts(), formulas_on<double>(g), formulas_on<Dual<double>>(g), on_complex(g));
}

template <ElementwiseLoss L>
ScalarCase scalar_case_of(const L& loss, double y) {
    return scalar_case(AnyLoss(loss).facts(), formulas_on<double>(loss), formulas_on<Dual<double>>(loss),
                       on_complex(loss), y);
}

template <ElementwiseActivation G>
Refutations refutations_of(const G& g) {
    const ScalarCase scalar = scalar_case_of(g);
    // As for lib's own slopes: where a slope nearly vanishes, it is as accurate as an ordinary one absolutely.
    const double ordinary_slope = std::abs(dual_derivative(scalar.dual_value, 0.25));
    const auto known = [ordinary_slope](double value) { return known_value(value, ordinary_slope); };
    Refutations refuted;
    for (const double z : ordinary_points()) {
        const double computed = scalar.derivative(z);
        refuted["differences"] += refutes(derivative_with_error_bar(scalar.value, z), computed);
        refuted["dual numbers"] += refutes(known(dual_derivative(scalar.dual_value, z)), computed);
        if (scalar.complex_value)
            refuted["complex step"] += refutes(known(complex_step_derivative(scalar.complex_value, z)), computed);
    }
    return refuted;
}

template <VectorActivation G>
Refutations refutations_of(const G& g) {
    const Eigen::VectorXd z{{0.5, -1.0, 2.0, 0.0}};
    Eigen::MatrixXd transposed(z.size(), z.size());
    for (Eigen::Index k = 0; k < z.size(); ++k)
        transposed.col(k) = g.pull_back(z, Vector<double>(Eigen::VectorXd::Unit(z.size(), k)));
    const auto value = [&g](const Eigen::VectorXd& at_z) -> Eigen::VectorXd { return g.value(at_z); };
    return {{"Jacobian", check_jacobian(value, transposed.transpose(), z).refuted}};
}

// A loss can be wrong in its derivative, or in the form from the pre-activation, which then is not of this loss.
template <ElementwiseLoss<double> L>
Refutations refutations_of(const L& loss) {
    std::size_t refuted = 0;
    for (const double y : label_points(AnyLoss(loss).facts())) {
        const ScalarCase scalar = scalar_case_of(loss, y);
        for (const double a : prediction_points(L::prediction_domain))
            refuted += refutes(derivative_with_error_bar(scalar.value, a), scalar.derivative(a));
        for (const double z : {-2.0, -0.5, 0.0, 1.0, 3.0}) {
            const double plain = scalar.value(typename L::Canonical{}.value(z));
            refuted += refutes(known_value(plain, std::abs(plain) + std::abs(z)), loss.value_from_pre_activation(z, y));
        }
    }
    return {{"derivative or stable form", refuted}};
}

template <ColumnLoss<double> L>
Refutations refutations_of(const L& loss) {
    Refutations refuted;
    for (const ColumnPoint& point : column_points(AnyLoss(loss).facts())) {
        const Vector<double> a = point.a.col(0);
        const Vector<double> y = point.y.col(0);
        const Vector<double> gradient = loss.gradient(a, y);
        const auto value = [&](const Eigen::VectorXd& at_a) { return loss.value(Vector<double>(at_a), y); };
        refuted["differences"] += check_gradient(value, gradient, a).refuted;
        const auto on_dual = formulas_on<Dual<double>>(loss);
        for (Eigen::Index k = 0; k < a.size(); ++k) {
            Matrix<Dual<double>> moved(a.size(), 1);
            Matrix<Dual<double>> labels(a.size(), 1);
            for (Eigen::Index j = 0; j < a.size(); ++j) {
                moved(j, 0) = j == k ? Dual<double>(a(j), 1.0) : Dual<double>(a(j));
                labels(j, 0) = Dual<double>(y(j));
            }
            const Dual<double> slope = on_dual.example_losses(moved, labels)(0, 0);
            refuted["dual numbers"] += refutes(known_value(slope.derivative, slope.magnitude), gradient(k));
        }
    }
    return refuted;
}

template <class Wrong>
void is_rejected(const Wrong& wrong) {
    for (const auto& [checker, refuted] : refutations_of(wrong)) BOOST_TEST(refuted > 0U, checker);
    for (const auto& [checker, refuted] : refutations_of(typename Wrong::Right{})) BOOST_TEST(refuted == 0U, checker);
}

// Every tensor the mistake touches is refuted, with square weights among the layers so that a missing transpose fits.
void is_rejected_in_its_tensors(const mutants::BackwardPass<double>& wrong) {
    const AnyLoss loss = wrong.right_if_canonical ? AnyLoss(SquaredError{}) : AnyLoss(BinaryCrossEntropy{});
    const SmallNetwork small = small_network({4, 3, 3, 2}, Tanh{}, Sigmoid{}, loss, 5, 0.5);
    const Cache<double> cache = forward(small.network, small.X);
    const auto estimates = differentiate_network(small.network, small.X, small.Y);
    const mutants::BackwardPass<double> without_mistake;
    const auto right = judge_gradients(without_mistake(small.network, cache, small.Y), estimates);
    BOOST_TEST(outcome_of(right) == Outcome::confirmed, describe(right));
    const auto verdicts = judge_gradients(wrong(small.network, cache, small.Y), estimates);
    for (const std::string& tensor : wrong.seen_in) {
        std::size_t refuted = 0;
        for (const TensorVerdict& verdict : verdicts)
            if (verdict.name.starts_with(tensor)) refuted += verdict.refuted;
        BOOST_TEST(refuted > 0U, wrong.name << " is not seen in " << tensor << "\n" << describe(verdicts));
    }
}

}  // namespace

void add_mutant_cases() {
    const auto add = [](const std::string& name, const std::function<void()>& body) {
        add_case("mutants/" + name + "/rejected", body, {"negative"});
    };
    mutants::for_each_wrong_formula(
        [&add](const std::string& name, const auto& wrong) { add(name, [wrong] { is_rejected(wrong); }); });
    for (const auto& wrong : mutants::wrong_backward_passes<double>())
        add(wrong.name, [wrong] { is_rejected_in_its_tensors(wrong); });
}

}  // namespace gradproof::checks
