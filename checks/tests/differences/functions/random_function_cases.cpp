// SPDX-License-Identifier: MIT
//
// How often is the truth outside of the bar? Never, over a hundred thousand functions that nobody chose.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <random>

#include "differences/derivative_search.hpp"
#include "tests/differences/functions/random_function.hpp"

namespace gradproof::checks {
namespace {

using Extended = Dual<long double>;

struct Sample {
    RandomFunction f;
    double x = 0;
    double value = 0;
    double truth = 0;  // by dual numbers with a 64-bit mantissa
};

// Samples whose computed value is not that of the function are left out: a constant that cancels to noise makes another
// function of it, whose derivative is another one.
bool is_sound(const Sample& sample, const Extended& exact) {
    const auto value = static_cast<double>(exact.value);
    return std::isfinite(sample.value) && std::isfinite(sample.truth) && std::abs(value) < 1e100 &&
           std::abs(sample.truth) < 1e100 && std::abs(sample.value - value) <= 1e-11 * std::abs(value);
}

template <class Look>
void for_each_sample(std::size_t count, const Look& look) {
    std::mt19937_64 random(20250101);
    while (count > 0) {
        Sample sample{.f = random_function(random, 1 + static_cast<int>(random() % 4))};
        const double sign = random() % 2 == 0 ? 1 : -1;
        sample.x = sign * std::pow(10.0, static_cast<double>(random() >> 11) * 0x1p-52 - 1);
        sample.value = sample.f(sample.x);
        const Extended exact = sample.f(Extended(static_cast<long double>(sample.x), 1.0L));
        sample.truth = static_cast<double>(exact.derivative);
        if (!is_sound(sample, exact)) continue;
        --count;
        look(sample);
    }
}

struct Differentiated {
    Estimate estimate;
    std::size_t calls = 0;
};

Differentiated differentiated(const Sample& sample) {
    Differentiated result;
    const Curve curve = [&](double t) {
        ++result.calls;
        return Eigen::VectorXd::Constant(1, sample.f(t));
    };
    const Eigen::VectorXd at_x = Eigen::VectorXd::Constant(1, sample.value);
    SampledLine line(curve, sample.x, at_x);
    result.estimate = derivative_along(line, 0, sample.truth);
    return result;
}

namespace random_function_suite {
BOOST_AUTO_TEST_SUITE(functions)
BOOST_AUTO_TEST_SUITE(random)

BOOST_AUTO_TEST_CASE(the_truth_lies_within_the_bar) {
    std::size_t outside = 0;
    std::size_t undecided = 0;
    std::size_t wrong_confirmed = 0;
    std::size_t moving = 0;
    std::size_t calls = 0;
    constexpr std::size_t count = 100000;
    for_each_sample(count, [&](const Sample& sample) {
        const auto [estimate, called] = differentiated(sample);
        const Verdict verdict = judge(sample.truth, estimate);
        if (verdict.outcome == Outcome::refuted) {
            ++outside;
            BOOST_TEST_MESSAGE("at " << sample.x << ": " << describe(verdict));
        }
        undecided += verdict.outcome == Outcome::undecided;
        if (estimate.scale > 0 || estimate.value != 0) {
            ++moving;
            calls += called;
        }
        if (sample.truth == 0) return;
        for (const double wrong : {sample.truth * (1 + 1.01e-6), sample.truth * (1 - 1e-3), -sample.truth})
            wrong_confirmed += judge(wrong, estimate).outcome == Outcome::confirmed;
    });
    BOOST_TEST(outside == 0U);
    BOOST_TEST(wrong_confirmed == 0U);
    BOOST_TEST(undecided <= 3 * count / 100);
    BOOST_TEST(calls <= 14 * moving);
    BOOST_TEST(moving > count / 2);
}

// The same sweep sees a bar that is too narrow.
BOOST_AUTO_TEST_CASE(a_bar_too_narrow_is_noticed, *boost::unit_test::label("negative")) {
    std::size_t outside = 0;
    for_each_sample(2000, [&](const Sample& sample) {
        Estimate estimate = differentiated(sample).estimate;
        estimate.error_bar /= 1e4;
        outside += judge(sample.truth, estimate).outcome == Outcome::refuted;
    });
    BOOST_TEST(outside > 0U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace random_function_suite

}  // namespace
}  // namespace gradproof::checks
