// SPDX-License-Identifier: MIT
//
// Cases proof/symbols: what the field of formulas knows, and what it refuses to guess.
#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "notes/algebra/branches.hpp"
#include "notes/algebra/field.hpp"
#include "notes/algebra/prover.hpp"

namespace gradproof::proof {
namespace {

void expect_equal(const Symbol& left, const Symbol& right) {
    const Proof proof = prove_equal(left, right);
    BOOST_TEST((proof.status == Proof::Status::proved), proof.text);
}

void expect_refuted(const Symbol& left, const Symbol& right) {
    const Proof proof = prove_equal(left, right);
    BOOST_TEST((proof.status == Proof::Status::refuted), proof.text);
}

Symbol sigmoid(const Symbol& z) {
    return Symbol(1) / (Symbol(1) + exp(-z));
}

namespace symbol_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(symbols)

BOOST_AUTO_TEST_CASE(exponentials) {
    Field field;
    const Symbol x = field.symbol("x");
    const Symbol y = field.symbol("y");
    expect_equal(exp(x) * exp(y), exp(x + y));
    expect_equal(exp(x / Symbol(3)) * exp(x / Symbol(6)), sqrt(exp(x)));
    expect_equal(exp(x - y) * exp(y - x), Symbol(1));
    expect_refuted(exp(x) + exp(y), exp(x + y));
}

// e^{2x} is there before e^x, and 1 + e^{2x} has been divided by, so the field has to change its generators twice.
BOOST_AUTO_TEST_CASE(finer_exponentials) {
    Field field;
    const Symbol x = field.symbol("x");
    const Symbol t = tanh(x);
    const Symbol l = log1p(exp(Symbol(2) * x));
    const Symbol s = sigmoid(x);
    expect_equal(t, Symbol(2) * s * s / (s * s + (Symbol(1) - s) * (Symbol(1) - s)) - Symbol(1));
    expect_equal(l, log(exp(Symbol(2) * x) + Symbol(1)));
    expect_equal(field.derivative(l, x), Symbol(1) + t);
    expect_equal(t, Symbol(2) * sigmoid(Symbol(2) * x) - Symbol(1));
}

BOOST_AUTO_TEST_CASE(logarithms) {
    Field field;
    const Symbol p = field.symbol("p", Domain::positive);
    const Symbol a = field.symbol("a", Domain::unit_interval);
    const Symbol x = field.symbol("x");
    expect_equal(log(p * a), log(p) + log(a));
    expect_equal(log(a / (Symbol(1) - a)), log(a) - log(Symbol(1) - a));
    expect_equal(exp(log(p) * Symbol(2)), p * p);
    expect_equal(log(Symbol(12)), Symbol(2) * log(Symbol(2)) + log(Symbol(3)));
    expect_equal(log(sigmoid(x)), -log1p(exp(-x)));
    expect_equal(field.derivative(log(x), x), Symbol(1) / x);
    BOOST_CHECK_THROW(log(-p), std::domain_error);
    BOOST_CHECK_THROW(log(Symbol(0)), std::domain_error);
    // log(x y) = log x + log y needs both to be positive, and nothing says so.
    const Symbol y = field.symbol("y");
    BOOST_TEST((prove_equal(log(x * y), log(x) + log(y)).status != Proof::Status::proved));
}

BOOST_AUTO_TEST_CASE(other_functions) {
    Field field;
    const Symbol x = field.symbol("x");
    expect_equal(sin(x) * sin(x) + cos(x) * cos(x), Symbol(1));
    expect_equal(field.derivative(sin(x), x), cos(x));
    expect_equal(field.derivative(atan(x), x), Symbol(1) / (Symbol(1) + x * x));
    expect_equal(field.derivative(erf(x), x), Symbol(2) / root_of_pi() * exp(-x * x));
    expect_equal(sqrt(Symbol(2)) * sqrt(Symbol(8)), Symbol(4));
    expect_equal(cosh(x) * cosh(x) - sinh(x) * sinh(x), Symbol(1));
    expect_refuted(field.derivative(cos(x), x), sin(x));
    BOOST_CHECK_THROW(lgamma(x), UnsupportedFunction);
}

BOOST_AUTO_TEST_CASE(square_roots) {
    Field field;
    const Symbol x = field.symbol("x");
    const Symbol y = field.symbol("y");
    const Symbol p = field.symbol("p", Domain::positive);
    const Symbol v = x * x + p;
    const Symbol r = Symbol(1) / sqrt(v);
    expect_equal(sqrt(v) * sqrt(v), v);
    expect_equal(r * r, Symbol(1) / v);
    expect_equal(sqrt(p) * sqrt(v), sqrt(p * v));
    expect_equal(sqrt(v / Symbol(4)), sqrt(v) / Symbol(2));
    expect_equal(sqrt(p * p * v), p * sqrt(v));
    expect_equal(Symbol(1) / (sqrt(v) - x), (sqrt(v) + x) / p);
    expect_equal(field.derivative(sqrt(v), x), x * r);
    expect_equal(field.derivative(r, x), -x * r * r * r);
    expect_equal(field.derivative(r, p), -r * r * r / Symbol(2));
    expect_refuted(field.derivative(r, x), -x * r * r);
    expect_refuted(sqrt(v), x + sqrt(p));
    // Where there is a root, its square is the number, also where nothing says that it is positive. But then the root
    // is not known to be positive either.
    expect_equal(sqrt(y) * sqrt(y), y);
    BOOST_TEST(field.is_positive(sqrt(v)));
    BOOST_TEST(!field.is_positive(sqrt(y)));
    BOOST_TEST(!field.is_not_zero(sqrt(y)));
    expect_equal(sqrt(x * x + y * y) * sqrt(v), sqrt((x * x + y * y) * v));
    // The root of a square is a number without its sign, and that of a product no product.
    BOOST_CHECK_THROW(sqrt(y * y), std::domain_error);
    BOOST_CHECK_THROW(sqrt(x * y), std::domain_error);
    // A root below a root: the two need not be independent.
    BOOST_CHECK_THROW(sqrt(Symbol(1) + sqrt(v)), std::domain_error);
}

BOOST_AUTO_TEST_CASE(numbers) {
    const Field field;
    BOOST_TEST((Symbol(0.1) != Symbol(1) / Symbol(10)));  // exact values of doubles
    expect_equal(Symbol(0.5), Symbol(1) / Symbol(2));
    expect_equal(Symbol(0x1p-1074) * Symbol(0x1p1023) * Symbol(0x1p51), Symbol(1));
    const double infinite = std::numeric_limits<double>::infinity();
    const double not_a_number = std::numeric_limits<double>::quiet_NaN();
    BOOST_CHECK_THROW(Symbol{infinite}, std::invalid_argument);
    BOOST_CHECK_THROW(Symbol{not_a_number}, std::invalid_argument);
    BOOST_CHECK_THROW(Symbol(1) / Symbol(0), std::domain_error);
    BOOST_TEST((Symbol(1) < Symbol(2)));
}

BOOST_AUTO_TEST_CASE(comparisons_do_not_guess) {
    Field field;
    const Symbol z = field.symbol("z");
    BOOST_CHECK_THROW(Relu{}.value(z), UndecidedBranch);
    BOOST_CHECK_THROW(Sigmoid{}.value(z), UndecidedBranch);
    BOOST_CHECK_THROW(static_cast<void>(z == Symbol(0)), UndecidedBranch);
    {
        const Assumption right = assume_positive(z);
        expect_equal(Relu{}.value(z), z);
        BOOST_TEST((Symbol(-3) * z < Symbol(0)));
        BOOST_CHECK_THROW(static_cast<void>(z < Symbol(1)), UndecidedBranch);
    }
    BOOST_CHECK_THROW(Relu{}.value(z), UndecidedBranch);
    {
        const Assumption kink = assume_zero(z - Symbol(2));
        expect_equal(z * z, Symbol(4));
        BOOST_TEST((Symbol(1) < z));
    }
    const Symbol x = field.symbol("x");
    BOOST_TEST((Symbol(0) < x * x + exp(x)));
    BOOST_CHECK_THROW(static_cast<void>(Symbol(0) < x * x), UndecidedBranch);
}

BOOST_AUTO_TEST_CASE(branches) {
    Field field;
    const Symbol z = field.symbol("z");
    const Symbol y = field.symbol("y");
    const auto two = [&] { static_cast<void>(std::pair(Relu{}.value(z), Relu{}.value(y))); };
    BOOST_TEST(for_each_branch(two) == 4U);
    BOOST_TEST(for_each_branch(two, {.with_ties = true}) == 9U);
    BOOST_CHECK_THROW(for_each_branch(two, {.limit = 3}), std::length_error);
    BOOST_TEST(field.assumptions().empty());
}

BOOST_AUTO_TEST_CASE(capacity) {
    Field field(1);
    const Symbol z = field.symbol("z");
    BOOST_CHECK_THROW(exp(z), FieldFull);
    BOOST_CHECK_THROW(field.symbol("x"), FieldFull);
}

BOOST_AUTO_TEST_CASE(no_field) {
    BOOST_CHECK_THROW(Symbol(1), std::logic_error);
}

// What is nowhere 0, or nowhere negative, beside its likes that are somewhere.
BOOST_AUTO_TEST_CASE(signs) {
    Field field;
    const Symbol x = field.symbol("x");
    const Symbol y = field.symbol("y");
    const Symbol one(1);
    const Symbol two(2);
    BOOST_TEST(field.is_positive(x * x - two * x + two));
    BOOST_TEST(!field.is_positive(x * x - two * x + one));
    BOOST_TEST(!field.is_nonnegative(x * x - two * x));
    BOOST_TEST(field.is_positive(x * x + x * y + y * y + one));
    BOOST_TEST(!field.is_positive(x * x + two * x * y + one));
    BOOST_TEST(!field.is_positive(x * x + x * y + y * y));
    BOOST_TEST(field.is_positive(-(x * x) + x * y - y * y - one) == false);
    BOOST_TEST(field.is_not_zero(-(x * x) + x * y - y * y - one));
    const Symbol u = erf(x);
    BOOST_TEST(field.is_positive(one - u * u));
    BOOST_TEST(field.is_positive(two + u));
    BOOST_TEST(!field.is_not_zero(one - two * u));
    BOOST_TEST(!field.is_not_zero(u));
    BOOST_TEST(!field.is_not_zero(exp(x) - one));
    BOOST_TEST(!field.is_not_zero(exp(x) - two));
    BOOST_TEST(!field.is_not_zero(x));
    {
        const Assumption positive(x, 1);
        BOOST_TEST(field.is_positive(u));
        BOOST_TEST(field.is_positive(one - u));
        BOOST_TEST(!field.is_not_zero(one - two * u));
        BOOST_TEST(field.is_positive(exp(x) - one));
        BOOST_TEST(field.is_positive(sigmoid(x) - Symbol(0.5)));
        BOOST_TEST(field.is_positive(x * x + y * y));
        BOOST_TEST(!field.is_positive(x + y));
        const Assumption too(y, 1);
        BOOST_TEST(field.is_positive(x + y));
        BOOST_TEST(!field.is_not_zero(x - y));
    }
    {
        const Assumption negative(x, -1);
        BOOST_TEST(field.is_positive(-u));
        BOOST_TEST(field.is_positive(one + u));
        BOOST_TEST(field.is_positive(one - exp(x)));
        BOOST_TEST(!field.is_positive(u));
    }
    BOOST_TEST(!field.has_contradiction());
    {
        const Assumption positive(x, 1);
        const Assumption vanishes(x, 0);
        BOOST_TEST(field.has_contradiction());
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace symbol_suite

}  // namespace
}  // namespace gradproof::proof
