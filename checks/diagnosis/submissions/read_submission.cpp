// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/read_submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "diagnosis/npz/archive.hpp"
#include "diagnosis/submissions/bias_column.hpp"
#include "diagnosis/submissions/cost_words.hpp"
#include "diagnosis/submissions/example_weights.hpp"
#include "diagnosis/submissions/function_chain.hpp"
#include "diagnosis/submissions/keys.hpp"
#include "diagnosis/submissions/layout.hpp"
#include "diagnosis/submissions/raw_scores.hpp"
#include "diagnosis/submissions/scaling.hpp"
#include "diagnosis/submissions/tied_weights.hpp"
#include "spelling/named_case.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr std::string_view remark_on_no_biases = "there are no biases in the file: the network has none";

void require_pair(const AnyActivation& output, const AnyLoss& loss) {
    if (are_compatible(output, loss)) return;
    throw npz::Error(fmt::format("--output {} gives predictions that --loss {} cannot take", gradproof::name_of(output),
                                 gradproof::name_of(loss)));
}

// The functions of each layer of the file.
std::vector<std::vector<AnyActivation>> activations(const Declaration& declaration, std::size_t L) {
    std::vector<std::vector<AnyActivation>> out;
    if (declaration.hidden.empty() && L > 1)
        throw npz::Error(fmt::format("the network has {} hidden layers: pass --hidden with their activation", L - 1));
    if (declaration.hidden.size() > 1 && declaration.hidden.size() != L - 1)
        throw npz::Error(
            fmt::format("--hidden names {} activations, but the file has {} hidden layers; expected one, or {}",
                        declaration.hidden.size(), L - 1, L - 1));
    for (std::size_t l = 1; l < L; ++l)
        out.push_back(functions_in(declaration.hidden[declaration.hidden.size() > 1 ? l - 1 : 0], declaration.read));
    out.push_back(functions_in(declaration.output, declaration.read));
    return out;
}

void require_layers(const Declaration& declaration, const Submission& submission) {
    if (declaration.layers.empty()) return;
    std::vector<Eigen::Index> sizes{submission.X.rows()};
    for (std::size_t l = 1; l <= submission.L(); ++l)
        if (!submission.function_layers.contains(l)) sizes.push_back(submission.network.layer(l).dense.W.rows());
    if (sizes != declaration.layers)
        throw npz::Error(fmt::format("{}: the shapes say layers {}, but --layers says {}", submission.file,
                                     fmt::join(sizes, ","), fmt::join(declaration.layers, ",")));
}

LayersInNetwork read_network(const Expectation& expected, const Declaration& declaration, Submission& submission) {
    const Keys& keys = expected.keys;
    expected.require_finite(keys.at("X"));
    submission.X = with_examples_in_columns(keys.at("X"), expected.layout);
    if (submission.X.size() == 0)
        throw npz::Error(fmt::format("{}: X has shape {}; expected at least one feature and one example", keys.file,
                                     npz::shape_text(keys.at("X").shape)));
    const auto functions = activations(declaration, keys.L);
    LayersInNetwork places;
    Eigen::Index n = submission.X.rows();
    const Eigen::Index m = submission.X.cols();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const npz::Array& W = keys.at("W", l);
        const npz::Array* const b = keys.find("b", l);
        expected.require_finite(W);
        if (b) expected.require_finite(*b);
        const Tensor values = weights_of(W, expected.layout, n);
        expected.require_shape(W, values, values.rows(), n,
                               fmt::format("because {} has {} {}", l == 1 ? "X" : fmt::format("layer {}", l - 1), n,
                                           l == 1 ? "features" : "units"));
        if (values.size() == 0) throw npz::Error(fmt::format("{}: W{} is empty", keys.file, l));
        if (b) expected.require_biases(*b, values.rows(), m);
        submission.network.layers.push_back(
            {{values, b ? biases_of(*b) : Tensor(Tensor::Zero(values.rows(), 1))}, functions[l - 1].front()});
        n = values.rows();
        places.first.push_back(submission.L());
        for (std::size_t f = 1; f < functions[l - 1].size(); ++f) {
            submission.network.layers.push_back(
                {{Tensor::Identity(n, n), Vector<double>::Zero(n)}, functions[l - 1][f]});
            submission.function_layers.insert(submission.L());
        }
        places.last.push_back(submission.L());
    }
    const AnyActivation& output = functions.back().back();
    submission.network.loss = cost_named(declaration.loss, output, declaration.read.loss).loss;
    require_pair(output, submission.network.loss);
    if (!submission.function_layers.empty() && declaration.lambda != 0 && keys.find("cost"))
        throw npz::Error(
            fmt::format("{}: several functions on a layer, --lambda and a cost do not go together here; leave the cost "
                        "out",
                        keys.file));
    if (!std::isfinite(declaration.lambda)) throw npz::Error("--lambda must be a finite number");
    submission.Y = labels_of(expected, n, m, submission.remarks);
    require_labels_of_loss(submission.network.loss, submission.Y, keys.file);
    read_example_weights(expected, submission);
    if (!keys.has_biases()) submission.remarks.emplace_back(remark_on_no_biases);
    return places;
}

