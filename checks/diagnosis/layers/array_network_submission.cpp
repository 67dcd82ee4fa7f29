// SPDX-License-Identifier: MIT
#include "diagnosis/layers/array_network_submission.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <ranges>
#include <stdexcept>

#include "diagnosis/layers/array_agreement.hpp"
#include "diagnosis/layers/array_network_diagnosis.hpp"
#include "diagnosis/layers/file_arrays.hpp"
#include "diagnosis/layers/layer_names.hpp"
#include "diagnosis/npz/archive.hpp"
#include "diagnosis/submissions/key_name.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/dense_rows.hpp"
#include "gradproof/layers/embedding.hpp"
#include "gradproof/layers/flatten.hpp"

namespace gradproof::diagnosis {
namespace {

using Names = std::vector<std::string>;

// How a file has its arrays.
struct NetworkLayout {
    bool is_in_columns;
    bool is_W_transposed;  // of dense layers, against inputs x outputs
    bool is_channels_second;
    std::string_view remark;
};
constexpr NetworkLayout layouts[]{
    {false, false, false, ""},
    {false, false, true, "images have the channels second"},
    {false, true, false, "examples in rows, W is outputs by inputs"},
    {false, true, true, "images have the channels second, W is outputs by inputs"},
    {true, true, false, "examples in columns, W is outputs by inputs"},
};

// The arrangement of a layer's own arrays.
AxisOrder axes_of_input(const NetworkLayout& layout, const AnyLayer& layer, std::size_t n, std::size_t rank) {
    if (layer.is<DenseRows>()) return layout.is_W_transposed && rank == 2 ? exchanged : AxisOrder();
    if (layer.facts().inputs[n].kind == InputKind::mask && layout.is_in_columns && rank == 2) return exchanged;
    if (!layout.is_channels_second) return {};
    for (const Arrangement& one : arrangements_of(layer))
        if (one.outputs == channels_second) return one.inputs[n];
    return rank == channels_second.size() ? channels_second : AxisOrder();
}

AxisOrder axes_of_value(const NetworkLayout& layout, std::size_t rank) {
    if (layout.is_in_columns && rank == 2) return exchanged;
    return layout.is_channels_second && rank == channels_second.size() ? channels_second : AxisOrder();
}

// Shapes that differ by axes of length 1 hold the same numbers: (1, F) for (F,).
Array<double> with_axes_like(const Array<double>& array, const Shape& example) {
    if (array.shape().size() == example.size()) return array;
    Shape shape = array.shape();
    std::erase(shape, 1);
    while (shape.size() < example.size()) shape.push_back(1);
    return shape.size() == example.size() ? Array<double>(shape, array.values()) : array;
}

const AnyLayer* layer_of(const NetworkStep& step) {
    return std::get_if<AnyLayer>(&step);
}

// What a layer without weights gives, in makemore's names and CMU's beside lib's.
Names words_of_value(const AnyLayer& layer) {
    if (layer.is<Embedding>()) return {"emb"};
    if (layer.is<Flatten>()) return {"embcat"};
    if (layer.is<BatchNorm>()) return {"hpreact", "BZ", "y"};
    return names_of_output(layer.facts().outputs.front(), false);
}

class NetworkReading {
  public:
    NetworkReading(const std::vector<npz::Array>& arrays, const std::string& file,
                   const ArrayNetworkDeclaration& declared, const NetworkLayout& layout)
        : unread_(arrays, file), file_(file), layout_(layout) {
        submission_.file = file;
        submission_.words = declared.words;
        submission_.network = {.steps = declared.steps,
                               .loss = declared.cost.loss,
                               .own = std::vector<Arrays<double>>(declared.steps.size())};
        for (NetworkStep& step : submission_.network.steps) {
            const AnyLayer* const layer = layer_of(step);
            if (!layer) continue;
            if (layer->is<Flatten>() && layout.is_channels_second) step = layer->with("channels_first", 1);
            for (std::size_t n = 0; n < layer->facts().inputs.size(); ++n)
                if (n != flowing_input(*layer)) ++count_[std::string(layer->facts().inputs[n].name)];
        }
        if (!layout.remark.empty()) submission_.remarks.emplace_back(layout.remark);
    }

