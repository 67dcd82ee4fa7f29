// SPDX-License-Identifier: MIT
#include "diagnosis/power/power.hpp"

#include <boost/test/unit_test.hpp>

#include "diagnosis/catalogue.hpp"
#include "diagnosis/power/fixed_rules.hpp"

namespace gradproof::diagnosis {
namespace {

namespace power_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(power)

// `gradproof power` plants all; here each 47th of all mistakes in all networks, and the bars of the check.
BOOST_AUTO_TEST_CASE(nothing_wrong_is_confirmed_and_nothing_right_refuted, *boost::unit_test::label("power")) {
    const Power power = measure_power({.seeds = 1, .every = 47});
    const PowerCounts total = power.total();
    BOOST_TEST_INFO(power_text(power));
    BOOST_TEST(total.refuted > 1500u);
    BOOST_TEST(total.missed == 0u);
    BOOST_TEST(power.false_alarms == 0u);
    BOOST_TEST(power.right_undecided == 0u);
    BOOST_TEST(power.named_share() >= 0.98);
    BOOST_TEST(total.undecided * 1000 <= total.visible());
    const KinkPower& at_kinks = power.at_kinks;
    BOOST_TEST(at_kinks.examples.empty());
    BOOST_TEST(at_kinks.half_of_examples.refuted > 5u);
    BOOST_TEST(at_kinks.between_examples.refuted > 100u);
    for (const KinkPowerCounts& wrong : {at_kinks.half_of_examples, at_kinks.between_examples})
        BOOST_TEST(wrong.confirmed == 0u);
    BOOST_TEST(at_kinks.conventions.confirmed > 0u);
    BOOST_TEST(at_kinks.conventions.refuted + at_kinks.conventions.undecided == 0u);
    // Each entry is right by itself, but no backward pass gives them together.
    BOOST_TEST(at_kinks.subgradients.undecided > 0u);
    BOOST_TEST(at_kinks.subgradients.refuted == 0u);
    const LayerPower& of_layers = power.of_layers;
    BOOST_TEST(of_layers.examples.empty());
    BOOST_TEST(of_layers.refuted > 10u);
    BOOST_TEST(of_layers.confirmed + of_layers.undecided == 0u);
    BOOST_TEST(of_layers.right_refuted + of_layers.right_undecided == 0u);
    BOOST_TEST(of_layers.named * 100 >= of_layers.refuted * 95);
    // The measure can tell a weak rule: each of the fixed ones accepts something wrong or refuses something right.
    for (std::size_t r = 0; r < fixed_rules().size(); ++r) {
        BOOST_TEST_INFO(fixed_rules()[r].name);
        BOOST_TEST(total.accepted_by_rule[r] + power.rule_false_alarms[r] > 0u);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace power_suite

}  // namespace
}  // namespace gradproof::diagnosis
