// SPDX-License-Identifier: MIT
//
// The printed formula of a cost, read again and computed, against the cost itself: for every loss and every activation
// that it accepts, and for made-up formulas of every shape.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>
#include <stdexcept>
#include <string>
#include <vector>

#include "claims/points.hpp"
#include "differences/network/written.hpp"
#include "gradproof/checks/cost_formula.hpp"
#include "gradproof/network.hpp"
#include "tests/families.hpp"
#include "tests/support/plain_formula.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

// Both sides compute the same in double, in another order; a = g(Z) close to 1 takes up to four digits from 1 - a. That
// leaves ten, while a wrong formula is off by its own size.
bool agrees(double left, double right) {
    return std::abs(left - right) <= 1e-10 * (1 + std::abs(right));
}

struct Setting {
    Network<double> network;
    Cache<double> cache;
    Matrix<double> Y;
};

// One layer whose pre-activations are the claims' points.
Setting setting(const AnyActivation& output, const AnyLoss& loss, double lambda) {
    const OutputPoints points = output_points(loss.facts());
    const Eigen::Index n = points.Z.rows();
    Setting s;
    s.network.layers = {{{2 * Matrix<double>::Identity(n, n), Vector<double>::Zero(n)}, output}};
    s.network.loss = loss;
    s.network.lambda = lambda;
    s.cache = forward(s.network, Matrix<double>(points.Z / 2));
    s.Y = points.Y;
    return s;
}

bool is_the_cost(const std::string& formula, const Setting& s) {
    const double printed = cost_by_formula(formula, s.cache.A.back(), s.Y, squared_weights(s.network));
    return agrees(printed, cost(s.network, s.cache, s.Y));
}

CostFormula formula_for(const Setting& s) {
    CostFormula formula = cost_formula(s.network.loss);
    formula.m = s.Y.cols();
    if (s.network.lambda != 0) formula.l2 = {.lambda = s.network.lambda};
    return formula;
}

void the_formula_is_the_cost(const AnyLoss& loss) {
    const CostFormula formula = cost_formula(loss);
    BOOST_TEST(formula.term.find(name_of(loss)) == std::string::npos,
               "the loss was not written down: " << formula.term);
    std::size_t settings = 0;
    for (const AnyActivation& output : all_activations()) {
        if (!are_compatible(output, loss)) continue;
        for (const double lambda : {0.0, 0.3}) {
            const Setting s = setting(output, loss, lambda);
            const std::string text = describe(formula_for(s));
            BOOST_TEST(is_the_cost(text, s), name_of(output) << ": this is not the cost: " << text);
            ++settings;
        }
    }
    BOOST_TEST(settings > 0U);
    if (!is_elementwise(loss)) return;
    for (const double a : prediction_points(loss.facts().prediction_domain))
        for (const double y : label_points(loss.facts()))
            BOOST_TEST(agrees(formula.factor * value_by_formula(formula.term, a, y), loss.on<double>().value(a, y)),
                       formula.factor << " times " << formula.term << " at a = " << a << ", y = " << y);
}

// What a wrong declaration would look like: another factor, sign, term, scale of L2 or number of examples.
void a_wrong_formula_is_not_the_cost(const AnyLoss& loss) {
    std::size_t settings = 0;
    for (const AnyActivation& output : all_activations()) {
        if (!are_compatible(output, loss)) continue;
        const Setting s = setting(output, loss, 0.3);
        // Beside e^27 no term that is added shows.
        if (std::abs(cost(s.network, s.cache, s.Y)) > 1e6) continue;
        const CostFormula right = formula_for(s);
        const auto refused = [&s](const CostFormula& wrong) {
            BOOST_TEST(!is_the_cost(describe(wrong), s), describe(wrong) << " was taken for the cost");
        };
        for (const double factor : {2.0, -1.0, 1 + 1e-6}) {
            CostFormula wrong = right;
            wrong.factor *= factor;
            refused(wrong);
        }
        CostFormula wrong = right;
        wrong.term = "(" + right.term + " + 1)";
        refused(wrong);
        wrong = right;
        wrong.l2->scale = "lambda/2";
        refused(wrong);
        wrong = right;
        wrong.l2.reset();
        refused(wrong);
        wrong = right;
        wrong.m += 1;
        BOOST_CHECK_THROW(is_the_cost(describe(wrong), s), std::invalid_argument);
        ++settings;
    }
    BOOST_TEST(settings > 0U);
}

// Somebody's formula as code, and how it must be written.
struct Example {
    std::string text;
    std::function<double(double, double)> code;
    std::function<Written(const Written&, const Written&)> written;
};
template <class F>
Example example(std::string text, F f) {
    return {std::move(text), f, f};
}

