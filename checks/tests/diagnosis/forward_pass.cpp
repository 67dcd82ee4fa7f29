// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "diagnosis/cache_check.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "tests/diagnosis/examples.hpp"

namespace gradproof::diagnosis {
namespace {

Submission with_cache(const Example& e) {
    Submission s = submitted(e, e.right, false);
    s.cache = e.cache;
    s.cost = cost(e.network, e.cache, e.Y);
    return s;
}

void says(const Submission& s, const std::string& tensor, const std::string& expected) {
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST_REQUIRE(!diagnosis.cache.empty());
    BOOST_TEST(diagnosis.cache[0].tensor == tensor);
    BOOST_TEST_INFO(diagnosis.cache[0].text);
    BOOST_TEST(diagnosis.cache[0].text.find(expected) != std::string::npos);
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
}

namespace forward_pass_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(forward_pass)

BOOST_AUTO_TEST_CASE(a_consistent_one_is_accepted) {
    const Diagnosis diagnosis = diagnose(with_cache(example(0.5)));
    BOOST_TEST(diagnosis.cache.empty());
    BOOST_TEST(diagnosis.cache_checked == 7u);  // A0, three Z, three A
    BOOST_TEST_REQUIRE(diagnosis.cost.has_value());
    BOOST_TEST(diagnosis.cost->is_J());
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::confirmed));
}

BOOST_AUTO_TEST_CASE(each_fault_is_told_at_its_place) {
    const Example e = example(0.5);
    Submission s = with_cache(e);
    s.cache.Z[1].colwise() -= e.network.layer(1).dense.b;
    says(s, "Z1", "the bias was not added");

    s = with_cache(e);
    s.cache.A[2] = activate(Sigmoid{}, e.cache.Z[2]);
    says(s, "A2", "it is sigmoid of Z");

    s = with_cache(e);
    s.cache.A[1] = activate(Tanh{}, e.cache.A[1]);
    says(s, "A1", "the activation was applied twice");

    s = with_cache(e);
    s.cache.A[1] /= 0.8;
    s.cache.A[1].row(2).setZero();
    says(s, "A1", "dropout is on (5 entries are 0, the others divided by 0.8)");

    s = with_cache(e);
    s.cache.A[3](0, 0) += 1e-9;
    says(s, "A3", "[0, 0] is");

    s = with_cache(e);
    s.cache.A[0](1, 1) += 1;
    says(s, "A0", "is not X");
}

// One stale tensor is told once; what follows from it is right for it.
BOOST_AUTO_TEST_CASE(what_follows_from_a_fault_is_not_blamed) {
    Submission s = with_cache(example());
    s.cache.Z[1] *= 1.5;
    s.cache.A[1] = activate(Tanh{}, s.cache.Z[1]);
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST_REQUIRE(diagnosis.cache.size() == 2u);
    BOOST_TEST(diagnosis.cache[0].tensor == "Z1");
    BOOST_TEST(diagnosis.cache[1].tensor == "Z2");
}

BOOST_AUTO_TEST_CASE(gradients_that_are_right_for_a_stale_cache) {
    const Example e = example();
    Example older = e;
    older.network.layer(1).dense.W *= 0.9;
    older.cache = forward(older.network, older.X);
    Cache<double> stale = older.cache;
    Submission s = submitted(e, right_gradients(e.network, stale, e.Y), false);
    s.cache = stale;
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    BOOST_TEST(diagnosis.cache.at(0).tensor == "Z1");
    BOOST_TEST(diagnosis.explanations.empty());
}

// Every gradient is right, and only the stated cost is not J.
void says_of_cost(const Submission& s, const std::string& expected) {
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST_REQUIRE(diagnosis.cost.has_value());
    BOOST_TEST_INFO(diagnosis.cost->difference);
    BOOST_TEST(diagnosis.cost->difference.find(expected) != std::string::npos);
    BOOST_TEST((diagnosis.gradients() == checks::Outcome::confirmed));
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    BOOST_TEST(diagnosis.cache.empty());
    BOOST_TEST(diagnosis.explanations.empty());
}

BOOST_AUTO_TEST_CASE(the_cost) {
    const Example e = example(0.5);
    const double L2 = 0.5 / 10 * squared_weights(e.network);
    const double J = *with_cache(e).cost;
    const auto with_cost = [&e](double cost) {
        Submission s = with_cache(e);
        s.cost = cost;
        return s;
    };
    says_of_cost(with_cost(J - L2), "it lacks the regularisation");
    says_of_cost(with_cost(J + L2), "lacks the 1/2");
    says_of_cost(with_cost(J + 4 * L2), "m times as large");
    says_of_cost(with_cost(J - L2 + L2 / 5), "divided by m once more");
    says_of_cost(with_cost(5 * J), "the sum over the examples");
    says_of_cost(with_cost((J - L2) / 2 + L2), "a mean over the output units too");
    says_of_cost(with_cost(2 * (J - L2) + L2), "its loss is twice as large");
    says_of_cost(with_cost(J + 1e-10), "another loss");
    says_of_cost(with_cost(std::nan("")), "another loss");
}

// With two examples and nothing else to tell them apart, the sum and twice the mean are the same number.
BOOST_AUTO_TEST_CASE(a_cost_of_several_readings_lists_them) {
    Example e = example();
    e.X = e.X.leftCols(2).eval();
    e.Y = e.Y.leftCols(2).eval();
    e.cache = forward(e.network, e.X);
    e.right = right_gradients(e.network, e.cache, e.Y);
    Submission s = with_cache(e);
    *s.cost *= 2;
    says_of_cost(s, "its loss is twice as large; or it is the sum over the examples, not their mean");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace forward_pass_suite

}  // namespace
}  // namespace gradproof::diagnosis
