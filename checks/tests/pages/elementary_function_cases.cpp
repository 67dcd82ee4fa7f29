// SPDX-License-Identifier: MIT
//
// The functions that stand in for those of long double in the page: on a number of 113 bits, as long double is there,
// against MPFR's with 60 digits.
#include <fmt/format.h>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/mpfr.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "pages/playground/wasm/elementary_functions.hpp"

namespace {

namespace functions = gradproof::playground;
namespace numbers = boost::multiprecision;
using Long = numbers::number<numbers::cpp_bin_float_quad::backend_type, numbers::et_off>;
using Exact = numbers::number<numbers::mpfr_float_backend<60>, numbers::et_off>;

// What a value is off by in ulps, the worst of points spread over the range and of as many near 0.
template <class Function, class Reference>
double ulps_off(Function function, Reference reference, double lower, double upper) {
    constexpr int points = 200;
    double worst = 0;
    for (int n = 0; n <= points; ++n)
        for (const double scale : {1.0, 1e-5}) {
            const double x = scale * (lower + (upper - lower) * n / points);
            const Exact expected = reference(Exact(x));
            if (expected == 0) continue;
            const auto off = static_cast<double>(numbers::abs((Exact(function(Long(x))) - expected) / expected));
            worst = std::max(worst, std::isnan(off) ? std::numeric_limits<double>::infinity() : off);
        }
    return worst / static_cast<double>(std::numeric_limits<Long>::epsilon());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pages)
BOOST_AUTO_TEST_SUITE(playground)

BOOST_AUTO_TEST_CASE(functions_of_long_double_are_good_to_four_units_of_113_bits) {
    // clang-format off
    BOOST_TEST(ulps_off([](const Long& x) { return functions::exp(x); }, [](const Exact& x) { return exp(x); }, -11000, 11000) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::exp(x); }, [](const Exact& x) { return exp(x); }, -2, 2) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::expm1(x); }, [](const Exact& x) { return expm1(x); }, -3, 60) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::log(x); }, [](const Exact& x) { return log(x); }, 0.01, 3) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::log(x); }, [](const Exact& x) { return log(x); }, 1e9, 1e300) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::log1p(x); }, [](const Exact& x) { return log1p(x); }, -0.99, 4) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::tanh(x); }, [](const Exact& x) { return tanh(x); }, -50, 50) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::tanh(x); }, [](const Exact& x) { return tanh(x); }, -2, 2) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::sinh(x); }, [](const Exact& x) { return sinh(x); }, -300, 300) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::cosh(x); }, [](const Exact& x) { return cosh(x); }, -300, 300) < 4);
    BOOST_TEST(ulps_off([](const Long& x) { return functions::erf(x); }, [](const Exact& x) { return erf(x); }, -4, 4) < 4);
    // Below 2 it is 1 - erf: 1 / erfc(2) is 214.
    BOOST_TEST(ulps_off([](const Long& x) { return functions::erfc(x); }, [](const Exact& x) { return erfc(x); }, -4, 60) < 400);
    // clang-format on
}

BOOST_AUTO_TEST_CASE(a_function_of_fewer_digits_is_found_out) {
    const auto in_double = [](const Long& x) { return Long(std::exp(static_cast<double>(x))); };
    BOOST_TEST(ulps_off(
                   in_double, [](const Exact& x) { return exp(x); }, -2, 2) > 1e15);
}

BOOST_AUTO_TEST_CASE(functions_of_long_double_keep_their_edges) {
    const Long infinity = std::numeric_limits<Long>::infinity();
    BOOST_TEST((functions::exp(infinity) == infinity));
    BOOST_TEST((functions::exp(Long(-infinity)) == 0));
    BOOST_TEST((functions::expm1(Long(-infinity)) == -1));
    BOOST_TEST((functions::log(Long(0)) == -infinity));
    BOOST_TEST((functions::log(infinity) == infinity));
    BOOST_TEST(isnan(functions::log(Long(-1))));
    BOOST_TEST((functions::log1p(Long(-1)) == -infinity));
    BOOST_TEST((functions::tanh(infinity) == 1));
    BOOST_TEST((functions::sinh(Long(-infinity)) == -infinity));
    BOOST_TEST((functions::cosh(Long(-infinity)) == infinity));
    BOOST_TEST((functions::erf(Long(-infinity)) == -1));
    BOOST_TEST((functions::erfc(infinity) == 0));
    BOOST_TEST((functions::erfc(Long(-infinity)) == 2));
    const Long nan = std::numeric_limits<Long>::quiet_NaN();
    for (const auto function : {functions::exp<Long>, functions::expm1<Long>, functions::log<Long>,
                                functions::log1p<Long>, functions::tanh<Long>, functions::sinh<Long>,
                                functions::cosh<Long>, functions::erf<Long>, functions::erfc<Long>})
        BOOST_TEST(isnan(function(nan)));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