std::vector<Example> examples() {
    using std::abs, std::max, std::pow, std::sqrt;
    return {
        example("1/2 (a - y)^2", []<class S>(const S& a, const S& y) -> S { return S(0.5) * (a - y) * (a - y); }),
        example("(a - y)^2", []<class S>(const S& a, const S& y) -> S { return pow(a - y, 2); }),
        example("-(a - y)^2", []<class S>(const S& a, const S& y) -> S { return -((a - y) * (a - y)); }),
        example("(a - (y - a))", []<class S>(const S& a, const S& y) -> S { return a - (y - a); }),
        example("(2 a + y)", []<class S>(const S& a, const S& y) -> S { return a + y + a; }),
        example("1/3 a/y", []<class S>(const S& a, const S& y) -> S { return a / (y * S(3)); }),
        example("(y - a/(2 y))", []<class S>(const S& a, const S& y) -> S { return y - a / y / S(2); }),
        example("(a - y/0.9)", []<class S>(const S& a, const S& y) -> S { return a - y / S(0.9); }),
        example("1/(a y)", []<class S>(const S& a, const S& y) -> S { return S(1) / a / y; }),
        example("a y/(1 + exp(-a))",
                []<class S>(const S& a, const S& y) -> S { return a * (S(1) / (S(1) + exp(-a))) * y; }),
        example("a y/y", []<class S>(const S& a, const S& y) -> S { return a * (y / y); }),
        example("1/(a + y)^2", []<class S>(const S& a, const S& y) -> S { return pow(a + y, -2); }),
        example("(a + y)^(0.3)", []<class S>(const S& a, const S& y) -> S { return pow(a + y, S(0.3)); }),
        example("((a + y)^(0.3))^2", []<class S>(const S& a, const S& y) -> S { return pow(pow(a + y, S(0.3)), 2); }),
        example("0.7 y log(1 + exp(-a))",
                []<class S>(const S& a, const S& y) -> S { return S(0.7) * y * log1p(exp(-a)); }),
        example("0.81 (sqrt(1 + ((a - y)/0.9)^2) - 1)",
                []<class S>(const S& a, const S& y) -> S {
                    return S(0.81) * (sqrt(S(1) + pow((a - y) / S(0.9), 2)) - S(1));
                }),
        example("max(0, 1 - a y)", []<class S>(const S& a, const S& y) -> S { return max(S(0), S(1) - a * y); }),
        example("abs(a - y)", []<class S>(const S& a, const S& y) -> S { return abs(a - y); }),
        example("(y - a if a < y, else a - y)",
                []<class S>(const S& a, const S& y) -> S { return a < y ? S(y - a) : S(a - y); }),
        // A second question that the first one answered is not asked again.
        example("(0 if a < y, 2 a if y < a, else y)",
                []<class S>(const S& a, const S& y) -> S {
                    return a < y ? S(0) : y < a && !(a < y) ? S(a + a) : S(y);
                }),
        example("(a if a < y and y < 0, -a if a < y, else y)",
                []<class S>(const S& a, const S& y) -> S {
                    if (a >= y) return y;
                    return y < S(0) ? a : -a;
                }),
        // What is written alike on both sides is no case.
        example("-log(1 - a)",
                []<class S>(const S& a, const S&) -> S { return a < S(0.5) ? S(-log1p(-a)) : S(-log(S(1) - a)); }),
        example("(4 if a < y, else 3)",
                []<class S>(const S& a, const S& y) -> S {
                    S sum = S(0);
                    for (S n = S(0); n < S(3); n += S(1)) sum += S(1);
                    return a < y ? S(sum + S(1)) : sum;
                }),
    };
}

BOOST_AUTO_TEST_SUITE(formulas)

BOOST_AUTO_TEST_CASE(code_is_written_as_it_computes) {
    std::size_t checked = 0;
    for (const auto& [text, code, written] : examples()) {
        const WrittenFormula formula = write_down(written, "a", "y");
        const std::string whole = formula.factor == 1    ? formula.text
                                  : formula.factor == -1 ? "-" + formula.text
                                                         : written_number(formula.factor) + " " + formula.text;
        BOOST_TEST(whole == text, "written as " << whole << ", not " << text);
        for (const double a : {-1.5, -0.25, 0.5, 2.0, 3.0})
            for (const double y : {-2.0, -0.25, 0.75, 2.0}) {
                const double expected = code(a, y);
                if (!std::isfinite(expected)) continue;
                BOOST_TEST(agrees(value_by_formula(whole, a, y), expected),
                           whole << " at a = " << a << ", y = " << y << " is " << value_by_formula(whole, a, y)
                                 << ", the code gives " << expected);
                ++checked;
            }
    }
    BOOST_TEST(checked > 200U);
}

BOOST_AUTO_TEST_CASE(a_number_made_of_parameters_is_written_as_it_is_meant) {
    BOOST_TEST(written_number(1 - 0.9) == "1/10");
    BOOST_TEST(written_number(0.1 + 0.2) == "0.3");
    BOOST_TEST(written_number(-0.25) == "-1/4");
    BOOST_TEST(written_number(0.12345678901234568) == "0.12345678901234568");
}

BOOST_AUTO_TEST_CASE(what_compares_without_end_is_refused) {
    const auto endless = [](const Written& a, const Written& y) {
        Written sum = a;
        while (sum < y) sum += a;
        return sum;
    };
    BOOST_CHECK_THROW(write_down(endless, "a", "y"), std::length_error);
}

BOOST_AUTO_TEST_CASE(the_reader_refuses_what_is_no_formula, *boost::unit_test::label("negative")) {
    for (const std::string text : {"", "a -", "(a - y", "huber(a, y)", "a ? y", "b", "(a if a < y, y)", "a^"})
        BOOST_CHECK_THROW(value_by_formula(text, 1, 2), std::exception);
    BOOST_TEST(value_by_formula("-a^2 + 2 y/(4 a) - (1 if y < a, else 7)", 1, 2) == -7);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_formula_cases() {
    for (const AnyLoss& loss : all_losses()) {
        add_case(fmt::format("losses/{}/formula_is_the_cost", name_of(loss)),
                 [loss] { the_formula_is_the_cost(loss); });
        add_case(fmt::format("losses/{}/wrong_formula_is_not_the_cost", name_of(loss)),
                 [loss] { a_wrong_formula_is_not_the_cost(loss); }, {"negative"});
    }
}

}  // namespace gradproof::checks
