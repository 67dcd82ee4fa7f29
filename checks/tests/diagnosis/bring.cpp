// SPDX-License-Identifier: MIT
//
// Right gradients in every layout, scale and naming are confirmed at the first run, and none that is wrong is.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "diagnosis/diagnosis.hpp"
#include "diagnosis/layout_line.hpp"
#include "diagnosis/report.hpp"
#include "diagnosis/search/planting.hpp"
#include "diagnosis/submissions/key_name.hpp"
#include "diagnosis/submissions/read_submission.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/squared_error.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// A network at a point, and what its owner calls the cost.
struct Point {
    Network<double> network;
    Tensor X;
    Tensor Y;
    std::string output;
    std::string loss;
    double factor = 1;
};

Point point(std::uint32_t seed) {
    checks::CourseRandom random(seed);
    const auto pick = [&random](double n) { return static_cast<Eigen::Index>(random.rand() * n); };
    const Eigen::Index m = 3 + pick(5);
    const Eigen::Index K = 2 + pick(3);
    std::vector<Eigen::Index> sizes{3 + pick(3), 4 + pick(3)};
    if (seed % 3 == 0) sizes.push_back(5);
    sizes.push_back(K);
    Point p;
    const AnyActivation hidden = seed % 2 == 0 ? AnyActivation(Tanh{}) : AnyActivation(Relu{});
    AnyActivation output = Identity{};
    const double k = static_cast<double>(K);
    const double examples = static_cast<double>(m);
    switch (seed % 5) {
        case 0:
            output = Softmax{}, p.network.loss = CategoricalCrossEntropy{}, p.output = "softmax",
            p.loss = "CrossEntropyLoss";
            break;
        case 1:
            output = Sigmoid{}, p.network.loss = BinaryCrossEntropy{}, p.output = "logistic", p.loss = "bce",
            p.factor = 1 / k;
            break;
        case 2:
            p.network.loss = SquaredError{}, p.output = "linear", p.loss = "mse", p.factor = seed % 2 == 0 ? 2 / k : 2;
            break;
        case 3:
            p.network.loss = SquaredError{}, p.output = "identity", p.loss = "sse", p.factor = 2 * examples;
            break;
        default:
            output = Sigmoid{}, p.network.loss = SquaredError{}, p.output = "sigmoid", p.loss = "squared_error";
    }
    for (std::size_t l = 1; l < sizes.size(); ++l)
        p.network.layers.push_back({{random.randn(sizes[l], sizes[l - 1]) * 0.6, random.randn(sizes[l], 1) * 0.3},
                                    l + 1 < sizes.size() ? hidden : output});
    p.X = random.randn(sizes.front(), m);
    p.Y = Tensor::Zero(K, m);
    for (Eigen::Index i = 0; i < m; ++i) {
        if (p.network.loss.is<CategoricalCrossEntropy>()) {
            p.Y(pick(k), i) = 1;
        } else {
            for (double& y : p.Y.col(i)) y = random.rand() < 0.5 ? 0 : 1;
        }
    }
    return p;
}

// How somebody lays out and calls what they have.
struct Manner {
    Layout layout;
    L2Scale l2;
    bool mean_in_dZ;
    int naming;
};

std::string called(const std::string& letter, std::size_t l, int naming) {
    const bool is_gradient = letter[0] == 'd';
    const std::string plain = is_gradient ? letter.substr(1) : letter;
    const std::string module = plain == "W" ? "weight" : "bias";
    switch (naming) {
        case 1:
            return fmt::format("{}{}{}", is_gradient ? "grad_" : "", plain == "W" ? "w" : "b", l);
        case 2:
            if (plain == "W" || plain == "b")
                return fmt::format("layers.{}.{}{}", 2 * (l - 1), module, is_gradient ? ".grad" : "");
            return fmt::format("{}{}", letter, l);
        case 3:
            return fmt::format("{}{}{}", plain == "W" ? "Theta" : plain, l, is_gradient ? "_grad" : "");
        case 4:
            if (plain == "W" || plain == "b") return fmt::format("{}{}", letter, l - 1);
            return fmt::format("{}{}", letter, l);
        default:
            return fmt::format("{}{}", letter, l);
    }
}

std::vector<npz::Array> file_of(const Point& p, const Manner& manner, const Gradients<double>& gradients) {
    std::vector<npz::Array> arrays;
    const auto add = [&arrays](std::string name, const Tensor& values, bool transposed) {
        const Tensor laid_out = transposed ? Tensor(values.transpose()) : values;
        arrays.push_back(
            {.name = std::move(name),
             .dtype = "<f8",
             .shape = {static_cast<std::size_t>(laid_out.rows()), static_cast<std::size_t>(laid_out.cols())},
             .values = laid_out});
    };
    const double m = static_cast<double>(p.Y.cols());
    add(manner.naming == 1 ? "x" : "X", p.X, manner.layout.examples_in_rows);
    add(manner.naming == 1 ? "y" : "Y", p.Y, manner.layout.examples_in_rows);
    for (std::size_t l = 1; l <= p.network.depth(); ++l) {
        add(called("W", l, manner.naming), p.network.layer(l).dense.W, manner.layout.weights_in_by_out);
        add(called("b", l, manner.naming), p.network.layer(l).dense.b, false);
        add(called("dW", l, manner.naming), gradients.dW[l] * p.factor, manner.layout.weights_in_by_out);
        add(called("db", l, manner.naming), gradients.db[l] * p.factor, false);
        if (manner.naming == 0 && gradients.dZ[l].size() > 0)
            add(called("dZ", l, manner.naming), gradients.dZ[l] * p.factor / (manner.mean_in_dZ ? m : 1),
                manner.layout.examples_in_rows);
    }
    return arrays;
}