    ArrayNetworkSubmission read() {
        const npz::Array& X = unread_.require({"X", "x", "Xb", "X_train"}, "X");
        submission_.X = with_axes(as_saved(X), axes_of_value(layout_, X.shape.size()));
        require_finite(submission_.X, "X");
        const npz::Array& Y = unread_.require({"Y", "y", "Yb", "labels"}, "Y");
        for (std::size_t s = 0; s < submission_.network.steps.size(); ++s) read_step(s);
        const ArrayCache cache = forward(submission_.network, submission_.X);
        for (const Array<double>& value : cache.values)
            submission_.shapes.push_back(shape_in_file(value.shape(), axes_of_value(layout_, value.shape().size())));
        submission_.Y = labels(Y, cache.values.back().shape());
        for (const auto& [gradient, s, n] : gradients_of_own_) {
            const AnyLayer& layer = *layer_of(submission_.network.steps[s]);
            add(*gradient, s, n, axes_of_input(layout_, layer, n, gradient->shape.size()),
                submission_.network.own[s][n].shape());
        }
        read_gradients_of_values(cache);
        // From the loss backwards; of one step first what it passed its derivative on from.
        std::ranges::stable_sort(submission_.gradients, [](const NetworkGradient& a, const NetworkGradient& b) {
            return a.step != b.step ? a.step > b.step : a.input.has_value() > b.input.has_value();
        });
        if (submission_.gradients.empty())
            throw npz::Error(file_ + ": holds no derivative to check; expected dW1, db1, ..." + unread_.and_has());
        if (const npz::Array* const J = unread_.take({"cost", "J", "loss"}, "the cost"))
            if (J->values.size() == 1) submission_.cost = J->values(0, 0);
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
        const AnyLayer* const layer = layer_of(submission_.network.steps[s]);
        if (!layer) return;
        const std::vector<Shape> examples = layer->example_shapes();
        Arrays<double>& own = submission_.network.own[s];
        own.resize(layer->facts().inputs.size());
        for (std::size_t n = 0; n < own.size(); ++n) {
            if (n == flowing_input(*layer)) continue;
            const LayerInput& input = layer->facts().inputs[n];
            const std::size_t number = ++reached_[std::string(input.name)];
            const std::size_t count = count_.at(std::string(input.name));
            const Names names = numbered(names_of_input(input.name), input.name, number, count);
            const npz::Array& array =
                unread_.require(names, fmt::format("{} of step {}, {}", input.name, s + 1, submission_.words[s]));
            const AxisOrder axes = axes_of_input(layout_, *layer, n, array.shape.size());
            own[n] = with_axes_like(with_axes(as_saved(array), axes), examples[n]);
            require_finite(own[n], array.name);
            if (input.is_positive) require_positive(array, file_);
            if (input.kind != InputKind::variable) continue;
            Names gradients;
            for (const std::string& name : names)
                for (const std::string& gradient : names_of_derivative(name)) gradients.push_back(gradient);
            if (const npz::Array* const gradient = unread_.take(gradients, fmt::format("d{}", input.name)))
                gradients_of_own_.push_back({gradient, s, n});
        }
    }

    // Z1 is what the first layer with weights gives, A1 what the activation behind it makes of that.
    void read_gradients_of_values(const ArrayCache& cache) {
        const auto& steps = submission_.network.steps;
        std::size_t weighted = 0;
        for (std::size_t s = 0; s < steps.size(); ++s) {
            const AnyLayer* const layer = layer_of(steps[s]);
            Names words;
            if (!layer) {
                words = {"A", "a", "h"};
            } else if (layer->facts().inputs.size() > 1 && is_weight(layer->facts().inputs[1])) {
                ++weighted;
                words = {"Z", "z"};
                const AnyLayer* const next = s + 1 < steps.size() ? layer_of(steps[s + 1]) : nullptr;
                if (next && next->is<BatchNorm>()) words.emplace_back("hprebn");
            } else {
                words = words_of_value(*layer);
            }
            Names names;
            for (const std::string& word : words)
                for (const std::string& name : {fmt::format("{}{}", word, weighted), word})
                    for (const std::string& gradient : names_of_derivative(name)) names.push_back(gradient);
            const bool is_score = s + 1 == steps.size() ? layer != nullptr : s + 2 == steps.size() && layer;
            if (is_score)
                for (const char* name : {"dlogits", "dscores", "dout"}) names.emplace_back(name);
            if (const npz::Array* const gradient = unread_.take(names, "the derivative of a value"))
                add(*gradient, s + 1, std::nullopt, axes_of_value(layout_, gradient->shape.size()),
                    cache.values[s + 1].shape());
        }
        if (const npz::Array* const dX = unread_.take({"dX", "dx", "dA0"}, "dX"))
            add(*dX, 0, std::nullopt, axes_of_value(layout_, dX->shape.size()), submission_.X.shape());
    }

    void add(const npz::Array& array, std::size_t step, std::optional<std::size_t> input, const AxisOrder& axes,
             const Shape& expected) {
        const Array<double> saved = as_saved(array);
        const Array<double> values = fitted(with_axes(saved, axes), expected);
        if (values.shape() != expected)
            throw npz::Error(fmt::format("{}: {} is {}, expected is {}", file_, npz::printable(array.name),
                                         text_of(saved.shape()), text_of(shape_in_file(expected, axes))));
        submission_.gradients.push_back({.name = npz::printable(array.name),
                                         .step = step,
                                         .input = input,
                                         .values = values,
                                         .axes = axes,
                                         .shape = saved.shape(),
                                         .is_float32 = array.is_float32()});
    }

