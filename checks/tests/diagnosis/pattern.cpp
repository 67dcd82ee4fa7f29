// SPDX-License-Identifier: MIT
#include "diagnosis/search/pattern.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "diagnosis/search/fit.hpp"
#include "gradproof/checks/course_random.hpp"

namespace gradproof::diagnosis {
namespace {

Tensor right() {
    checks::CourseRandom random(11);
    return random.randn(4, 5);
}

void is(Kind kind, const Tensor& yours, const std::string& text, const Tensor& expected = right()) {
    const Pattern pattern = pattern_of(yours, expected, Tensor::Constant(expected.rows(), expected.cols(), 1e-14));
    BOOST_TEST_INFO(pattern.text);
    BOOST_TEST((pattern.kind == kind));
    BOOST_TEST(pattern.text.find(text) != std::string::npos);
}

namespace pattern_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(pattern)

BOOST_AUTO_TEST_CASE(each_is_recognised) {
    const Tensor R = right();
    is(Kind::none, R, "");
    is(Kind::none, R.array() + 0.9e-14, "");
    is(Kind::constant_ratio, 1.25 * R, "1.25 times");
    is(Kind::all_zero, 0 * R, "never computed");
    Tensor yours = R;
    yours(2, 3) += 1e-3;
    is(Kind::single_entries, yours, "1 of 20 entries are wrong, the others right: [2, 3]");
    yours = R;
    for (Eigen::Index i = 0; i < 4; ++i) yours.row(i) *= static_cast<double>(i + 2);
    is(Kind::ratio_per_row, yours, "2, 3, 4, 5");
    yours = R;
    for (Eigen::Index i = 0; i < 5; ++i) yours.col(i) *= static_cast<double>(i + 2);
    is(Kind::ratio_per_column, yours, "2, 3, 4, 5, 6");
    is(Kind::constant_offset, R.array() + 0.125, "0.125");
    yours = R;
    yours.row(1).reverseInPlace();
    is(Kind::rows, yours, "1");
    yours = R;
    yours.col(3).reverseInPlace();
    is(Kind::columns, yours, "3");
    is(Kind::no_pattern, R.array().square(), "20 of 20");
    const Tensor square = R.leftCols(4);
    is(Kind::transposed, square.transpose(), "transposed", square);
    yours = R;
    yours(1, 1) = std::nan("");
    is(Kind::not_finite, yours, "[1, 1] is nan");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(fit)

BOOST_AUTO_TEST_CASE(a_theta_is_seen_in_two_entries_or_is_a_number_people_type) {
    const auto fits = [](const Tensor& yours, const Tensor& direction) {
        const Tensor zero = Tensor::Zero(yours.rows(), yours.cols());
        return gradproof::diagnosis::fit(
                   {{yours, zero, direction, Tensor::Constant(yours.rows(), yours.cols(), 1e-15), 1.0}}, {1}, 7,
                   0x1p-53)
            .has_value();
    };
    const Tensor one = Tensor::Constant(1, 1, 0.3);
    BOOST_TEST(fits(2 * one, one));
    BOOST_TEST(fits(4.0 / 7 * one, one));
    BOOST_TEST(!fits(1.2345678 * one, one));
    BOOST_TEST(fits(1.2345678 * right(), right()));
    BOOST_TEST(!fits(right(), right()));  // θ = 1 is right
    BOOST_TEST(!fits((2 * right()).array() + 1e-9, right()));
    BOOST_TEST(is_simple_number(0.0075, 7));
    BOOST_TEST(!is_simple_number(0.7071067811865476, 7));
    BOOST_TEST(!is_simple_number(0, 7));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace pattern_suite

}  // namespace
}  // namespace gradproof::diagnosis
