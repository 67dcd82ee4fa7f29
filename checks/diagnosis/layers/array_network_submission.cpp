// SPDX-License-Identifier: MIT
#include "diagnosis/layers/array_network_submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <set>
#include <stdexcept>

#include "diagnosis/layers/file_arrays.hpp"
#include "diagnosis/layers/layer_names.hpp"
#include "diagnosis/npz/archive.hpp"

namespace gradproof::diagnosis {
namespace {

using Names = std::vector<std::string>;

// Shapes that differ by axes of length 1 hold the same numbers: (1, F) for (F,).
Array<double> with_axes_like(const Array<double>& array, const Shape& example) {
    if (array.shape().size() == example.size()) return array;
    Shape shape = array.shape();
    std::erase(shape, 1);
    while (shape.size() < example.size()) shape.push_back(1);
    return shape.size() == example.size() ? Array<double>(shape, array.values()) : array;
}

class NetworkReading {
  public:
    NetworkReading(const std::vector<npz::Array>& arrays, const std::string& file,
                   const std::vector<NetworkStep>& steps, const AnyLoss& loss)
        : unread_(arrays, file), file_(file) {
        submission_.file = file;
        submission_.network = {.steps = steps, .loss = loss, .own = std::vector<Arrays<double>>(steps.size())};
        for (const NetworkStep& step : steps)
            if (const auto* const layer = std::get_if<AnyLayer>(&step))
                for (std::size_t n = 0; n < layer->facts().inputs.size(); ++n)
                    if (n != flowing_input(*layer)) ++count_[std::string(layer->facts().inputs[n].name)];
    }

    ArrayNetworkSubmission read() {
        submission_.X = as_saved(unread_.require({"X", "x", "Xb", "X_train"}, "X"));
        require_finite(submission_.X, "X");
        const npz::Array& Y = unread_.require({"Y", "y", "Yb", "labels"}, "Y");
        for (std::size_t s = 0; s < submission_.network.steps.size(); ++s) read_step(s);
        const ArrayCache cache = forward(submission_.network, submission_.X);
        submission_.Y = labels(Y, cache.values.back().shape());
        if (const npz::Array* const dX = unread_.take({"dX", "dx"}, "dX"))
            add({.name = dX->name, .of_X = true, .step = 0, .input = 0, .values = as_saved(*dX)},
                submission_.X.shape());
        std::ranges::reverse(submission_.gradients);
        // X itself comes last on the way back.
        std::stable_partition(submission_.gradients.begin(), submission_.gradients.end(),
                              [](const NetworkGradient& one) { return !one.of_X; });
        if (submission_.gradients.empty())
            throw npz::Error(file_ + ": holds no derivative to check; expected dW1, db1, ...");
        if (const Names left = unread_.left(); !left.empty())
            submission_.remarks.push_back(fmt::format("not looked at: {}", fmt::join(left, ", ")));
        return std::move(submission_);
    }

  private:
    // What an input may be called here: not what another input of the network is called.
    Names numbered(const Names& words, std::string_view own, std::size_t number, std::size_t count) const {
        Names names;
        for (const std::string& word : words) {
            if (word != own && count_.contains(word)) continue;
            names.push_back(fmt::format("{}{}", word, number));
            names.push_back(fmt::format("{}_{}", word, number));
            if (count == 1) names.push_back(word);
        }
        return names;
    }

    void read_step(std::size_t s) {
        const auto* const layer = std::get_if<AnyLayer>(&submission_.network.steps[s]);
        if (!layer) return;
        const std::vector<Shape> examples = layer->example_shapes();
        Arrays<double>& own = submission_.network.own[s];
        own.resize(layer->facts().inputs.size());
        for (std::size_t n = 0; n < own.size(); ++n) {
            if (n == flowing_input(*layer)) continue;
            const LayerInput& input = layer->facts().inputs[n];
            const std::size_t number = ++reached_[std::string(input.name)];
            const std::size_t count = count_.at(std::string(input.name));
            const npz::Array& array =
                unread_.require(numbered(names_of_input(input.name), input.name, number, count),
                                fmt::format("{} of step {}, {}", input.name, s + 1, layer->facts().name));
            own[n] = with_axes_like(as_saved(array), examples[n]);
            require_finite(own[n], array.name);
            if (input.kind != InputKind::variable) continue;
            Names gradients;
            for (const std::string& name : numbered(names_of_input(input.name), input.name, number, count))
                for (const std::string& gradient : names_of_derivative(name)) gradients.push_back(gradient);
            if (const npz::Array* const gradient = unread_.take(gradients, fmt::format("d{}", input.name)))
                add({.name = gradient->name,
                     .of_X = false,
                     .step = s,
                     .input = n,
                     .values = with_axes_like(as_saved(*gradient), examples[n])},
                    own[n].shape());
        }
    }

    void add(NetworkGradient gradient, const Shape& expected) {
        if (gradient.values.shape() != expected)
            throw npz::Error(fmt::format("{}: {} is {}, expected is {}", file_, npz::printable(gradient.name),
                                         text_of(gradient.values.shape()), text_of(expected)));
        submission_.gradients.push_back(std::move(gradient));
    }

    // Labels in the shape of the predictions, or a class for each row of them.
    Array<double> labels(const npz::Array& array, const Shape& predictions) {
        const Array<double> given = as_saved(array);
        require_finite(given, "Y");
        const Eigen::Index K = predictions.empty() ? 1 : predictions.back();
        const Eigen::Index rows = size_of(predictions) / std::max<Eigen::Index>(K, 1);
        if (given.size() == size_of(predictions)) return {predictions, given.values()};
        if (given.size() != rows)
            throw npz::Error(
                fmt::format("{}: Y is {}, expected is {}, like the predictions, or a class for each of {} "
                            "examples",
                            file_, text_of(given.shape()), text_of(predictions), rows));
        Array<double> one_hot({rows, K});
        for (Eigen::Index i = 0; i < rows; ++i) {
            const double label = given.values()(i);
            if (label < 0 || label >= static_cast<double>(K) || label != std::floor(label))
                throw npz::Error(
                    fmt::format("{}: Y[{}] is {}, expected is a class from 0 to {}", file_, i, label, K - 1));
            one_hot(i, static_cast<Eigen::Index>(label)) = 1;
        }
        submission_.remarks.emplace_back(fmt::format("Y holds class numbers: read as rows of {} classes", K));
        return {predictions, one_hot.values()};
    }

    void require_finite(const Array<double>& array, std::string_view name) const {
        if (!array.values().allFinite())
            throw npz::Error(fmt::format("{}: {} holds numbers that are not finite", file_, npz::printable(name)));
    }

    UnreadArrays unread_;
    std::string file_;
    ArrayNetworkSubmission submission_;
    std::map<std::string, std::size_t, std::less<>> count_;    // how many steps have an input of this name
    std::map<std::string, std::size_t, std::less<>> reached_;  // how many of them have been read
};

}  // namespace

ArrayNetworkSubmission make_network_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                               const std::vector<NetworkStep>& steps, const AnyLoss& loss) {
    try {
        return NetworkReading(arrays, file, steps, loss).read();
    } catch (const std::invalid_argument& error) {
        throw npz::Error(fmt::format("{}: {}", file, error.what()));
    }
}

ArrayNetworkSubmission read_network_submission(const std::filesystem::path& path, const std::vector<NetworkStep>& steps,
                                               const AnyLoss& loss) {
    return make_network_submission(npz::read_arrays(path), npz::printable(path.string()), steps, loss);
}

}  // namespace gradproof::diagnosis
