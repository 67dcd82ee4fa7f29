// SPDX-License-Identifier: MIT
#include "diagnosis/report.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stop_token>

#include "diagnosis/catalogue.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "program/check.hpp"
#include "program/output.hpp"
#include "tests/diagnosis/examples.hpp"
#include "tests/support/unfolded.hpp"

namespace gradproof::diagnosis {
namespace {

Diagnosis diagnosis_of(const std::function<void(Gradients<double>&)>& change) {
    const Example e = example();
    Gradients<double> g = e.right;
    change(g);
    return diagnose(submitted(e, g, false));
}

void has(const std::string& text, const std::string& expected) {
    BOOST_TEST_INFO(text);
    BOOST_TEST(checks::unfolded(text).find(checks::unfolded(expected)) != std::string::npos);
}

namespace report_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(report)

BOOST_AUTO_TEST_CASE(the_text) {
    const std::string wrong = report_text(diagnosis_of([](auto& g) { g.dW[2] *= 5; }));
    has(wrong, "backward pass: refuted");
    has(wrong, "first wrong step: dW2");
    has(wrong, "missing-mean at dW2");
    has(wrong, "looks like  dW2 = dZ2 @ A1.T");
    has(wrong, "Read derivations/network.md (dW)");
    const std::string right = report_text(diagnosis_of([](auto&) {}));
    has(right, "backward pass: confirmed");
    BOOST_TEST(right.find("diagnosis") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_json) {
    const std::string wrong = report_json(diagnosis_of([](auto& g) { g.dW[2] *= 5; }));
    has(wrong, R"("verdict": "refuted")");
    has(wrong, R"("mistake": "missing-mean")");
    has(wrong, R"("layer": 2)");
    has(wrong, R"("index": [)");
    const std::string nan = report_json(diagnosis_of([](auto& g) { g.dW[2](0, 1) = std::nan(""); }));
    has(nan, R"("yours": "nan")");
    BOOST_TEST(nan.find("null") == std::string::npos);
}

// J of the file's own convention and lambda, in the second line and in the JSON.
BOOST_AUTO_TEST_CASE(the_formula_of_J) {
    const auto lines_of = [](const Diagnosis& diagnosis) {
        const std::string text = report_text(diagnosis, {.verbose = true});
        const auto first = text.find('\n');
        return std::pair(text.substr(0, first), text.substr(first + 1, text.find('\n', first + 1) - first - 1));
    };
    const std::string loss = "J = -1/m sum over examples of sum over outputs of (y log(a) + (1 - y) log(1 - a))";
    BOOST_TEST(lines_of(diagnosis_of([](auto&) {})).first == "backward pass: confirmed");
    BOOST_TEST(lines_of(diagnosis_of([](auto&) {})).second == loss + ", m = 5");
    BOOST_TEST(lines_of(diagnosis_of([](auto& g) { g.dW[2] *= 5; })).second == loss + ", m = 5");
    const Diagnosis plain = diagnosis_of([](auto&) {});
    has(report_json(plain), "\"formula\": \"" + loss + ", m = 5\"");
    has(report_json(plain), R"("factor": -1.0)");
    has(report_json(plain), "\"term\": \"(y log(a) + (1 - y) log(1 - a))\"");
    has(report_json(plain), R"("over_examples": "mean")");
    has(report_json(plain), R"("over_outputs": "sum")");
    BOOST_TEST(report_json(plain).find("\"l2\"") == std::string::npos);

    const Example e = example(0.1);
    Submission s = submitted(e, e.right, false);
    BOOST_TEST(lines_of(diagnose(s)).second == loss + " + lambda/(2m) sum of squared weights, lambda = 0.1, m = 5");
    has(report_json(diagnose(s)), "\"scale\": \"lambda/(2m)\"");
    // As --lambda 0.02 is read with these conventions.
    s.scaling = {.lambda = 0.02, .l2 = L2Scale::lambda_over_2};
    s.network.lambda = in_course_scale(0.02, L2Scale::lambda_over_2, s.m());
    BOOST_TEST(lines_of(diagnose(s)).second == loss + " + lambda/2 sum of squared weights, lambda = 0.02, m = 5");
    has(report_json(diagnose(s)), R"("lambda": 0.02)");
}

// One neuron with half of the gradient that its own cost, mean((a - y)^2), has.
BOOST_AUTO_TEST_CASE(half_of_the_stated_costs_gradient) {
    Example e = example();
    e.network.layers = {e.network.layers.front()};
    e.network.layers[0].activation = Sigmoid{};
    e.network.loss = SquaredError{};
    e.Y = Tensor::Constant(4, 5, 0.25);
    e.cache = forward(e.network, e.X);
    e.right = right_gradients(e.network, e.cache, e.Y);
    auto arrays = arrays_of(e);
    const double J = cost(e.network, e.cache, e.Y);
    const Declaration declared{
        .hidden = {}, .output = "sigmoid", .loss = "squared_error", .lambda = 0, .convention = std::nullopt};
    const auto with_cost = [&](double cost) {
        auto with = arrays;
        with.push_back(array("cost", Tensor::Constant(1, 1, cost)));
        return diagnose(make_submission(with, "mine.npz", declared));
    };
    const std::string formula = "J = 1/m sum over examples of 1/2 sum over outputs of (a - y)^2, m = 5\n";
    // What a usual reading of the loss gives is read so, and the gradient is then half of what it should be.
    const Diagnosis twice = with_cost(2 * J);
    BOOST_TEST((twice.outcome() == checks::Outcome::refuted));
    BOOST_TEST(report_text(twice).starts_with(
        fmt::format("mine.npz: refuted\nJ = 1/m sum over examples of sum over outputs of (a - y)^2, m = 5\n"
                    "the cost in the file is J: {:.12g}\n",
                    2 * J)));
    has(report_text(twice), "the reading of the cost is the one that gives the cost in the file");
    has(report_text(twice), "constant-factor of every gradient (0.5)");
    has(report_json(twice), R"("given_is_J": true)");
    const Diagnosis other = with_cost(2.3 * J);
    BOOST_TEST((other.outcome() == checks::Outcome::refuted));
    BOOST_TEST(
        report_text(other).starts_with("mine.npz: refuted\n" + formula + "the cost in the file is not J: it is "));
    has(report_text(other), "diagnosis: every gradient is right for J, but the cost in the file is another one");
    has(report_json(other), R"("verdict": "refuted")");
    has(report_json(other), R"("given_is_J": false)");
    has(report_json(other), R"("tensor": "cost")");
    const Diagnosis right = with_cost(J);
    BOOST_TEST((right.outcome() == checks::Outcome::confirmed));
    BOOST_TEST(report_text(right).starts_with("mine.npz: confirmed\n" + formula + "the cost in the file is J: "));
    has(report_json(right), R"("given_is_J": true)");
}

// Whatever is wrong or open, the first line, the JSON and the exit status say the same.
BOOST_AUTO_TEST_CASE(the_first_line_and_the_exit_status_agree) {
    using checks::Outcome;
    std::size_t checked = 0;
    for (const Outcome gradients : {Outcome::confirmed, Outcome::undecided, Outcome::refuted})
        for (const bool stale : {false, true})
            for (const int cost : {0, 1, 2}) {  // not stated, J, another
                Diagnosis diagnosis;
                diagnosis.file = "mine.npz";
                diagnosis.tensors = {{.name = "dW1", .outcome = gradients, .entries = 1}};
                if (stale) diagnosis.cache = {{"Z1", "is not W1 A0 + b1"}};
                if (cost > 0) diagnosis.cost = {.given = 1, .computed = 1, .difference = cost == 2 ? "another" : ""};
                const Outcome expected = stale || cost == 2 ? Outcome::refuted : gradients;
                const int status = expected == Outcome::confirmed ? 0 : expected == Outcome::refuted ? 1 : 3;
                const std::string word(checks::name_of(expected));
                BOOST_TEST(program::status_of(diagnosis.outcome()) == status);
                BOOST_TEST(report_text(diagnosis).starts_with("mine.npz: " + word + "\n"));
                has(report_json(diagnosis), "\"verdict\": \"" + word + "\",\n  \"formula\"");
                ++checked;
            }
    BOOST_TEST(checked == 18u);
}

// One relu unit, whose first three examples lie on the kink and pull to different sides: the cost's are 0 and 3/4.
Diagnosis diagnosis_at_kink(double db1) {
    Submission s;
    s.file = "at a kink";
    const Tensor one = Tensor::Ones(1, 1);
    s.network = {.layers = {{{one, Vector<double>::Zero(1)}, Relu{}}, {{one, Vector<double>::Zero(1)}, Identity{}}},
                 .loss = SquaredError{}};
    s.X = (Tensor(1, 4) << 0, 0, 0, -1).finished();
    s.Y = (Tensor(1, 4) << 1, -2, -2, 5).finished();
    s.cache.Z.resize(3);
    s.cache.A.resize(3);
    s.gradients = empty_gradients(2);
    s.gradients.db[1] = Vector<double>::Constant(1, db1);
    return diagnose(s);
}

BOOST_AUTO_TEST_CASE(the_interval_at_a_kink) {
    const Diagnosis between = diagnosis_at_kink(0.375);
    BOOST_TEST((between.outcome() == checks::Outcome::confirmed));
    has(report_text(between), "db1: numerical 0 .. 0.75");
    has(report_text(between), "1 of 1 entries at a kink, as with relu'(0) = 0.5");
    has(report_json(between), R"("at_kinks": 1)");
    const Diagnosis beyond = diagnosis_at_kink(1);
    BOOST_TEST((beyond.outcome() == checks::Outcome::refuted));
    has(report_text(beyond), "db1: numerical 0 .. 0.75");
    has(report_text(beyond), "at a kink: neither between the one-sided derivatives nor by any one slope there");
    BOOST_TEST(report_json(beyond).find("interval") != std::string::npos);
    // Away from kinks there is no interval.
    BOOST_TEST(report_json(diagnosis_of([](auto&) {})).find("interval") == std::string::npos);
}

// The exit status of `gradproof check`, with what it prints sent away.
int status(const std::string& file, const std::string& output = "sigmoid") {
    return program::run_check({.file = file,
                               .hidden = "tanh",
                               .output = output,
                               .loss = "binary_cross_entropy",
                               .lambda = 0,
                               .convention = "",
                               .layers = "",
                               .json = ""});
}

BOOST_AUTO_TEST_CASE(the_exit_status) {
    BOOST_TEST(status("checks/examples/right.npz") == 0);
    BOOST_TEST(status("checks/examples/wrong.npz") == 1);
    BOOST_TEST(status("checks/examples/no_such_file.npz") == 2);
    BOOST_TEST(status("checks/examples/numpy_network.py") == 2);
    BOOST_TEST(status("checks/tests/diagnosis/npz/fixtures/numpy_single.npy") == 2);
    BOOST_TEST(status("checks/tests/diagnosis/npz/fixtures/numpy_objects.npz") == 2);
    BOOST_TEST(status("checks/examples/right.npz", "tanh") == 2);
}

// Right gradients, and a check that was stopped before it began: nothing is confirmed.
BOOST_AUTO_TEST_CASE(a_stopped_check) {
    const Example e = example();
    std::stop_source stop;
    stop.request_stop();
    const Diagnosis stopped = diagnose(submitted(e, e.right, true), {.stop = stop.get_token()});
    BOOST_TEST(stopped.stopped());
    BOOST_TEST((stopped.outcome() == checks::Outcome::undecided));
    BOOST_TEST(stopped.explanations.empty());
    has(report_text(stopped), "stopped: 0 of ");
    has(report_text(stopped), "dW1    not checked");
    has(report_json(stopped), R"("remark": "not checked")");
    // What is not even a number needs no differences to be refuted.
    Gradients<double> g = e.right;
    g.dW[2](0, 1) = std::nan("");
    BOOST_TEST((diagnose(submitted(e, g, true), {.stop = stop.get_token()}).outcome() == checks::Outcome::refuted));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace report_suite

}  // namespace
}  // namespace gradproof::diagnosis
