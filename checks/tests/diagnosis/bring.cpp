// SPDX-License-Identifier: MIT
//
// Right gradients in every layout, scale and naming are confirmed at the first run, and none that is wrong is.
#include <boost/test/unit_test.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/layout_line.hpp"
#include "diagnosis/power/brought.hpp"
#include "diagnosis/power/manner_power.hpp"
#include "diagnosis/submissions/cost_words.hpp"
#include "diagnosis/submissions/key_name.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/log_softmax.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"

namespace gradproof::diagnosis {
namespace {

BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(as_people_bring_it)

BOOST_AUTO_TEST_CASE(right_gradients_are_confirmed_in_every_manner_and_wrong_ones_in_none,
                     *boost::unit_test::label("negative")) {
    const MannerPower power = measure_manner_power({.right = 1000, .wrong = 5000});
    for (const std::string& example : power.examples) BOOST_TEST_MESSAGE(example);
    const MannerCounts total = power.total();
    BOOST_TEST(total.right == 1000u);
    BOOST_TEST(total.right_confirmed == total.right);
    BOOST_TEST(total.wrong == 5000u);
    BOOST_TEST(total.wrong_confirmed == 0u);
    BOOST_TEST(100 * total.named >= 95 * total.wrong, total.named << " of " << total.wrong << " named");
    BOOST_TEST(power.by_layout.size() == 4u);
    BOOST_TEST(power.by_naming.size() == namings);
}

BOOST_AUTO_TEST_CASE(a_wrong_line_is_written_in_the_owners_layout) {
    const auto same = [](const std::string& name) { return name; };
    const Layout in_out{.examples_in_rows = true, .weights_in_by_out = true};
    const Layout out_in{.examples_in_rows = true, .weights_in_by_out = false};
    const auto reads = [&](std::string_view line, const Layout& layout, const std::string& expected) {
        BOOST_TEST(in_layout(line, layout, same).value_or("nothing") == expected);
    };
    reads("dW1 = dZ1 @ X.T / m", in_out, "dW1 = X.T @ dZ1 / m");
    reads("dW1 = dZ1 @ X.T / m", out_in, "dW1 = dZ1.T @ X / m");
    reads("dW1 = dZ1 @ X.T / m", {}, "dW1 = dZ1 @ X.T / m");
    reads("dA1 = W2.T @ dZ2", in_out, "dA1 = dZ2 @ W2.T");
    reads("dA1 = W2.T @ dZ2", out_in, "dA1 = dZ2 @ W2");
    reads("dA1 = W2 @ dZ2", in_out, "dA1 = dZ2 @ W2");
    reads("db1 = np.sum(dZ1, axis=1, keepdims=True) / m", in_out, "db1 = np.sum(dZ1, axis=0, keepdims=True) / m");
    reads("dW1 = 2 * dZ1 @ X.T / m", in_out, "dW1 = X.T @ (2 * dZ1) / m");
    reads("dZ1 = np.dot(dA1, 1 - A1**2)", in_out, "dZ1 = np.dot(1 - A1**2, dA1)");
    reads("dZ1 = dA1 * (Z1 >= 0)", in_out, "dZ1 = dA1 * (Z1 >= 0)");
    reads("W2 = W2 - alpha * dW2;  dA1 = W2.T @ dZ2", in_out, "W2 = W2 - alpha * dW2;  dA1 = dZ2 @ W2.T");
    reads("db1 = dZ1[:, :1]", in_out, "db1 = dZ1[:1, :]");
    reads("dZ1 = dA1 * tanh'(Z1)", in_out, "dZ1 = dA1 * tanh'(Z1)");
    reads("for i in range(m): db1 = dZ1[:, i:i+1] / m", in_out, "nothing");
    const auto renamed = [](const std::string& name) -> std::string { return name == "dW1" ? "Theta1_grad" : name; };
    BOOST_TEST(in_layout("dW1 = dZ1 @ X.T / m", in_out, renamed).value() == "Theta1_grad = X.T @ dZ1 / m");
}

BOOST_AUTO_TEST_CASE(a_factor_stands_in_front_of_the_loss) {
    const auto factors = [](std::string_view text) {
        std::vector<double> values;
        for (const CostFactor& factor : cost_named(text, Sigmoid{}).factors) values.push_back(factor(4, 10));
        return values;
    };
    using Values = std::vector<double>;
    BOOST_TEST(factors("squared_error") == Values{1}, boost::test_tools::per_element());
    BOOST_TEST(factors("mse") == (Values{0.5, 2}), boost::test_tools::per_element());
    BOOST_TEST(factors("m * squared_error") == Values{10}, boost::test_tools::per_element());
    BOOST_TEST(factors("m/2 * sse") == Values{100}, boost::test_tools::per_element());
    BOOST_TEST(factors("0.5 * K*bce") == (Values{0.5, 2}), boost::test_tools::per_element());
    for (const std::string_view wrong : {"q * bce", "0 * bce", "-1 * bce", "* bce", "2 bce", "m *"})
        BOOST_CHECK_THROW(cost_named(wrong, Sigmoid{}), std::invalid_argument);
    const auto means = [](std::string_view text, const AnyActivation& output) {
        return name_of(cost_named(text, output).loss);
    };
    BOOST_TEST(means("CrossEntropyLoss", Softmax{}) == "categorical_cross_entropy");
    BOOST_TEST(means("CrossEntropyLoss", Identity{}) == "cross_entropy_with_logits");
    BOOST_TEST(means("BCEWithLogitsLoss", Sigmoid{}) == "binary_cross_entropy");
    BOOST_TEST(means("BCEWithLogitsLoss", Identity{}) == "binary_cross_entropy_with_logits");
    BOOST_TEST(means("binary_cross_entropy_with_logits", Identity{}) == "binary_cross_entropy_with_logits");
    BOOST_TEST(means("NLLLoss", LogSoftmax{}) == "negative_log_likelihood");
    BOOST_TEST(means("NLLLoss", Softmax{}) == "categorical_cross_entropy");
    BOOST_TEST(word_for(SquaredError{}, 20, 4, 10) == "sse");
    BOOST_TEST(word_for(BinaryCrossEntropy{}, 10, 4, 10) == "\"m * binary_cross_entropy\"");
    BOOST_TEST(word_for(BinaryCrossEntropy{}, 0.3, 4, 10) == "\"0.3 * binary_cross_entropy\"");
}

BOOST_AUTO_TEST_CASE(names_say_what_an_array_is) {
    const auto is = [](std::string_view key, Role role, bool is_gradient, std::optional<std::size_t> number) {
        const auto name = key_name(key);
        BOOST_TEST((name && name->role == role && name->is_gradient == is_gradient && name->number == number), key);
    };
    is("X", Role::X, false, std::nullopt);
    is("y", Role::Y, false, std::nullopt);
    is("labels", Role::Y, false, std::nullopt);
    is("cost", Role::cost, false, std::nullopt);
    is("W1", Role::W, false, 1);
    is("Theta2_grad", Role::W, true, 2);
    is("dL_dW1", Role::W, true, 1);
    is("gradW1", Role::W, true, 1);
    is("d_b2", Role::b, true, 2);
    is("W1.grad", Role::W, true, 1);
    is("fc1.weight", Role::W, false, 1);
    is("layers.0.bias.grad", Role::b, true, 0);
    is("dldz3", Role::Z, true, 3);
    is("weights", Role::W, false, std::nullopt);
    for (const std::string_view key : {"learning_rate", "W1W2", "W1_2", "dW01", "W99999999999999999999", "", "1",
                                       "grad", "momentum", "xW1", "dY", "cost1"})
        BOOST_TEST(!key_name(key), key);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::diagnosis