struct Brought {
    Point p;
    Manner manner;
    double lambda;  // as its owner says it
    Declaration declared;
};

Brought brought(std::uint32_t seed) {
    Brought b{.p = point(seed), .manner = {}, .lambda = seed % 7 < 3 ? 0.0 : 0.3, .declared = {}};
    b.manner = {.layout = {.examples_in_rows = seed % 2 == 1, .weights_in_by_out = seed % 4 >= 2},
                .l2 = l2_scales[seed / 5 % 4].first,
                .mean_in_dZ = seed % 3 == 1,
                .naming = static_cast<int>(seed / 4 % 5)};
    // So that J, of `factor` times the mean loss, has the L2 term as its owner writes it.
    b.p.network.lambda = in_course_scale(b.lambda, b.manner.l2, static_cast<double>(b.p.Y.cols())) / b.p.factor;
    b.declared.hidden = {seed % 2 == 0 ? "tanh" : "ReLU"};
    b.declared.output = b.p.output;
    b.declared.loss = b.p.loss;
    b.declared.lambda = b.lambda;
    return b;
}

BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(as_people_bring_it)

BOOST_AUTO_TEST_CASE(right_gradients_are_confirmed_in_every_manner) {
    for (std::uint32_t seed = 1; seed <= 1000; ++seed) {
        const Brought b = brought(seed);
        const Gradients<double> right = backward(b.p.network, forward(b.p.network, b.p.X), b.p.Y);
        const Submission s = make_submission(file_of(b.p, b.manner, right), "mine.npz", b.declared);
        const Diagnosis diagnosis = diagnose(s);
        BOOST_TEST_CONTEXT("seed " << seed)
        BOOST_TEST((diagnosis.outcome() == Outcome::confirmed), report_text(diagnosis));
    }
}

// Whether the arrays of the file are the right ones after all: the slope of relu at A is the one at Z.
bool is_right(const std::vector<npz::Array>& wrong, const std::vector<npz::Array>& right) {
    for (std::size_t n = 0; n < wrong.size(); ++n) {
        const double size = 1e-9 * (1 + right[n].values.cwiseAbs().maxCoeff());
        if (!((wrong[n].values - right[n].values).array().abs() <= size).all()) return false;
    }
    return true;
}

// Of all mistakes of the catalogue, a third in each manner. What the numbers may still decide is the layout, the 1/m in
// dZ and what the word for the loss means; the scale of the L2 term is declared, as a wrong one is right for another
// cost.
BOOST_AUTO_TEST_CASE(wrong_gradients_are_confirmed_in_none, *boost::unit_test::label("negative")) {
    std::size_t planted_mistakes = 0;
    std::size_t named = 0;
    for (std::uint32_t seed = 1; planted_mistakes < 5000; ++seed) {
        Brought b = brought(seed);
        if (b.p.loss == "mse" || b.p.loss == "bce") continue;
        b.declared.l2 = b.manner.l2;
        const Cache<double> cache = forward(b.p.network, b.p.X);
        const std::vector<npz::Array> right = file_of(b.p, b.manner, backward(b.p.network, cache, b.p.Y));
        const auto plantings = all_plantings(b.p.network, cache, b.p.Y);
        for (std::size_t n = seed % 3; n < plantings.size(); n += 3) {
            const auto planted = plant(b.p.network, cache, b.p.Y, {plantings[n]});
            if (!planted) continue;
            const std::vector<npz::Array> wrong = file_of(b.p, b.manner, planted->gradients);
            if (is_right(wrong, right)) continue;
            const Diagnosis diagnosis = diagnose(make_submission(wrong, "mine.npz", b.declared));
            BOOST_TEST_CONTEXT("seed " << seed << ", " << planted->what)
            BOOST_TEST((diagnosis.gradients() != Outcome::confirmed), report_text(diagnosis));
            ++planted_mistakes;
            named += std::ranges::any_of(diagnosis.explanations, [&](const Explanation& explanation) {
                return std::ranges::any_of(explanation.findings, [&](const Finding& finding) {
                    return std::ranges::find(planted->slugs, finding.slug()) != planted->slugs.end();
                });
            });
        }
    }
    BOOST_TEST_MESSAGE(named << " of " << planted_mistakes << " named");
    BOOST_TEST(100 * named >= 95 * planted_mistakes, named << " of " << planted_mistakes << " named");
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
    reads("db1 = dZ1[:, :1]", in_out, "nothing");
    reads("for i in range(m): db1 = dZ1[:, i:i+1] / m", in_out, "nothing");
    const auto renamed = [](const std::string& name) -> std::string { return name == "dW1" ? "Theta1_grad" : name; };
    BOOST_TEST(in_layout("dW1 = dZ1 @ X.T / m", in_out, renamed).value() == "Theta1_grad = X.T @ dZ1 / m");
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
