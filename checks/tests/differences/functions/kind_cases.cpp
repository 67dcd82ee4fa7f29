// SPDX-License-Identifier: MIT
//
// check_gradient and check_jacobian on functions that make differences hard, one case for each kind: what is right is
// not refuted, what is wrong is not confirmed, and where the values cannot tell the answer is undecided.
#include <boost/math/special_functions/digamma.hpp>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <string>
#include <tuple>
#include <vector>

#include "gradproof/checks/gradient.hpp"

namespace gradproof::checks {
namespace {

using Eigen::VectorXd;
using std::numbers::pi;

VectorXd point(double x) {
    return VectorXd::Constant(1, x);
}
VectorXd point(double x, double y) {
    return VectorXd{{x, y}};
}

struct Expected {
    bool confirmed = true;  ///< the right gradient; if not, it is at least not refuted
    bool refuted = true;    ///< every wrong one; if not, it is at least not confirmed
};
constexpr Expected decided{};
constexpr Expected not_misjudged{.confirmed = false, .refuted = false};

void right_and_wrong(const std::string& what, const ScalarField& f, const VectorXd& x, const VectorXd& right,
                     const std::vector<VectorXd>& wrong, Expected expected = decided) {
    const TensorVerdict verdict = check_gradient(f, right, x);
    BOOST_TEST((expected.confirmed ? verdict.outcome() == Outcome::confirmed : verdict.outcome() != Outcome::refuted),
               what << ": the right gradient\n"
                    << describe(verdict));
    for (const VectorXd& other : wrong) {
        const TensorVerdict of_wrong = check_gradient(f, other, x);
        BOOST_TEST(
            (expected.refuted ? of_wrong.outcome() == Outcome::refuted : of_wrong.outcome() != Outcome::confirmed),
            what << ": a wrong gradient\n"
                 << describe(of_wrong));
    }
}

// Of one variable, with its derivative off by a millionth, by a thousandth and of turned sign.
void along(const std::string& what, const std::function<double(double)>& f, double x, double right,
           Expected expected = decided) {
    right_and_wrong(
        what, [&f](const VectorXd& v) { return f(v(0)); }, point(x), point(right),
        {point(right * (1 + 1.01e-6)), point(right * (1 - 1e-3)), point(-right)}, expected);
}

namespace kind_suite {
BOOST_AUTO_TEST_SUITE(functions)
BOOST_AUTO_TEST_SUITE(kinds)

BOOST_AUTO_TEST_CASE(too_small_to_move_the_function) {
    // Wrong and right alike: 1e-22 beside a function of size 1 cannot be seen, and is not said to be.
    along(
        "1 + 1e-22 sin x", [](double x) { return 1 + 1e-22 * std::sin(x); }, 0.3, 1e-22 * std::cos(0.3), not_misjudged);
    along(
        "erf at 10", [](double x) { return std::erf(x); }, 10, 2 / std::sqrt(pi) * std::exp(-100), not_misjudged);
    along(
        "expm1 at -50", [](double x) { return std::expm1(x); }, -50, std::exp(-50), not_misjudged);
    const auto squares = [](const VectorXd& v) { return v(0) * v(0) + v(1) * v(1); };
    right_and_wrong("x² + y² at (1e8, 1e-8)", squares, point(1e8, 1e-8), point(2e8, 2e-8),
                    {point(2e8, 0), point(2e8, -2e-8), point(2.002e8, 2e-8)}, not_misjudged);
    const Verdict verdict = check_gradient(squares, point(2e8, 2e-8), point(1e8, 1e-8)).worst.front().verdict;
    BOOST_TEST((verdict.remark == Remark::below_resolution));
    BOOST_TEST(largest_hidden_error(verdict) > 2e-8);
    // With nothing beside it, exp at -100 is no smaller than its derivative.
    along(
        "exp at -100", [](double x) { return std::exp(x); }, -100, std::exp(-100));
}

BOOST_AUTO_TEST_CASE(entries_of_different_size) {
    right_and_wrong("x y at (1e8, 1e-8)", [](const VectorXd& v) { return v(0) * v(1); }, point(1e8, 1e-8),
                    point(1e-8, 1e8), {point(-1e-8, 1e8), point(0, 1e8)});
    right_and_wrong(
        "1e14 x² + y²", [](const VectorXd& v) { return 1e14 * v(0) * v(0) + v(1) * v(1); }, point(1, 1), point(2e14, 2),
        {point(2e14, -2), point(2e14, 0), point(2e14, 2.002)}, not_misjudged);
    const double e = std::exp(-1.0);
    right_and_wrong("x exp(-1e8 y)", [](const VectorXd& v) { return v(0) * std::exp(-v(1) * 1e8); }, point(1, 1e-8),
                    point(e, -1e8 * e), {point(0, -1e8 * e), point(e, 1e8 * e), point(e * (1 + 1e-5), -1e8 * e)});
}

BOOST_AUTO_TEST_CASE(beside_a_pole) {
    for (const double distance : {1e-2, 1e-4, 1e-8, -1e-8}) {
        const std::string where = " at " + std::to_string(distance) + " from it";
        const double x = 1 + distance;
        const double d = x - 1;
        along(
            "1/(x - 1)" + where, [](double t) { return 1 / (t - 1); }, x, -1 / (d * d));
        along(
            "1/(x - 1)²" + where, [](double t) { return 1 / ((t - 1) * (t - 1)); }, x, -2 / (d * d * d));
        along(
            "log|x - 1|" + where, [](double t) { return std::log(std::abs(t - 1)); }, x, 1 / d);
        along(
            "cbrt(x - 1)" + where, [](double t) { return std::cbrt(t - 1); }, x, 1 / (3 * std::cbrt(d) * std::cbrt(d)));
    }
    for (const double x : {1e-12, 1e-8, -1e-8, 1e-3}) {
        along(
            "cbrt", [](double t) { return std::cbrt(t); }, x, 1 / (3 * std::cbrt(x) * std::cbrt(x)));
        along(
            "lgamma", [](double t) { return std::lgamma(t); }, x, boost::math::digamma(x));
        along(
            "log|x|", [](double t) { return std::log(std::abs(t)); }, x, 1 / x);
    }
    for (const double distance : {1e-2, 1e-5, 1e-8})
        along(
            "tan", [](double t) { return std::tan(t); }, pi / 2 - distance,
            1 / std::pow(std::cos(pi / 2 - distance), 2));
}

BOOST_AUTO_TEST_CASE(a_peak_far_narrower_than_x) {
    for (const double width : {1.0, 0.1, 1e-3})
        for (const double centre : {0.0, 100.0, 10000.0}) {
            const double x = centre + 0.3 * width;
            const double z = (x - centre) / width;
            along(
                "a peak of width " + std::to_string(width) + " at " + std::to_string(centre),
                [=](double t) { return std::exp(-std::pow((t - centre) / width, 2)); }, x,
                -2 * z / width * std::exp(-z * z));
        }
}

BOOST_AUTO_TEST_CASE(structures_finer_than_the_steps) {
    for (const double w : {1e-1, 1e-3, 1e-5, 1e-7, 1e-9, 1e-11, 1e-13})
        along(
            "x + w sin(x/w), w = " + std::to_string(w), [w](double t) { return t + w * std::sin(t / w); }, 0.7,
            1 + std::cos(0.7 / w), w > 1e-6 ? decided : not_misjudged);
    // Rounding inside makes a saw of this: next to x its slope is that of 1/x² alone.
    along(
        "log(cos x) / x²", [](double t) { return std::log(std::cos(t)) / (t * t); }, 2.1380714838452981e-4,
        -3.5634524e-5, not_misjudged);
}

BOOST_AUTO_TEST_CASE(values_in_steps) {
    along(
        "float32", [](double x) { return static_cast<double>(std::sin(static_cast<float>(x))); }, 0.3, std::cos(0.3),
        not_misjudged);
    for (const double grid : {1e-2, 1e-3, 1e-5, 1e-8, 1e-12})
        along(
            "rounded to a grid", [grid](double x) { return std::round(std::sin(x) / grid) * grid; }, 0.3, std::cos(0.3),
            not_misjudged);
    along(
        "a table", [](double x) { return std::sin(std::floor(x * 1e3) * 1e-3); }, 0.3004, std::cos(0.3), not_misjudged);
    along(
        "a difference of large numbers", [](double x) { return (1e8 + x * x) - 1e8; }, 1.3, 2.6, not_misjudged);
    along(
        "a difference of larger numbers than needed", [](double x) { return (1e4 + std::sin(x)) - 1e4; }, 0.3,
        std::cos(0.3));
    const auto newton = [](double x) {
        double root = 1;
        for (double better = 0.5 * (1 + x); std::abs(better - root) >= 1e-8; better = 0.5 * (root + x / root))
            root = better;
        return root;
    };
    const auto bisection = [](double x) {
        double low = 0;
        double high = 4;
        while (high - low > 1e-8) (((low + high) / 2) * ((low + high) / 2) < x ? low : high) = (low + high) / 2;
        return (low + high) / 2;
    };
    for (const double x : {0.7, 1.3, 2.3, 3.9}) {
        along("Newton's iteration, stopped at 1e-8", newton, x, 0.5 / std::sqrt(x), not_misjudged);
        along("bisection, stopped at 1e-8", bisection, x, 0.5 / std::sqrt(x), not_misjudged);
    }
}

BOOST_AUTO_TEST_CASE(beside_a_kink) {
    for (const double distance : {1e-4, 1e-8, 1e-11, -1e-8}) {
        const double x = 1 + distance;
        const double side = distance > 0 ? 1 : -1;
        right_and_wrong("max(x, 1)", [](const VectorXd& v) { return std::max(v(0), 1.0); }, point(x),
                        point(distance > 0), {point(0.5), point(distance < 0)});
        const double right = side + std::cos(x);
        right_and_wrong("max(x, 2 - x) + sin x",
                        [](const VectorXd& v) { return std::max(v(0), 2 - v(0)) + std::sin(v(0)); }, point(x),
                        point(right), {point(-right), point(std::cos(x)), point(right - 2 * side)});
    }
    const double half = std::numbers::sqrt2 / 2;
    right_and_wrong("hypot at (1e-100, 1e-100)", [](const VectorXd& v) { return std::hypot(v(0), v(1)); },
                    point(1e-100, 1e-100), point(half, half), {point(0, half), point(-half, half)});
    along(
        "x|x| at 1e-14", [](double x) { return x * std::abs(x); }, 1e-14, 2e-14);
    along(
        "sqrt(x² + 1e-20)", [](double x) { return std::sqrt(x * x + 1e-20); }, 1e-10, half);
}

BOOST_AUTO_TEST_CASE(at_a_kink) {
    const auto verdict_on = [](const ScalarField& f, double x, double claimed) {
        return check_gradient(f, point(claimed), point(x)).worst.front().verdict;
    };
    const ScalarField tilted = [](const VectorXd& v) { return std::max(v(0), 2 - v(0)) + std::sin(v(0)); };
    for (const double share : {-1.0, 0.0, 0.3, 1.0}) {
        const Verdict verdict = verdict_on(tilted, 1, std::cos(1.0) + share);
        BOOST_TEST(verdict.outcome == Outcome::confirmed, describe(verdict));
        BOOST_TEST((verdict.remark == Remark::subgradient));
    }
    for (const double beyond : {-1.001, 1.001})
        BOOST_TEST(verdict_on(tilted, 1, std::cos(1.0) + beyond).outcome == Outcome::refuted);
}

// Each entry lies between its own one-sided derivatives; what they are together decides.
BOOST_AUTO_TEST_CASE(entries_at_a_kink_fit_together) {
    const auto outcome = [](const ScalarField& f, const VectorXd& x, const VectorXd& claimed) {
        return check_gradient(f, claimed, x).outcome();
    };
    const ScalarField larger = [](const VectorXd& v) { return std::max(v(0), v(1)); };
    BOOST_TEST(outcome(larger, point(1, 1), point(0.3, 0.7)) == Outcome::confirmed);
    BOOST_TEST(outcome(larger, point(1, 1), point(1, 1)) == Outcome::undecided);
    BOOST_TEST(outcome(larger, point(1, 1), point(0, 0)) == Outcome::undecided);
    const ScalarField distance = [](const VectorXd& v) { return std::abs(v(0) - v(1)); };
    BOOST_TEST(outcome(distance, point(2, 2), point(0.3, -0.3)) == Outcome::confirmed);
    BOOST_TEST(outcome(distance, point(2, 2), point(1, 1)) == Outcome::undecided);
    const ScalarField norm = [](const VectorXd& v) { return v.norm(); };
    BOOST_TEST(outcome(norm, point(0, 0), point(0.5, 0.5)) == Outcome::confirmed);
    BOOST_TEST(outcome(norm, point(0, 0), point(1, 1)) == Outcome::undecided);
    const ScalarField sum = [](const VectorXd& v) { return std::abs(v(0)) + std::abs(v(1)); };
    BOOST_TEST(outcome(sum, point(0, 0), point(1, -1)) == Outcome::confirmed);
}

BOOST_AUTO_TEST_CASE(a_derivative_near_zero) {
    const auto verdict_on = [](double claimed) {
        return check_gradient([](const VectorXd& v) { return std::sin(v(0)); }, point(claimed), point(pi / 2))
            .worst.front()
            .verdict;
    };
    for (const double claimed : {6.1e-17, -6.1e-17}) {
        BOOST_TEST(verdict_on(claimed).outcome == Outcome::undecided);
        BOOST_TEST((verdict_on(claimed).remark == Remark::below_resolution));
    }
    BOOST_TEST(verdict_on(0).outcome == Outcome::confirmed);
    BOOST_TEST((verdict_on(0).remark == Remark::zero_within_bar));
    BOOST_TEST(verdict_on(1e-9).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(a_zero_on_a_constant_piece) {
    const auto verdict_on = [](const ScalarField& f, double x, double claimed) {
        return check_gradient(f, point(claimed), point(x)).worst.front().verdict;
    };
    const ScalarField relu = [](const VectorXd& v) { return std::max(v(0), 0.0); };
    const ScalarField clip = [](const VectorXd& v) { return std::clamp(v(0), -1.0, 1.0); };
    const ScalarField step = [](const VectorXd& v) { return v(0) < 0 ? 0.0 : 1.0; };
    for (const auto& [f, x] : {std::pair{relu, -3.0}, std::pair{clip, 5.0}, std::pair{step, 0.01}}) {
        BOOST_TEST(verdict_on(f, x, 0).outcome == Outcome::confirmed);
        BOOST_TEST((verdict_on(f, x, 0).remark == Remark::not_exercised));
        BOOST_TEST(verdict_on(f, x, 1).outcome == Outcome::refuted);
    }
    // tanh is constant to the last place here and has a slope all the same.
    const ScalarField tanh = [](const VectorXd& v) { return std::tanh(v(0)); };
    BOOST_TEST(verdict_on(tanh, 20, 0).outcome == Outcome::undecided);
    BOOST_TEST(verdict_on(tanh, 20, 1.7e-17).outcome == Outcome::undecided);
    BOOST_TEST(verdict_on(tanh, 20, 1e-9).outcome == Outcome::refuted);
}

BOOST_AUTO_TEST_CASE(any_scale) {
    for (const double k : {1e-310, 1e-300, 1e-100, 1e168, 1e200, 1e300})
        along(
            "k sin x", [k](double x) { return k * std::sin(x); }, 0.7, k * std::cos(0.7));
    along(
        "x² at 1e-200", [](double x) { return x * x; }, 1e-200, 2e-200, not_misjudged);
    along(
        "sin at a million", [](double x) { return std::sin(x); }, 1e6, std::cos(1e6));
}

BOOST_AUTO_TEST_CASE(the_edge_of_the_domain) {
    const double beside = 1 - 1e-9;
    along(
        "log(x - 1)", [](double x) { return std::log(x - 1); }, 1 + 1e-9, 1 / ((1 + 1e-9) - 1));
    along(
        "acos", [](double x) { return std::acos(x); }, beside, -1 / std::sqrt((1 - beside) * (1 + beside)));
    along(
        "sqrt(1 - x)", [](double x) { return std::sqrt(1 - x); }, beside, -0.5 / std::sqrt(1 - beside));
    along(
        "a function that throws",
        [](double x) {
            if (x > 0.300001) throw std::domain_error("too large");
            return x * x;
        },
        0.3, 0.6);
    const auto throws = [](const VectorXd&) -> double { throw std::domain_error("always"); };
    BOOST_CHECK_THROW(std::ignore = check_gradient(throws, point(1), point(1)), std::domain_error);
}

BOOST_AUTO_TEST_CASE(input_that_cannot_be_checked_is_named) {
    const ScalarField f = [](const VectorXd& v) { return v.sum(); };
    const auto says = [](const std::string& text) {
        return [text](const std::invalid_argument& error) { return std::string(error.what()) == text; };
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    BOOST_CHECK_EXCEPTION(std::ignore = check_gradient(f, point(1, 1), point(0, nan)), std::invalid_argument,
                          says("x(1) is nan, not a finite number"));
    for (const int digits : {-3, 0, 13})
        BOOST_CHECK_THROW(std::ignore = check_gradient(f, point(1, 1), point(0, 1), digits), std::invalid_argument);
    static_assert(!std::is_invocable_v<decltype([](const auto& x) requires requires {
                                           check_gradient(ScalarField(), VectorXd(), x);
                                       } {}),
                                       Eigen::MatrixXd>);
}

BOOST_AUTO_TEST_CASE(a_smooth_function_is_called_ten_times_an_entry) {
    std::size_t calls = 0;
    const VectorXd x = VectorXd::LinSpaced(50, 0.3, 2);
    const ScalarField f = [&calls](const VectorXd& v) {
        ++calls;
        return (v.array().sin() * v.array().exp()).sum();
    };
    const VectorXd gradient = (x.array().exp() * (x.array().sin() + x.array().cos())).matrix();
    BOOST_TEST(check_gradient(f, gradient, x).outcome() == Outcome::confirmed);
    BOOST_TEST(calls <= 12 * 50 + 1U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace kind_suite

}  // namespace
}  // namespace gradproof::checks
