// SPDX-License-Identifier: MIT
#include "submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "keys.hpp"
#include "npz/archive.hpp"

namespace gradproof::mistakes {
namespace {

using npz::Array;

// An array in the course's convention: examples in columns, W as n_l × n_{l-1}, a vector of biases as n × 1.
Tensor with_examples_in_columns(const Array& array, Convention convention) {
    if (convention == Convention::dls) return array.values;
    return array.values.transpose();
}
Tensor weights(const Array& array, Convention convention) {
    if (convention == Convention::cs231n) return array.values.transpose();
    return array.values;
}
Tensor biases(const Array& array) {
    return array.values.reshaped(array.values.size(), 1);
}
bool is_line(const Array& array) {
    return array.values.rows() == 1 || array.values.cols() == 1;
}

// Whether X, Y, weights and biases go together in this convention.
bool fits(const Keys& keys, Convention convention) {
    const Tensor X = with_examples_in_columns(keys.at("X"), convention);
    Eigen::Index n = X.rows();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const Tensor W = weights(keys.at("W", l), convention);
        if (W.cols() != n || keys.at("b", l).values.size() != W.rows()) return false;
        n = W.rows();
    }
    const Array& Y = keys.at("Y");
    if (is_line(Y)) return Y.values.size() == X.cols() || (X.cols() == 1 && Y.values.size() == n);
    return with_examples_in_columns(Y, convention).cols() == X.cols();
}

Convention find_convention(const Keys& keys, const Declaration& declaration, std::vector<std::string>& remarks) {
    if (declaration.convention) return *declaration.convention;
    std::vector<Convention> fitting;
    for (const auto& [convention, name] : conventions)
        if (fits(keys, convention)) fitting.push_back(convention);
    if (fitting.empty()) return Convention::dls;  // the shapes are refused later, with reasons
    if (fitting.size() == 1) {
        if (fitting.front() != Convention::dls)
            remarks.push_back(fmt::format("the shapes fit the convention {} alone", name_of(fitting.front())));
        return fitting.front();
    }
    std::vector<std::string_view> names;
    for (const Convention convention : fitting) names.push_back(name_of(convention));
    remarks.push_back(fmt::format("the shapes fit the conventions {}: read as {}, say --convention if it is another",
                                  fmt::join(names, ", "), names.front()));
    return fitting.front();
}

struct Reader {
    const Keys& keys;
    Convention convention;