void read_results(const Expectation& expected, const LayersInNetwork& places, Submission& submission) {
    const Keys& keys = expected.keys;
    const Eigen::Index m = submission.Y.cols();
    const auto units = [&](std::size_t l) {
        return l == 0 ? submission.X.rows() : submission.network.layer(places.first[l]).dense.W.rows();
    };
    submission.cache.Z.resize(submission.L() + 1);
    submission.cache.A.resize(submission.L() + 1);
    submission.gradients = empty_gradients(submission.L());
    for (std::size_t l = 0; l <= keys.L; ++l) {
        const auto of_examples = [&](const std::string& letter, std::vector<Tensor>& tensors) {
            Tensor& target = tensors[places.place_of(letter, l)];
            const npz::Array* const array = keys.find(letter, l);
            if (!array) return;
            const Tensor values = with_examples_in_columns(*array, expected.layout, units(l));
            expected.require_shape(*array, values, units(l), m,
                                   fmt::format("from the {} units of layer {} and m = {}", units(l), l, m));
            target = values;
        };
        of_examples("Z", submission.cache.Z);
        of_examples("A", submission.cache.A);
        of_examples("dZ", submission.gradients.dZ);
        of_examples("dA", submission.gradients.dA);
        if (const npz::Array* const dW = keys.find("dW", l)) {
            const Tensor values = weights_of(*dW, expected.layout, l > 0 ? units(l - 1) : 0);
            expected.require_shape(*dW, values, units(l), units(l - 1), fmt::format("like W{}", l));
            submission.gradients.dW[places.first[l]] = values;
        }
        if (const npz::Array* const db = keys.find("db", l)) {
            expected.require_biases(*db, units(l), m);
            submission.gradients.db[places.first[l]] = biases_of(*db);
        }
    }
    if (const npz::Array* const cost = keys.find("cost")) {
        if (cost->values.size() != 1)
            throw npz::Error(
                fmt::format("{}: cost has shape {}; expected one number", keys.file, npz::shape_text(cost->shape)));
        submission.cost = cost->values(0, 0);
    }
}

std::string name_in_course(const std::string& letter, std::size_t l) {
    return letter + std::to_string(l);
}

// The arrays as one layout has them, without any scaling.
Submission unscaled(const Keys& keys, const Layout& layout, const Declaration& declaration) {
    Submission submission;
    submission.file = keys.file;
    submission.layout = layout;
    const Expectation expected{keys, layout};
    const LayersInNetwork places = read_network(expected, declaration, submission);
    require_layers(declaration, submission);
    read_results(expected, places, submission);
    for (const auto& [letter, of_letter] : keys.layers)
        for (const auto& [l, array] : of_letter) {
            const bool is_of_layer = letter.size() <= 2 && letter != "X" && letter != "Y" && letter != "w";
            const std::string name = is_of_layer ? name_in_course(letter, places.place_of(letter, l)) : letter;
            if (array->name != name) submission.names[name] = npz::printable(array->name);
            if (letter.starts_with('d') && array->is_float32()) submission.in_float32.insert(name);
        }
    // Later layers have other numbers in the network than in the file, if an earlier one has several functions.
    if (!submission.function_layers.empty())
        for (std::size_t l = 1; l <= keys.L; ++l)
            for (const std::string letter : {"W", "b", "Z", "A", "dZ", "dA", "dW", "db"})
                submission.names.emplace(name_in_course(letter, places.place_of(letter, l)), name_in_course(letter, l));
    // Where layers are counted from 0, so are those that the file has not.
    if (keys.is_from_0)
        for (std::size_t l = 1; l <= keys.L; ++l)
            for (const std::string_view letter : {"Z", "A", "dZ", "dA", "dW", "db"})
                submission.names.emplace(name_in_course(std::string(letter), l),
                                         name_in_course(std::string(letter), l - 1));
    submission.ties = ties_of(keys, declaration.ties, submission.remarks);
    for (Tie& tie : submission.ties) tie.l = places.first[tie.l], tie.of = places.first[tie.of];
    // NumPy computes in float32 only where both operands are.
    submission.single_precision = keys.at("X").is_float32();
    for (std::size_t l = 1; l <= keys.L; ++l)
        submission.single_precision = submission.single_precision && keys.at("W", l).is_float32();
    return submission;
}

