// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/read_submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/npz/archive.hpp"
#include "diagnosis/submissions/keys.hpp"
#include "diagnosis/submissions/layout.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {
namespace {

using npz::Array;

void require_pair(const AnyActivation& output, const AnyLoss& loss) {
    if (are_compatible(output, loss)) return;
    throw npz::Error(fmt::format("--output {} gives predictions that --loss {} cannot take", gradproof::name_of(output),
                                 gradproof::name_of(loss)));
}

std::vector<AnyActivation> activations(const Declaration& declaration, std::size_t L) {
    std::vector<AnyActivation> out;
    if (declaration.hidden.empty() && L > 1)
        throw npz::Error(fmt::format("the network has {} hidden layers: pass --hidden with their activation", L - 1));
    if (declaration.hidden.size() > 1 && declaration.hidden.size() != L - 1)
        throw npz::Error(
            fmt::format("--hidden names {} activations, but the file has {} hidden layers; expected one, or {}",
                        declaration.hidden.size(), L - 1, L - 1));
    for (std::size_t l = 1; l < L; ++l)
        out.push_back(activation_named(declaration.hidden[declaration.hidden.size() > 1 ? l - 1 : 0]));
    out.push_back(activation_named(declaration.output));
    return out;
}

void require_layers(const Declaration& declaration, const Submission& submission) {
    if (declaration.layers.empty()) return;
    std::vector<Eigen::Index> sizes{submission.X.rows()};
    for (const auto& layer : submission.network.layers) sizes.push_back(layer.dense.W.rows());
    if (sizes != declaration.layers)
        throw npz::Error(fmt::format("{}: the shapes say layers {}, but --layers says {}", submission.file,
                                     fmt::join(sizes, ","), fmt::join(declaration.layers, ",")));
}

void read_network(const Expectation& expected, const Declaration& declaration, Submission& submission) {
    const Keys& keys = expected.keys;
    expected.require_finite(keys.at("X"));
    submission.X = with_examples_in_columns(keys.at("X"), expected.convention);
    if (submission.X.size() == 0)
        throw npz::Error(fmt::format("{}: X has shape {}; expected at least one feature and one example", keys.file,
                                     npz::shape_text(keys.at("X").shape)));
    const auto functions = activations(declaration, keys.L);
    Eigen::Index n = submission.X.rows();
    const Eigen::Index m = submission.X.cols();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const Array& W = keys.at("W", l);
        const Array& b = keys.at("b", l);
        expected.require_finite(W);
        expected.require_finite(b);
        const Tensor values = weights_of(W, expected.convention);
        expected.require_shape(W, values, values.rows(), n,
                               fmt::format("because {} has {} {}", l == 1 ? "X" : fmt::format("layer {}", l - 1), n,
                                           l == 1 ? "features" : "units"));
        if (values.size() == 0) throw npz::Error(fmt::format("{}: W{} is empty", keys.file, l));
        expected.require_biases(b, values.rows(), m);
        submission.network.layers.push_back({{values, biases_of(b)}, functions[l - 1]});
        n = values.rows();
    }
    submission.network.loss = loss_named(declaration.loss);
    require_pair(functions.back(), submission.network.loss);
    if (!std::isfinite(declaration.lambda)) throw npz::Error("--lambda must be a finite number");
    submission.network.lambda = declaration.lambda;
    submission.Y = labels_of(expected, n, m, submission.remarks);
    require_labels_of_loss(submission.network.loss, submission.Y, keys.file);
    if (expected.convention != Convention::deep_learning_specialization && declaration.lambda != 0) {
        submission.network.lambda *= submission.m();
        submission.remarks.push_back(
            fmt::format("convention {}: the L2 term is read as lambda/2 * sum(W**2)", name_of(expected.convention)));
    }
}

void read_results(const Expectation& expected, Submission& submission) {
    const Keys& keys = expected.keys;
    const std::size_t L = keys.L;
    const Eigen::Index m = submission.Y.cols();
    const auto units = [&](std::size_t l) {
        return l == 0 ? submission.X.rows() : submission.network.layer(l).dense.W.rows();
    };
    submission.cache.Z.resize(L + 1);
    submission.cache.A.resize(L + 1);
    submission.gradients = empty_gradients(L);
    const double per_example = expected.convention == Convention::deep_learning_specialization ? 1.0 : submission.m();
    for (std::size_t l = 0; l <= L; ++l) {
        const auto of_examples = [&](const std::string& letter, Tensor& target, double factor) {
            const Array* const array = keys.find(letter, l);
            if (!array) return;
            const Tensor values = with_examples_in_columns(*array, expected.convention);
            expected.require_shape(*array, values, units(l), m,
                                   fmt::format("from the {} units of layer {} and m = {}", units(l), l, m));
            target = values * factor;
        };
        of_examples("Z", submission.cache.Z[l], 1);
        of_examples("A", submission.cache.A[l], 1);
        of_examples("dZ", submission.gradients.dZ[l], per_example);
        of_examples("dA", submission.gradients.dA[l], per_example);
        if (const Array* const dW = keys.find("dW", l)) {
            const Tensor values = weights_of(*dW, expected.convention);
            expected.require_shape(*dW, values, units(l), units(l - 1), fmt::format("like W{}", l));
            submission.gradients.dW[l] = values;
        }
        if (const Array* const db = keys.find("db", l)) {
            expected.require_biases(*db, units(l), m);
            submission.gradients.db[l] = biases_of(*db);
        }
    }
    if (const Array* const cost = keys.find("cost")) {
        if (cost->values.size() != 1)
            throw npz::Error(
                fmt::format("{}: cost has shape {}; expected one number", keys.file, npz::shape_text(cost->shape)));
        submission.cost = cost->values(0, 0);
    }
}

}  // namespace

Submission make_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                           const Declaration& declaration) {
    const Keys keys = keys_of(arrays, file);
    Submission submission;
    submission.file = file;
    submission.convention = find_convention(keys, declaration, submission.remarks);
    const Expectation expected{keys, submission.convention};
    read_network(expected, declaration, submission);
    require_layers(declaration, submission);
    read_results(expected, submission);
    for (const npz::Array& array : arrays) {
        if (!array.is_float32()) continue;
        if (array.name.starts_with('d')) submission.in_float32.insert(array.name);
    }
    // NumPy computes in float32 only where both operands are.
    submission.single_precision = keys.at("X").is_float32();
    for (std::size_t l = 1; l <= keys.L; ++l)
        submission.single_precision = submission.single_precision && keys.at("W", l).is_float32();
    return submission;
}

Submission read_submission(const std::filesystem::path& path, const Declaration& declaration) {
    const auto arrays = npz::read_arrays(path);
    const std::string file = npz::printable(path.string());
    if (arrays.size() == 1 && path.extension() == ".npy")
        throw npz::Error(fmt::format("{}: holds one array; expected all of a network: {}", file, npz::how_to_save));
    return make_submission(arrays, file, declaration);
}

}  // namespace gradproof::diagnosis
