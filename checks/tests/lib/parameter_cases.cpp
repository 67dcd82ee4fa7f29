// SPDX-License-Identifier: MIT
//
// Parameters of activations and losses: set within their range, seen in the name, and in every formula.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>

#include "claims/claim.hpp"
#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "spelling/named_case.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::checks {
namespace {

// Another value than the default, well inside the range.
double another_value(const ParameterValue& parameter) {
    const auto& [lower, upper, closed_below, closed_above] = parameter.range;
    if (std::isfinite(lower) && std::isfinite(upper)) return lower + 0.375 * (upper - lower);
    const double value = parameter.value * 0.75;
    return parameter.range.contains(value) && value != parameter.value ? value : parameter.value + 0.75;
}

template <class Any>
Any with_other_parameters(Any any) {
    for (const ParameterValue& parameter : Any(any).facts().parameters)
        any = any.with(parameter.name, another_value(parameter));
    return any;
}

bool has_parameters(const AnyActivation& activation, const AnyLoss& loss) {
    return !activation.facts().parameters.empty() || !loss.facts().parameters.empty();
}

void says(const std::string& text, const std::string& message) {
    BOOST_CHECK_EXCEPTION(activation_named(text), std::invalid_argument, [&](const std::exception& error) {
        BOOST_TEST(std::string(error.what()).find(message) != std::string::npos, text << ": " << error.what());
        return true;
    });
}

BOOST_AUTO_TEST_SUITE(parameters)

BOOST_AUTO_TEST_CASE(are_set_by_name_or_in_their_order) {
    BOOST_TEST(name_of(activation_named("leaky_relu(slope=0.3)")) == "leaky_relu(slope=0.3)");
    BOOST_TEST(name_of(activation_named("leaky_relu( 0.3 )")) == "leaky_relu(slope=0.3)");
    BOOST_TEST(name_of(activation_named("leaky_relu()")) == "leaky_relu");
    BOOST_TEST(name_of(activation_named("leaky_relu(slope=0.01)")) == "leaky_relu");
    BOOST_TEST(name_of(AnyActivation(LeakyRelu{.slope = 0.25})) == "leaky_relu(slope=0.25)");
    BOOST_TEST(activation_named("leaky_relu(slope=0.3)").on<double>().value(-2) == -0.6);
    BOOST_TEST(activation_named("leaky_relu(slope=0.3)").facts().kinks.front().derivative_taken == 0.3);
}

BOOST_AUTO_TEST_CASE(that_there_are_not_or_that_are_out_of_range_are_refused, *boost::unit_test::label("negative")) {
    says("leaky_relu(slop=0.3)", "leaky_relu has no parameter 'slop': expected slope in (0, inf)");
    says("relu(slope=0.3)", "relu has no parameter 'slope': it has none");
    says("leaky_relu(slope=-1)", "leaky_relu(slope=-1): expected slope in (0, inf)");
    says("leaky_relu(slope=nan)", "expected slope in (0, inf)");
    says("leaky_relu(0.3, 2)", "leaky_relu has 1 parameter");
    says("leaky_relu(slope=steep)", "expected a number for each parameter");
    says("leaky_relu(slope=)", "expected a number for each parameter");
    says("leaky_relu(0.3", "expected ) at the end");
    says("leaki_relu(0.3)", "there is no activation 'leaki_relu' (did you mean 'leaky_relu'?)");
}

BOOST_AUTO_TEST_CASE(are_the_decimal_number_in_every_precision) {
    BOOST_TEST(as_written<long double>(0.01) == 1.0L / 100.0L);
    BOOST_TEST(as_written<long double>(-2.5) == -2.5L);
    BOOST_TEST(as_written<long double>(0.3) != 0.3);
    for (const double number : {0.0, 0.1, 1.0 / 3, 1e-300, 1e300, 123456.789, -7e-9}) {
        BOOST_TEST(as_written<double>(number) == number);
        BOOST_TEST(static_cast<double>(as_written<long double>(number)) == number);
    }
}

BOOST_AUTO_TEST_CASE(claims_hold_with_other_values) {
    std::size_t checked_claims = 0;
    for (const AnyActivation& activation : all_activations())
        for (const AnyLoss& loss : all_losses()) {
            if (!has_parameters(activation, loss)) continue;
            const AnyActivation g = with_other_parameters(activation);
            const AnyLoss l = with_other_parameters(loss);
            if (!are_compatible(g, l)) continue;
            for (const Claim& claim : pairing_claims({{g, l, is_canonical_pair(g, l)}})) {
                const Evidence evidence = claim.check();
                BOOST_TEST(holds(claim, evidence), describe(claim, evidence));
                ++checked_claims;
            }
        }
    BOOST_TEST(checked_claims > 0U);
}

// The gradients of a network with another slope are refuted, so the slope reaches the differences.
BOOST_AUTO_TEST_CASE(reach_the_check_of_a_network) {
    for (const double slope : {0.3, 2.0}) {
        const SmallNetwork small = small_network({4, 3, 2}, LeakyRelu{slope}, LeakyRelu{slope}, SquaredError{}, 5, 0.2);
        const auto right = backward(small.network, forward(small.network, small.X), small.Y);
        const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, right);
        BOOST_TEST((verdict.outcome() == Outcome::confirmed), describe(verdict.tensors));
        SmallNetwork other = small;
        for (auto& layer : other.network.layers) layer.activation = LeakyRelu{slope + 1e-3};
        const auto wrong = backward(other.network, forward(small.network, small.X), small.Y);
        BOOST_TEST((check_network(small.network, small.X, small.Y, wrong).outcome() == Outcome::refuted));
    }
}

struct NotInTheFolder : Relu {};

BOOST_AUTO_TEST_CASE(an_activation_that_is_not_in_the_folder_is_named, *boost::unit_test::label("negative")) {
    BOOST_CHECK_EXCEPTION(activate(AnyActivation(NotInTheFolder{}), Matrix<double>(Matrix<double>::Ones(1, 1))),
                          std::invalid_argument, [](const std::exception& error) {
                              return std::string(error.what()) == "relu is not among the activations of this library";
                          });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