    // Labels in the shape of the predictions, or a class for each row of them.
    Array<double> labels(const npz::Array& array, const Shape& predictions) {
        const Array<double> given = as_saved(array);
        require_finite(given, "Y");
        const Eigen::Index K = predictions.empty() ? 1 : predictions.back();
        const Eigen::Index rows = size_of(predictions) / std::max<Eigen::Index>(K, 1);
        const Array<double> laid = fitted(with_axes(given, axes_of_value(layout_, given.shape().size())), predictions);
        if (laid.shape() == predictions) return laid;
        if (given.size() == rows * K && K == 1) return {predictions, given.values()};
        if (given.size() != rows)
            throw npz::Error(
                fmt::format("{}: Y is {}, expected is {}, like the predictions, or a class for each of {} "
                            "examples",
                            file_, text_of(given.shape()),
                            text_of(shape_in_file(predictions, axes_of_value(layout_, predictions.size()))), rows));
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

    struct GradientOfOwn {
        const npz::Array* array;
        std::size_t step;
        std::size_t input;
    };

    UnreadArrays unread_;
    std::string file_;
    NetworkLayout layout_;
    std::vector<GradientOfOwn> gradients_of_own_;  // whose shapes are compared when the inputs' own are known to fit
    ArrayNetworkSubmission submission_;
    std::map<std::string, std::size_t, std::less<>> count_;    // how many steps have an input of this name
    std::map<std::string, std::size_t, std::less<>> reached_;  // how many of them have been read
};

// How many of the derivatives are right; the cost, which is what they are derivatives of, counts for more than all.
std::size_t count_of_right(const ArrayNetworkSubmission& s) {
    const ArrayCache cache = forward(s.network, s.X);
    const ArrayGradients right = backward(s.network, cache, s.Y);
    std::size_t count = 0;
    for (const NetworkGradient& one : s.gradients)
        if (agree(one.values, right_derivative(s, right, one), 0, agreement_of(one.is_float32))) ++count;
    const bool is_cost_right =
        s.cost && std::abs(*s.cost - cost(s.network, cache, s.Y)) <= agreement_of(true) * std::abs(*s.cost);
    return is_cost_right ? count + s.gradients.size() + 1 : count;
}

// The readings of the cost and of 1/N in derivatives of values, the likeliest first.
std::vector<ArrayNetworkSubmission> with_scalings(const ArrayNetworkSubmission& read,
                                                  const ArrayNetworkDeclaration& declared) {
    const auto N = static_cast<double>(read.Y.dim(0));
    const auto K = static_cast<double>(read.Y.size()) / N;
    std::vector<L2Scale> scales{declared.l2.value_or(L2Scale::lambda_over_2m)};
    if (!declared.l2 && declared.lambda != 0)
        for (const auto& [scale, name] : l2_scales)
            if (scale != scales.front()) scales.push_back(scale);
    const auto is_of_value = [](const NetworkGradient& one) { return !one.input.has_value(); };
    const bool has_values = std::ranges::any_of(read.gradients, is_of_value);
    std::vector<ArrayNetworkSubmission> all;
    for (const CostFactor& factor : declared.cost.factors)
        for (const L2Scale scale : scales)
            for (const double of_values : {1.0, N}) {
                if (of_values != 1 && !has_values) continue;
                all.push_back(read);
                all.back().scaling = {.factor = factor(K, N), .lambda = declared.lambda, .l2 = scale};
                all.back().network.factor = factor(K, N);
                all.back().network.lambda = in_course_scale(declared.lambda, scale, N);
                all.back().factor_of_values = of_values;
                if (of_values != 1) all.back().remarks.emplace_back("derivatives of values carry no 1/N");
            }
    return all;
}

// Left out in silence they would make a wrong gradient right.
void require_no_example_weights(const std::vector<npz::Array>& arrays, const std::string& file) {
    for (const npz::Array& array : arrays) {
        const auto name = key_name(array.name);
        if (name && (name->role == Role::example_weights || name->role == Role::class_weights))
            throw npz::Error(
                fmt::format("{}: {} weighs the examples, which is known of dense networks alone: say --hidden and "
                            "--output for --layers, or leave it out",
                            file, npz::printable(array.name)));
    }
}

}  // namespace

ArrayNetworkSubmission make_network_submission(const std::vector<npz::Array>& arrays, const std::string& file,
                                               const ArrayNetworkDeclaration& declared) {
    require_no_example_weights(arrays, file);
    std::optional<ArrayNetworkSubmission> best;
    std::size_t most = 0;
    std::string complaint;
    for (const NetworkLayout& layout : layouts) {
        try {
            for (ArrayNetworkSubmission& read :
                 with_scalings(NetworkReading(arrays, file, declared, layout).read(), declared)) {
                const std::size_t right = count_of_right(read);
                if (best && right <= most) continue;
                most = right;
                best = std::move(read);
            }
        } catch (const npz::Error& error) {
            if (complaint.empty()) complaint = error.what();
        } catch (const std::invalid_argument& error) {
            if (complaint.empty()) complaint = fmt::format("{}: {}", file, error.what());
        }
    }
    if (!best) throw npz::Error(complaint);
    return std::move(*best);
}

ArrayNetworkSubmission read_network_submission(const std::filesystem::path& path,
                                               const ArrayNetworkDeclaration& declared) {
    return make_network_submission(npz::read_arrays(path), npz::printable(path.string()), declared);
}

}  // namespace gradproof::diagnosis
