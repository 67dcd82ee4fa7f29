// SPDX-License-Identifier: MIT
//
// What the measurement is for: linked with functions_in_double.cpp, and with a trust in long double that was not
// measured.
#include <boost/test/unit_test.hpp>

#include "differences/network/extended_roundoff.hpp"
#include "tests/differences/short_functions/right_gradients.hpp"

long double gradproof::checks::extended_roundoff() {
    return 0x1p-64L;
}

BOOST_AUTO_TEST_SUITE(differences)
BOOST_AUTO_TEST_SUITE(functions_of_long_double)

BOOST_AUTO_TEST_CASE(where_they_are_short_and_trusted_right_gradients_are_refuted) {
    BOOST_TEST(gradproof::checks::decisions_on_right_gradients().refuted > 0);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
