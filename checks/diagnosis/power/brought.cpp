// SPDX-License-Identifier: MIT
#include "diagnosis/power/brought.hpp"

#include <fmt/format.h>

#include <utility>

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

BroughtPoint point(std::uint32_t seed) {
    checks::CourseRandom random(seed);
    const auto pick = [&random](double n) { return static_cast<Eigen::Index>(random.rand() * n); };
    const Eigen::Index m = 3 + pick(5);
    const Eigen::Index K = 2 + pick(3);
    std::vector<Eigen::Index> sizes{3 + pick(3), 4 + pick(3)};
    if (seed % 3 == 0) sizes.push_back(5);
    sizes.push_back(K);
    BroughtPoint p;
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

std::string called(const std::string& letter, std::size_t l, Naming naming) {
    const bool is_gradient = letter[0] == 'd';
    const std::string plain = is_gradient ? letter.substr(1) : letter;
    const std::string module = plain == "W" ? "weight" : "bias";
    switch (naming) {
        case Naming::small_letters:
            return fmt::format("{}{}{}", is_gradient ? "grad_" : "", plain == "W" ? "w" : "b", l);
        case Naming::modules:
            if (plain == "W" || plain == "b")
                return fmt::format("layers.{}.{}{}", 2 * (l - 1), module, is_gradient ? ".grad" : "");
            return fmt::format("{}{}", letter, l);
        case Naming::thetas:
            return fmt::format("{}{}{}", plain == "W" ? "Theta" : plain, l, is_gradient ? "_grad" : "");
        case Naming::from_zero:
            if (plain == "W" || plain == "b") return fmt::format("{}{}", letter, l - 1);
            return fmt::format("{}{}", letter, l);
        case Naming::course:
            break;
    }
    return fmt::format("{}{}", letter, l);
}

}  // namespace

std::string_view describe(Naming naming) {
    switch (naming) {
        case Naming::course:
            return "W1, dW1, dZ1";
        case Naming::small_letters:
            return "w1, grad_w1";
        case Naming::modules:
            return "layers.0.weight, layers.0.weight.grad";
        case Naming::thetas:
            return "Theta1, Theta1_grad";
        case Naming::from_zero:
            return "W0, dW0";
    }
    return "";
}

std::vector<npz::Array> file_of(const Brought& brought, const Gradients<double>& gradients) {
    const auto& [p, manner, lambda, declared] = brought;
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
    add(manner.naming == Naming::small_letters ? "x" : "X", p.X, manner.layout.examples_in_rows);
    add(manner.naming == Naming::small_letters ? "y" : "Y", p.Y, manner.layout.examples_in_rows);
    for (std::size_t l = 1; l <= p.network.depth(); ++l) {
        add(called("W", l, manner.naming), p.network.layer(l).dense.W, manner.layout.weights_in_by_out);
        add(called("b", l, manner.naming), p.network.layer(l).dense.b, false);
        add(called("dW", l, manner.naming), gradients.dW[l] * p.factor, manner.layout.weights_in_by_out);
        add(called("db", l, manner.naming), gradients.db[l] * p.factor, false);
        if (manner.naming != Naming::course) continue;
        const double of_examples = p.factor / (manner.mean_in_dZ ? m : 1);
        for (const auto& [letter, tensors] : {std::pair("dZ", &gradients.dZ), std::pair("dA", &gradients.dA)})
            if ((*tensors)[l].size() > 0)
                add(called(letter, l, manner.naming), (*tensors)[l] * of_examples, manner.layout.examples_in_rows);
    }
    return arrays;
}

GradientScale scale_of_gradients(const Brought& b) {
    const bool has_mean = b.manner.mean_in_dZ && b.manner.naming == Naming::course;
    return {.of_parameters = b.point.factor,
            .of_examples = has_mean ? b.point.factor / static_cast<double>(b.point.Y.cols()) : b.point.factor};
}

Brought brought(std::uint32_t seed) {
    Brought b{.point = point(seed), .manner = {}, .lambda = seed % 7 < 3 ? 0.0 : 0.3, .declared = {}};
    b.manner = {.layout = {.examples_in_rows = seed % 2 == 1, .weights_in_by_out = seed % 4 >= 2},
                .l2 = l2_scales[seed / 5 % 4].first,
                .mean_in_dZ = seed % 3 == 1,
                .naming = static_cast<Naming>(seed / 4 % namings)};
    // So that J, of `factor` times the mean loss, has the L2 term as its owner writes it.
    b.point.network.lambda =
        in_course_scale(b.lambda, b.manner.l2, static_cast<double>(b.point.Y.cols())) / b.point.factor;
    b.declared.hidden = {seed % 2 == 0 ? "tanh" : "ReLU"};
    b.declared.output = b.point.output;
    b.declared.loss = b.point.loss;
    b.declared.lambda = b.lambda;
    return b;
}

}  // namespace gradproof::diagnosis