    // Throws unless `found` is rows × columns (in the course's convention); says so if it would fit transposed.
    void require_shape(const Array& array, const Tensor& found, Eigen::Index rows, Eigen::Index columns,
                       const std::string& because) const {
        if (found.rows() == rows && found.cols() == columns) return;
        const bool swapped = (&array.values)->rows() != 0 && found.rows() == columns && found.cols() == rows;
        const bool weights_transposed = convention == Convention::cs231n;
        const bool data_transposed = convention != Convention::dls;
        const bool transposed = array.name.find('W') != std::string::npos ? weights_transposed : data_transposed;
        const auto [r, c] = transposed ? std::pair(columns, rows) : std::pair(rows, columns);
        throw npz::Error(fmt::format("{}: {} has shape {}; expected ({}, {}) {}{}", keys.file, array.name,
                                     npz::shape_text(array.shape), r, c, because,
                                     swapped ? ": this is the transpose, so a .T is missing or too much" : ""));
    }
    void require_biases(const Array& array, Eigen::Index n, Eigen::Index m) const {
        if (is_line(array) && array.values.size() == n) return;
        std::string hint;
        if (array.name.starts_with('d') && array.values.size() == m)
            hint = ": it has one entry for each example, so it was summed over the units (axis 0 instead of 1)";
        if (array.name.starts_with('d') && array.values.size() == n * m)
            hint = ": it was not summed over the examples, np.sum(dZ, axis=1, keepdims=True) / m";
        throw npz::Error(fmt::format(
            "{}: {} has shape {}; expected ({}, 1) or ({},), one entry for each unit of layer {}{}", keys.file,
            array.name, npz::shape_text(array.shape), n, n, array.name.substr(array.name.find('b') + 1), hint));
    }
    void require_finite(const Array& array) const {
        for (Eigen::Index column = 0; column < array.values.cols(); ++column)
            for (Eigen::Index row = 0; row < array.values.rows(); ++row)
                if (!std::isfinite(array.values(row, column)))
                    throw npz::Error(fmt::format("{}: {}[{}, {}] is {}; expected a finite number", keys.file,
                                                 array.name, row, column, array.values(row, column)));
    }
};

Tensor one_hot(const Array& array, Eigen::Index classes, const std::string& file) {
    Tensor Y = Tensor::Zero(classes, array.values.size());
    for (Eigen::Index i = 0; i < array.values.size(); ++i) {
        const double label = array.values.reshaped()(i);
        if (label < 0 || label >= static_cast<double>(classes) || label != std::floor(label))
            throw npz::Error(fmt::format("{}: Y[{}] is {}; expected a class from 0 to {} (the output has {} units)",
                                         file, i, label, classes - 1, classes));
        Y(static_cast<Eigen::Index>(label), i) = 1;
    }
    return Y;
}

Tensor labels(const Reader& reader, Eigen::Index n, Eigen::Index m, std::vector<std::string>& remarks) {
    const Array& array = reader.keys.at("Y");
    reader.require_finite(array);
    const Tensor Y = with_examples_in_columns(array, reader.convention);
    if (n > 1 && is_line(array) && array.values.size() == m && !(Y.rows() == n && Y.cols() == m)) {
        remarks.push_back(fmt::format("Y holds class numbers: read as one-hot columns of {} classes", n));
        return one_hot(array, n, reader.keys.file);
    }
    if (n == 1 && is_line(array) && array.values.size() == m) return array.values.reshaped(1, m);
    reader.require_shape(array, Y, n, m, "by the output layer and X");
    return Y;
}

void require_labels_of_loss(const AnyLoss& loss, const Tensor& Y, const std::string& file) {
    std::visit(
        [&]<class L>(const L&) {
            const Interval domain = L::label_domain;
            for (Eigen::Index i = 0; i < Y.cols(); ++i)
                for (Eigen::Index k = 0; k < Y.rows(); ++k)
                    if (!domain.contains(Y(k, i)))
                        throw npz::Error(
                            fmt::format("{}: the label Y[{}, {}] = {} is none that {} can have; expected {} to {}",
                                        file, k, i, Y(k, i), L::name, domain.lower, domain.upper));
            if (L::labels != Labels::distribution) return;
            for (Eigen::Index i = 0; i < Y.cols(); ++i)
                if (std::abs(Y.col(i).sum() - 1) > 1e-6)
                    throw npz::Error(fmt::format("{}: the labels of example {} add up to {}; {} expects 1 (one-hot)",
                                                 file, i, Y.col(i).sum(), L::name));
        },
        loss);
}

void require_pair(const AnyActivation& output, const AnyLoss& loss) {
    if (pair_makes_sense(output, loss)) return;
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
    for (const auto& layer : submission.network.layers) sizes.push_back(layer.W.rows());
    if (sizes != declaration.layers)
        throw npz::Error(fmt::format("{}: the shapes say layers {}, but --layers says {}", submission.file,
                                     fmt::join(sizes, ","), fmt::join(declaration.layers, ",")));
}

void read_network(const Reader& reader, const Declaration& declaration, Submission& submission) {
    const Keys& keys = reader.keys;
    reader.require_finite(keys.at("X"));
    submission.X = with_examples_in_columns(keys.at("X"), reader.convention);
    if (submission.X.size() == 0)
        throw npz::Error(fmt::format("{}: X has shape {}; expected at least one feature and one example", keys.file,
                                     npz::shape_text(keys.at("X").shape)));
    const auto functions = activations(declaration, keys.L);
    Eigen::Index n = submission.X.rows();
    const Eigen::Index m = submission.X.cols();
    for (std::size_t l = 1; l <= keys.L; ++l) {
        const Array& W = keys.at("W", l);
        const Array& b = keys.at("b", l);
        reader.require_finite(W);
        reader.require_finite(b);
        const Tensor values = weights(W, reader.convention);
        reader.require_shape(W, values, values.rows(), n,
                             fmt::format("because {} has {} {}", l == 1 ? "X" : fmt::format("layer {}", l - 1), n,
                                         l == 1 ? "features" : "units"));
        if (values.size() == 0) throw npz::Error(fmt::format("{}: W{} is empty", keys.file, l));
        reader.require_biases(b, values.rows(), m);
        submission.network.layers.push_back({values, biases(b), functions[l - 1]});
        n = values.rows();
    }
    submission.network.loss = loss_named(declaration.loss);
    require_pair(functions.back(), submission.network.loss);
    if (!std::isfinite(declaration.lambda)) throw npz::Error("--lambda must be a finite number");
    submission.network.lambda = declaration.lambda;
    submission.Y = labels(reader, n, m, submission.remarks);
    require_labels_of_loss(submission.network.loss, submission.Y, keys.file);
    if (reader.convention != Convention::dls && declaration.lambda != 0) {
        submission.network.lambda *= submission.m();
        submission.remarks.push_back(
            fmt::format("convention {}: the L2 term is read as lambda/2 * sum(W**2)", name_of(reader.convention)));
    }
}

void read_results(const Reader& reader, Submission& submission) {
    const Keys& keys = reader.keys;
    const std::size_t L = keys.L;
    const Eigen::Index m = submission.Y.cols();
    const auto units = [&](std::size_t l) {
        return l == 0 ? submission.X.rows() : submission.network.layer(l).W.rows();
    };
    submission.cache.Z.resize(L + 1);
    submission.cache.A.resize(L + 1);
    submission.gradients = empty_gradients(L);
    const double per_example = reader.convention == Convention::dls ? 1.0 : submission.m();
    for (std::size_t l = 0; l <= L; ++l) {
        const auto of_examples = [&](const std::string& letter, Tensor& target, double factor) {
            const Array* const array = keys.find(letter, l);
            if (!array) return;
            const Tensor values = with_examples_in_columns(*array, reader.convention);
            reader.require_shape(*array, values, units(l), m,
                                 fmt::format("from the {} units of layer {} and m = {}", units(l), l, m));
            target = values * factor;
        };
        of_examples("Z", submission.cache.Z[l], 1);
        of_examples("A", submission.cache.A[l], 1);
        of_examples("dZ", submission.gradients.dZ[l], per_example);
        of_examples("dA", submission.gradients.dA[l], per_example);
        if (const Array* const dW = keys.find("dW", l)) {
            const Tensor values = weights(*dW, reader.convention);
            reader.require_shape(*dW, values, units(l), units(l - 1), fmt::format("like W{}", l));
            submission.gradients.dW[l] = values;
        }
        if (const Array* const db = keys.find("db", l)) {
            reader.require_biases(*db, units(l), m);
            submission.gradients.db[l] = biases(*db);
        }
    }
    if (const Array* const cost = keys.find("cost")) {
        if (cost->values.size() != 1)
            throw npz::Error(
                fmt::format("{}: cost has shape {}; expected one number", keys.file, npz::shape_text(cost->shape)));
        submission.cost = cost->values(0, 0);
    }
}

template <class Tuple>
std::vector<std::string_view> names_in() {
    return std::apply([](const auto&... cases) { return std::vector<std::string_view>{cases.name...}; }, Tuple{});
}

template <class Any, class Tuple>
Any named(std::string_view name, std::string_view option) {
    std::optional<Any> found;
    std::apply([&](const auto&... cases) { ((cases.name == name ? void(found = Any(cases)) : void()), ...); }, Tuple{});
    if (!found)
        throw npz::Error(fmt::format("{} '{}' is not known; expected one of {}", option, npz::printable(name),
                                     fmt::join(names_in<Tuple>(), ", ")));
    return *found;
}

}  // namespace

std::string_view name_of(Convention convention) {
    return conventions[static_cast<std::size_t>(convention)].second;
}

AnyActivation activation_named(std::string_view name) {
    return named<AnyActivation, Activations>(name, "the activation");
}

AnyLoss loss_named(std::string_view name) {
    return named<AnyLoss, Losses>(name, "the loss");
}

Submission make_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                           const Declaration& declaration) {
    const Keys keys = keys_of(arrays, file);
    Submission submission;
    submission.file = file;
    submission.convention = find_convention(keys, declaration, submission.remarks);
    const Reader reader{keys, submission.convention};
    read_network(reader, declaration, submission);
    require_layers(declaration, submission);
    read_results(reader, submission);
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

}  // namespace gradproof::mistakes
