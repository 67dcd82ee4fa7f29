// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>

#include "differences/network/extended_roundoff.hpp"
#include "tests/differences/short_functions/right_gradients.hpp"

BOOST_AUTO_TEST_SUITE(differences)
BOOST_AUTO_TEST_SUITE(functions_of_long_double)

BOOST_AUTO_TEST_CASE(where_they_are_long_it_is_trusted_to_64_bits) {
    BOOST_TEST((gradproof::checks::extended_roundoff() == 0x1p-64L));
}

BOOST_AUTO_TEST_CASE(where_they_are_long_the_fallback_confirms_small_derivatives) {
    const auto decisions = gradproof::checks::decisions_on_right_gradients();
    BOOST_TEST(decisions.refuted == 0);
    BOOST_TEST(decisions.undecided == 0);
    BOOST_TEST(decisions.confirmed > 0);
    BOOST_TEST(decisions.by_fallback > 0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
