// SPDX-License-Identifier: MIT
//
// The program as a user runs it: what it prints, and its exit status.
#include <boost/test/unit_test.hpp>
#include <string>

#include "tests/support/run_program.hpp"
#include "tests/support/unfolded.hpp"

namespace gradproof::checks {
namespace {

void expect(const std::string& arguments, int status, const std::string& text) {
    const Run run = run_gradproof(arguments);
    BOOST_TEST(run.status == status, "gradproof " << arguments << " ended with " << run.status << ":\n" << run.output);
    BOOST_TEST(run.output.find(text) != std::string::npos, "gradproof " << arguments << " does not print '" << text
                                                                        << "' but:\n"
                                                                        << run.output);
    // Into a pipe no escape sequence goes.
    BOOST_TEST(run.output.find('\x1b') == std::string::npos);
}

// The same of a text that may be folded to the screen.
void expect_folded(const std::string& arguments, int status, const std::string& text) {
    const Run run = run_gradproof(arguments);
    BOOST_TEST(run.status == status, "gradproof " << arguments << " ended with " << run.status << ":\n" << run.output);
    BOOST_TEST(unfolded(run.output).find(unfolded(text)) != std::string::npos,
               "gradproof " << arguments << " does not print '" << text << "' but:\n"
                            << run.output);
}

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(explain_prints_claim_numbers_and_note) {
    expect("explain sigmoid binary_cross_entropy", 0, "a canonical pairing, dZ = A - Y");
    expect("explain sigmoid binary_cross_entropy", 0, "note: derivations/canonical_pairings.md");
    expect("explain softmin categorical_cross_entropy", 0, "dL/dZ is -1 times A - Y");
    expect("explain tempered_softmax categorical_cross_entropy", 0, "dL/dZ is 0.5 times A - Y");
    expect("explain sigmoid squared_error", 0, "refuted, as it must be");
    expect("explain 'leaky_relu(slope=0.3)' squared_error", 0, "leaky_relu(slope=0.3) with squared_error");
}

BOOST_AUTO_TEST_CASE(unknown_names_get_the_nearest_known_ones) {
    expect("explain sigmod binary_cross_entropy", 2, "there is no activation 'sigmod' (did you mean 'sigmoid'?)");
    expect("explain identity gaussian_nll", 2, "its own derivatives are checked with --layer gaussian_nll");
    expect("explain sigmoid binary", 2, "there is no loss 'binary' (did you mean 'binary_cross_entropy'?)");
    expect("verfy", 2, "there is no command 'verfy' (did you mean 'verify'?)");
}

BOOST_AUTO_TEST_CASE(a_pairing_without_sense_is_refused) {
    expect("explain relu binary_cross_entropy", 2, "relu and binary_cross_entropy make no pairing");
}

BOOST_AUTO_TEST_CASE(wrong_usage_ends_with_2) {
    expect("explain sigmoid", 2, "loss is required");
    expect("verify --data", 2, "run gradproof verify --help");
    expect("verify --color sometimes", 2, "sometimes not in {");
    expect("--frobnicate", 2, "run gradproof --help");
}

BOOST_AUTO_TEST_CASE(a_missing_file_is_named) {
    expect("verify --data no/such.csv", 2, "no/such.csv: cannot be read");
    expect("verify --data derivations", 2, "derivations: cannot be read");
}

BOOST_AUTO_TEST_CASE(help_shows_examples_and_exit_statuses) {
    expect("--help", 0, "gradproof verify --data checks/data/breast_cancer.csv");
    expect("--help", 0, "exit status: 0 confirmed, 1 refuted, 2 input or usage error, 3 undecided");
}

BOOST_AUTO_TEST_CASE(list_marks_the_canonical_pairings) {
    expect("list", 0, "  binary_cross_entropy             *sigmoid, ");
    expect("list", 0, "  squared_error                    *identity, and every other activation\n");
}

// Which cost is meant is said wherever a loss is.
BOOST_AUTO_TEST_CASE(the_formula_of_the_cost_is_printed) {
    const std::string squares = "J = 1/m sum over examples of 1/2 sum over outputs of (a - y)^2\n";
    const std::string entropy = "J = -1/m sum over examples of sum over outputs of (y log(a) + (1 - y) log(1 - a))";
    expect("list", 0, "  squared_error                    " + squares);
    expect("list", 0, "  binary_cross_entropy             " + entropy + "\n");
    expect("list", 0, "  leaky_relu(slope=0.01)           (z if 0 < z, else 1/100 z)\n");
    expect("list", 0, "  J = -1/m sum over examples of sum over outputs of y log(a)\n");
    expect("list", 0, "  J = 1/m sum over examples of sum over outputs of (a - y log(a))\n");
    expect("explain sigmoid squared_error", 0, "\n" + squares);
    expect("check --help", 0, "Common situations");
    expect("check --help", 0, "of one cost J");
    const std::string declared = " --hidden tanh --output sigmoid --loss binary_cross_entropy";
    expect_folded("check checks/examples/right.npz" + declared, 0, "right.npz: confirmed " + entropy + ", m = 8 ");
    expect_folded("check checks/examples/wrong.npz" + declared, 1, "wrong.npz: refuted " + entropy + ", m = 8 ");
    expect("check checks/examples/wrong.npz --quiet" + declared, 1,
           "wrong.npz: refuted\nderivative-from-value-at-pre-activation at dZ2\n");
    expect("check checks/examples/wrong.npz --json -" + declared, 1, "\"formula\": \"" + entropy + ", m = 8\"");
    expect_folded("check checks/examples/right.npz --lambda 0.5" + declared, 1,
                  " + lambda/(2m) sum of squared weights, lambda = 0.5, m = 8");
}

BOOST_AUTO_TEST_CASE(colours_are_for_terminals_or_as_told) {
    const std::string check =
        "check checks/examples/wrong.npz --hidden tanh --output sigmoid --loss binary_cross_entropy --color ";
    BOOST_TEST(run_gradproof(check + "always").output.find("\x1b[31mrefuted") != std::string::npos);
    for (const std::string when : {"auto", "never"})
        BOOST_TEST(run_gradproof(check + when).output.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(verify_confirms_every_claim_and_writes_json) {
    expect("verify", 0, "CONFIRMED");
    expect("verify --json -", 0, "\"path\": \"pairings/sigmoid/binary_cross_entropy/a_minus_y\"");
    expect("verify --json /no/such/folder/result.json", 2, "/no/such/folder/result.json: cannot be written");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
