// SPDX-License-Identifier: MIT
//
// Written formulas as JavaScript: each form that Written prints, and what is no formula. That the scripts compute what
// the library computes, tests/pages/browser/explore_test.js shows for every case.
#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

#include "pages/explore/javascript.hpp"

namespace gradproof::explore {
namespace {

BOOST_AUTO_TEST_SUITE(pages)
BOOST_AUTO_TEST_SUITE(javascript)

BOOST_AUTO_TEST_CASE(formulas_become_expressions) {
    const auto becomes = [](const std::string& written, const std::string& script) {
        BOOST_TEST(javascript_of(written) == script);
    };
    becomes("z", "z");
    becomes("-z", "-z");
    becomes("1/2 (a - y)^2", "1 / 2 * Math.pow((a - y), 2)");
    becomes("a - 2 y", "a - 2 * y");
    becomes("z^2/(2 (sqrt(z^2 + 1) + 1))", "Math.pow(z, 2) / (2 * (Math.sqrt(Math.pow(z, 2) + 1) + 1))");
    becomes("a^(1.5)", "Math.pow(a, 1.5)");
    becomes("1.5e+29 z/1e+29", "1.5e+29 * z / 1e+29");
    becomes("max(z, 0)", "Math.max(z, 0)");
    becomes("z erfc(-z)", "z * erfc(-z)");
}

BOOST_AUTO_TEST_CASE(cases_become_choices) {
    BOOST_TEST(javascript_of("(z if 0 < z, else 0)") == "(0 < z ? z : 0)");
    BOOST_TEST(javascript_of("(0 if z < -3, 1 if 3 < z and 4 < z, else z)") == "(z < -3 ? 0 : 3 < z && 4 < z ? 1 : z)");
}

BOOST_AUTO_TEST_CASE(digits_are_kept_where_the_library_keeps_them) {
    BOOST_TEST(javascript_of("log(1 + exp(z))") == "Math.log1p(Math.exp(z))");
    BOOST_TEST(javascript_of("log(1 - a)") == "Math.log1p(-a)");
    BOOST_TEST(javascript_of("log(a + 1)") == "Math.log(a + 1)");
    BOOST_TEST(javascript_of("(exp(z) - 1)") == "(Math.expm1(z))");
    BOOST_TEST(javascript_of("2 exp(z) - 1") == "2 * Math.exp(z) - 1");
    BOOST_TEST(javascript_of("-(y log(a) + (1 - y) log(1 - a))") ==
               "-(timesLog(y, Math.log(a)) + timesLog((1 - y), Math.log1p(-a)))");
    BOOST_TEST(javascript_of("1/2 log(a)") == "1 / 2 * Math.log(a)");
    BOOST_TEST(javascript_of("log(a)/y") == "Math.log(a) / y");
}

BOOST_AUTO_TEST_CASE(what_is_no_formula_is_refused) {
    for (const char* text : {"", "z +", "z)", "(z if 0 < z, 0)x", "zeta(z)", "2 $", "(z if 0, else 1)"})
        BOOST_CHECK_THROW(javascript_of(text), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::explore
