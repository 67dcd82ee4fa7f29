// SPDX-License-Identifier: MIT
//
// Files made with another library's autograd and with a backward pass by hand: checks/tests/diagnosis/fixtures/make.py.
#include <boost/test/unit_test.hpp>

#include "tests/diagnosis/examples.hpp"
#include "tests/diagnosis/field_cases.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::diagnosis {
namespace {

struct File {
    std::string_view name;
    std::string_view hidden;
    std::string_view output;
    std::string_view loss;
    double lambda;
    Convention convention;
    std::string_view mistake;  // empty: right
};

constexpr File files[] = {
    {"course_1.0_right", "relu", "sigmoid", "binary_cross_entropy", 0, Convention::deep_learning_specialization, ""},
    {"course_1.0_relu-derivative-at-wrong-side", "relu", "sigmoid", "binary_cross_entropy", 0,
     Convention::deep_learning_specialization, "relu-derivative-at-wrong-side"},
    {"classes_0.05_right_all", "tanh", "softmax", "categorical_cross_entropy", 0,
     Convention::deep_learning_specialization, ""},
    {"classes_0.05_softmax-jacobian-taken-as-diagonal", "tanh", "softmax", "categorical_cross_entropy", 0,
     Convention::deep_learning_specialization, "softmax-jacobian-taken-as-diagonal"},
    {"regression_1.0_right_float32", "sigmoid", "identity", "squared_error", 0.3,
     Convention::deep_learning_specialization, ""},
    {"regression_1.0_regularised-bias", "sigmoid", "identity", "squared_error", 0.3,
     Convention::deep_learning_specialization, "regularised-bias"},
    {"counts_0.05_right_all", "softplus", "exponential", "poisson_negative_log_likelihood", 0, Convention::cs231n, ""},
    {"counts_1.0_updated-weights-in-backward_all", "softplus", "exponential", "poisson_negative_log_likelihood", 0,
     Convention::cs231n, "updated-weights-in-backward"},
    {"square_1.0_right_all", "leaky_relu", "softmax", "categorical_cross_entropy", 0.2 / 6, Convention::torch, ""},
    {"square_1.0_missing-transpose", "leaky_relu", "softmax", "categorical_cross_entropy", 0.2 / 6, Convention::torch,
     "missing-transpose"},
    {"plain_1.0_float32_in_float64", "tanh", "sigmoid", "squared_error", 0, Convention::torch, "float32-precision"},
    {"plain_0.05_shortcut-without-canonical-pairing", "tanh", "sigmoid", "squared_error", 0, Convention::torch,
     "shortcut-without-canonical-pairing"},
};

void is_diagnosed(const File& file) {
    const Submission s = read_submission("checks/tests/diagnosis/fixtures/" + std::string(file.name) + ".npz",
                                         {.hidden = {std::string(file.hidden)},
                                          .output = std::string(file.output),
                                          .loss = std::string(file.loss),
                                          .lambda = file.lambda,
                                          .convention = file.convention,
                                          .layers = {}});
    const Diagnosis diagnosis = diagnose(s);
    BOOST_TEST(diagnosis.cache.empty());
    if (file.mistake.empty()) {
        BOOST_TEST((diagnosis.outcome() == checks::Outcome::confirmed));
        BOOST_TEST(diagnosis.explanations.empty());
        return;
    }
    BOOST_TEST((diagnosis.outcome() == checks::Outcome::refuted));
    BOOST_TEST_REQUIRE(!diagnosis.explanations.empty());
    const bool named = std::ranges::any_of(diagnosis.explanations, [&](const Explanation& explanation) {
        const auto names = slugs(explanation);
        return std::ranges::find(names, file.mistake) != names.end();
    });
    BOOST_TEST(named);
}

}  // namespace
}  // namespace gradproof::diagnosis

void gradproof::checks::add_all_cases() {
    diagnosis::add_field_cases();
    for (const diagnosis::File& file : diagnosis::files)
        add_case("mistakes/files/" + std::string(file.name), [&file] { diagnosis::is_diagnosed(file); });
}
