// SPDX-License-Identifier: MIT
#include "mistakes/report.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <stop_token>

#include "all.hpp"
#include "cases/tree.hpp"
#include "cli/check_command.hpp"
#include "examples.hpp"
#include "mistakes/catalogue.hpp"

namespace gradproof::mistakes {
namespace {

Diagnosis diagnosis_of(const std::function<void(Gradients<double>&)>& change) {
    const Example e = example();
    Gradients<double> g = e.right;
    change(g);
    return diagnose(submitted(e, g, false));
}

void has(const std::string& text, const std::string& expected) {
    BOOST_TEST_INFO(text);
    BOOST_TEST(text.find(expected) != std::string::npos);
}

void the_text() {
    const std::string wrong = report_text(diagnosis_of([](auto& g) { g.dW[2] *= 5; }));
    has(wrong, "backward pass: refuted");
    has(wrong, "first wrong step: dW2");
    has(wrong, "missing-mean at dW2");
    has(wrong, "looks like  dW2 = dZ2 @ A1.T");
    has(wrong, "read derivations/network.md (dW)");
    const std::string right = report_text(diagnosis_of([](auto&) {}));
    has(right, "backward pass: confirmed");
    BOOST_TEST(right.find("diagnosis") == std::string::npos);
}

void the_json() {
    const std::string wrong = report_json(diagnosis_of([](auto& g) { g.dW[2] *= 5; }));
    has(wrong, R"("verdict": "refuted")");
    has(wrong, R"("mistake": "missing-mean")");
    has(wrong, R"("layer": 2)");
    has(wrong, R"("index": [)");
    const std::string nan = report_json(diagnosis_of([](auto& g) { g.dW[2](0, 1) = std::nan(""); }));
    has(nan, R"("yours": "nan")");
    BOOST_TEST(nan.find("null") == std::string::npos);
}

// One relu unit, whose first three examples lie on the kink and pull to different sides: the cost's are 0 and 3/4.
Diagnosis diagnosis_at_kink(double db1) {
    Submission s;
    s.file = "at a kink";
    const Tensor one = Tensor::Ones(1, 1);
    s.network = {.layers = {{one, Vector<double>::Zero(1), Relu{}}, {one, Vector<double>::Zero(1), Identity{}}},
                 .loss = SquaredError{}};
    s.X = (Tensor(1, 4) << 0, 0, 0, -1).finished();
    s.Y = (Tensor(1, 4) << 1, -2, -2, 5).finished();
    s.cache.Z.resize(3);
    s.cache.A.resize(3);
    s.gradients = empty_gradients(2);
    s.gradients.db[1] = Vector<double>::Constant(1, db1);
    return diagnose(s);
}

void the_interval_at_a_kink() {
    const Diagnosis between = diagnosis_at_kink(0.375);
    BOOST_TEST((between.outcome() == checks::Outcome::confirmed));
    has(report_text(between), " 0 .. 0.75 ");
    has(report_text(between), "1 of 1 entries at a kink, as with relu'(0) = 0.5");
    has(report_json(between), R"("at_kinks": 1)");
    const Diagnosis beyond = diagnosis_at_kink(1);
    BOOST_TEST((beyond.outcome() == checks::Outcome::refuted));
    has(report_text(beyond), " 0 .. 0.75 ");
    has(report_text(beyond), "at a kink: neither between the one-sided derivatives nor by any one slope there");
    BOOST_TEST(report_json(beyond).find("interval") != std::string::npos);
    // Away from kinks there is no interval.
    BOOST_TEST(report_json(diagnosis_of([](auto&) {})).find("interval") == std::string::npos);
}

void a_wrong_line_carries_its_own_layer() {
    const auto line = [](std::string_view numpy, Step step, std::size_t l) {
        Finding finding;
        finding.place = {step, l};
        finding.numpy = numpy;
        return numpy_line(finding);
    };
    BOOST_TEST(line("dW1 = dZ1 @ X.T", Step::dW, 1) == "dW1 = dZ1 @ X.T");
    BOOST_TEST(line("dW1 = dZ1 @ X.T", Step::dW, 3) == "dW3 = dZ3 @ A2.T");
    BOOST_TEST(line("db1 = np.sum(dZ1, axis=1)", Step::db, 2) == "db2 = np.sum(dZ2, axis=1)");
    BOOST_TEST(line("dZ2 = A2 - (1 - Y)", Step::dZ_output, 4) == "dZ4 = A4 - (1 - Y)");
    BOOST_TEST(line("dZ1 = dA1 * (1 - A1**2)", Step::dZ, 12) == "dZ12 = dA12 * (1 - A12**2)");
}

// The exit status of `gradproof check`, with what it prints sent away.
int status(const std::string& file, const std::string& output = "sigmoid") {
    return cli::run_check({.file = file,
                           .hidden = "tanh",
                           .output = output,
                           .loss = "binary_cross_entropy",
                           .lambda = 0,
                           .convention = "",
                           .layers = "",
                           .json = ""});
}

void the_exit_status() {
    BOOST_TEST(status("checks/examples/right.npz") == 0);
    BOOST_TEST(status("checks/examples/wrong.npz") == 1);
    BOOST_TEST(status("checks/examples/no_such_file.npz") == 2);
    BOOST_TEST(status("checks/examples/numpy_network.py") == 2);
    BOOST_TEST(status("checks/npz/fixtures/numpy_single.npy") == 2);
    BOOST_TEST(status("checks/npz/fixtures/numpy_objects.npz") == 2);
    BOOST_TEST(status("checks/examples/right.npz", "tanh") == 2);
}

// Right gradients, and a check that was stopped before it began: nothing is confirmed.
void a_stopped_check() {
    const Example e = example();
    std::stop_source stop;
    stop.request_stop();
    const Diagnosis stopped = diagnose(submitted(e, e.right, true), {.stop = stop.get_token()});
    BOOST_TEST(stopped.stopped());
    BOOST_TEST(stopped.exit_status() == 3);
    BOOST_TEST(stopped.explanations.empty());
    has(report_text(stopped), "stopped: 0 of ");
    has(report_text(stopped), "dW1    not checked");
    has(report_json(stopped), R"("remark": "not checked")");
    // What is not even a number needs no differences to be refuted.
    Gradients<double> g = e.right;
    g.dW[2](0, 1) = std::nan("");
    BOOST_TEST(diagnose(submitted(e, g, true), {.stop = stop.get_token()}).exit_status() == 1);
}

}  // namespace

void add_report_cases() {
    using checks::add_case;
    add_case("mistakes/report/the_text", the_text);
    add_case("mistakes/report/the_json", the_json);
    add_case("mistakes/report/the_interval_at_a_kink", the_interval_at_a_kink);
    add_case("mistakes/report/a_wrong_line_carries_its_own_layer", a_wrong_line_carries_its_own_layer);
    add_case("mistakes/report/the_exit_status", the_exit_status);
    add_case("mistakes/report/a_stopped_check", a_stopped_check);
}

}  // namespace gradproof::mistakes
