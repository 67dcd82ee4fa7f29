// SPDX-License-Identifier: MIT
//
// What is wrong on purpose must come out red, by every checker that looks at it.
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "claims/points.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/differences.hpp"
#include "gradproof/checks/network_check.hpp"
#include "tests/families.hpp"
#include "tests/mutants/wrong_formulas.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

void is_rejected_by_differences_dual_numbers_and_complex_step(const ScalarCase& mutant) {
    std::size_t by_differences = 0;
    std::size_t by_dual_numbers = 0;
    std::size_t by_complex_step = 0;
    const auto refutes = [](double computed, double known) {
        return judge(computed, smooth_estimate(known, 1e-12 * std::abs(known), std::abs(known))).outcome ==
               Outcome::refuted;
    };
    for (const double z : ordinary_points()) {
        const double computed = mutant.derivative(z);
        if (judge(computed, derivative_with_error_bar(mutant.value, z)).outcome == Outcome::refuted) ++by_differences;
        if (refutes(computed, dual_derivative(mutant.dual_value, z))) ++by_dual_numbers;
        if (mutant.complex_value && refutes(computed, complex_step_derivative(mutant.complex_value, z)))
            ++by_complex_step;
    }
    BOOST_TEST(by_differences > 0U);
    BOOST_TEST(by_dual_numbers > 0U);
    if (mutant.complex_value) BOOST_TEST(by_complex_step > 0U);
}

// Every tensor the mistake touches is refuted, with square weights among the layers so that a missing transpose fits.
void is_rejected_in_its_tensors(const mutants::WrongBackward& mutant) {
    const SmallNetwork small = small_network({4, 3, 3, 2}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 5, 0.5);
    const Cache<double> cache = forward(small.network, small.X);
    const auto estimates = differentiate_network(small.network, small.X, small.Y);
    const auto right = judge_gradients(backward(small.network, cache, small.Y), estimates);
    BOOST_TEST(outcome_of(right) == Outcome::confirmed, describe(right));
    const auto verdicts = judge_gradients(mutant.backward(small.network, cache, small.Y), estimates);
    for (const std::string& tensor : mutant.seen_in) {
        std::size_t refuted = 0;
        for (const TensorVerdict& verdict : verdicts)
            if (verdict.name.starts_with(tensor)) refuted += verdict.refuted;
        BOOST_TEST(refuted > 0U, mutant.name << " is not seen in " << tensor << "\n" << describe(verdicts));
    }
}

}  // namespace

void add_mutant_cases() {
    for (const ScalarCase& mutant : mutants::wrong_slopes())
        add_case("mutants/" + mutant.name + "/rejected",
                 [mutant] { is_rejected_by_differences_dual_numbers_and_complex_step(mutant); }, {"negative"});
    for (const mutants::WrongBackward& mutant : mutants::wrong_backward_passes())
        add_case("mutants/" + mutant.name + "/rejected", [mutant] { is_rejected_in_its_tensors(mutant); },
                 {"negative"});
}

}  // namespace gradproof::checks
