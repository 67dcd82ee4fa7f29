// SPDX-License-Identifier: MIT
#include "tests/diagnosis/examples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "diagnosis/own_backward.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/course_random.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace gradproof::diagnosis {

Example example(double lambda) {
    checks::CourseRandom random(3);
    Example e;
    e.X = random.randn(3, 5);
    e.network.layers = {{{random.randn(4, 3), random.randn(4, 1)}, Tanh{}},
                        {{random.randn(4, 4), random.randn(4, 1)}, Tanh{}},
                        {{random.randn(2, 4), random.randn(2, 1)}, Sigmoid{}}};
    e.network.loss = BinaryCrossEntropy{};
    e.network.lambda = lambda;
    e.Y = random.randn(2, 5).unaryExpr([](double y) { return y > 0 ? 1.0 : 0.0; });
    e.cache = forward(e.network, e.X);
    e.right = right_gradients(e.network, e.cache, e.Y);
    return e;
}

Submission submitted(const Example& e, const Gradients<double>& gradients, bool with_dZ) {
    Submission s = submission_of(e.network, e.X, e.Y, gradients);
    if (!with_dZ)
        for (auto* tensors : {&s.gradients.dZ, &s.gradients.dA})
            for (Tensor& tensor : *tensors) tensor.resize(0, 0);
    return s;
}

Declaration declared(double lambda) {
    return {.hidden = {"tanh"},
            .output = "sigmoid",
            .loss = "binary_cross_entropy",
            .lambda = lambda,
            .convention = std::nullopt,
            .layers = {}};
}

npz::Array array(std::string name, const Tensor& values, std::string dtype) {
    return {.name = std::move(name),
            .dtype = std::move(dtype),
            .shape = {static_cast<std::size_t>(values.rows()), static_cast<std::size_t>(values.cols())},
            .values = values};
}

std::vector<npz::Array> arrays_of(const Example& e) {
    std::vector<npz::Array> arrays{array("X", e.X), array("Y", e.Y)};
    for (std::size_t l = 1; l <= e.network.depth(); ++l) {
        arrays.push_back(array(fmt::format("W{}", l), e.network.layer(l).dense.W));
        arrays.push_back(array(fmt::format("b{}", l), e.network.layer(l).dense.b));
        arrays.push_back(array(fmt::format("dW{}", l), e.right.dW[l]));
        arrays.push_back(array(fmt::format("db{}", l), e.right.db[l]));
    }
    return arrays;
}

npz::Array& array_named(std::vector<npz::Array>& arrays, std::string_view name) {
    const auto found = std::ranges::find(arrays, name, &npz::Array::name);
    if (found == arrays.end()) throw std::invalid_argument("no array " + std::string(name));
    return *found;
}

std::vector<std::string> slugs(const Explanation& explanation) {
    std::vector<std::string> out;
    for (const Finding& f : explanation.findings) out.emplace_back(f.slug());
    return out;
}

std::string complaint(const std::vector<npz::Array>& arrays, const Declaration& declaration) {
    try {
        make_submission(arrays, "mine.npz", declaration);
    } catch (const std::exception& error) {
        return error.what();
    }
    return "";
}

}  // namespace gradproof::diagnosis