CostWord cost_of(const Declaration& declaration, const Submission& raw) {
    return cost_named(declaration.loss, raw.network.layers.back().activation, declaration.read.loss);
}

DeclaredCost declared_cost(const Declaration& declaration, const Submission& raw) {
    DeclaredCost declared{.factors = {},
                          .lambda = declaration.lambda,
                          .l2 = declaration.l2,
                          .mean_in_dZ = declaration.mean_in_dZ,
                          .is_weighted_mean = raw.has_class_weights || is_mask(raw.network.example_weights)};
    for (const CostFactor& factor : cost_of(declaration, raw).factors) {
        const double value = factor(static_cast<double>(raw.Y.rows()), raw.m());
        if (std::ranges::find(declared.factors, value) == declared.factors.end()) declared.factors.push_back(value);
    }
    if (declaration.convention) {
        const bool is_course = *declaration.convention == Convention::deep_learning_specialization;
        if (!declared.mean_in_dZ) declared.mean_in_dZ = !is_course;
        if (!declared.l2) declared.l2 = is_course ? L2Scale::lambda_over_2m : L2Scale::lambda_over_2;
    }
    return declared;
}

}  // namespace

namespace {

// The derivatives that are handed to gradient boosting.
Submission make_submission(const RawScores& scores, const std::string& file, const Declaration& declaration) {
    Declaration of_scores = declaration;
    of_scores.renames.clear();
    if (!declaration.convention) of_scores.convention = Convention::deep_learning_specialization;
    if (!declaration.mean_in_dZ) of_scores.mean_in_dZ = false;
    Submission submission = diagnosis::make_submission(scores.arrays, file, of_scores);
    submission.function_layers = {1};
    submission.hessian = scores.hessian;
    submission.names = {{"X", scores.score}, {"Z1", scores.score}, {"dZ1", scores.grad}, {"A1", "a"}, {"dA1", "da"}};
    std::erase(submission.remarks, remark_on_no_biases);
    return submission;
}

}  // namespace

Submission make_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                           const Declaration& declaration) {
    if (const auto scores = raw_scores_in(arrays, file, declaration.renames))
        return make_submission(*scores, file, declaration);
    const std::vector<npz::Array> tied =
        declaration.ties.empty() ? std::vector<npz::Array>() : with_tied_weights(arrays, declaration, file);
    const Keys keys = keys_of(declaration.ties.empty() ? arrays : tied, file, declaration.renames);
    std::vector<SplitKeys> ways;
    if (declaration.convention) {
        ways.push_back({keys, layout_of(*declaration.convention), ""});
    } else {
        for (const Layout& layout : layouts_that_fit(keys)) ways.push_back({keys, layout, ""});
        if (ways.empty()) ways = with_biases_apart(keys);
        // Where none fits the shapes are refused one by one.
        if (ways.empty()) ways.push_back({keys, layout_of(Convention::deep_learning_specialization), ""});
    }
    struct Reading {
        Submission raw;
        ReadScaling scaling;
    };
    std::optional<Reading> best;
    std::optional<npz::Error> refusal;
    std::size_t readings = 0;
    for (const auto& [arrays_read, layout, remark] : ways) {
        try {
            Submission raw = unscaled(arrays_read, layout, declaration);
            if (!remark.empty()) raw.remarks.push_back(remark);
            raw.biases_in_weights = !remark.empty();
            ReadScaling scaling = read_scaling(raw, declared_cost(declaration, raw));
            ++readings;
            const bool is_better =
                !best || scaling.agreeing > best->scaling.agreeing ||
                (scaling.agreeing == best->scaling.agreeing && scaling.other && !best->scaling.other);
            if (is_better) best = Reading{std::move(raw), std::move(scaling)};
        } catch (const npz::Error& error) {
            if (!refusal) refusal = error;
        }
    }
    if (!best) throw *refusal;
    Submission& submission = best->raw;
    if (!declaration.convention && readings > 1)
        submission.remarks.insert(submission.remarks.begin(),
                                  fmt::format("{}: the shapes fit other layouts too, this one fits the numbers best",
                                              describe(submission.layout)));
    submission.remarks.insert(submission.remarks.end(), best->scaling.remarks.begin(), best->scaling.remarks.end());
    apply(best->scaling.scaling, submission);
    submission.right_for = best->scaling.other;
    if (submission.right_for)
        submission.right_for_word = word_for(submission.network.loss, submission.right_for->factor,
                                             static_cast<double>(submission.Y.rows()), submission.m());
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
