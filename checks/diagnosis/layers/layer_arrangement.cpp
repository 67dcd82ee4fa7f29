// SPDX-License-Identifier: MIT
#include "diagnosis/layers/layer_arrangement.hpp"

#include <algorithm>

#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/dense_rows.hpp"
#include "gradproof/layers/embedding.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/max_pool2d.hpp"
#include "gradproof/layers/multi_head_attention.hpp"
#include "gradproof/layers/rms_norm.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"

namespace gradproof::diagnosis {
namespace {

Shape without_ones(Shape shape) {
    std::erase(shape, 1);
    return shape;
}

// The first axes as one.
Shape with_rows_joined(const Shape& shape, std::size_t rank) {
    const auto end = shape.end() - static_cast<std::ptrdiff_t>(rank) + 1;
    Shape fewer{size_of(Shape(shape.begin(), end))};
    fewer.insert(fewer.end(), end, shape.end());
    return fewer;
}

// All axes but the first as one.
Shape flattened(const Shape& shape) {
    return {shape.front(), size_of(shape) / std::max<Eigen::Index>(shape.front(), 1)};
}

// Layers that treat every row by itself, or all rows together.
bool takes_rows(const AnyLayer& layer) {
    return layer.is<BatchNorm>() || layer.is<LayerNorm>() || layer.is<RmsNorm>() || layer.is<Embedding>() ||
           layer.is<DenseRows>();
}

// A state and an input for each example, in rows; sequences as examples, steps, features, or with the steps first.
// Weights lie as here, or as (in, out).
void add_recurrent(std::vector<Arrangement>& arrangements, const AnyLayer& layer, bool may_have_weights_in_out) {
    const std::vector<Shape> examples = layer.example_shapes();
    const bool has_steps = examples[0].size() == 3;
    const std::size_t states = layer.is<LstmCell>() ? 2 : 1;
    for (const bool are_in_out : {false, true})
        for (const bool is_step_first : {false, true}) {
            if ((are_in_out && !may_have_weights_in_out) || (is_step_first && !has_steps)) continue;
            const AxisOrder first = !has_steps ? exchanged : is_step_first ? AxisOrder{2, 1, 0} : AxisOrder{2, 0, 1};
            Arrangement one{.inputs = {first}, .outputs = first, .remark = {}};
            for (std::size_t n = 1; n < examples.size(); ++n) {
                const bool is_state = n <= states;
                const bool is_weight = !is_state && examples[n][1] > 1;
                one.inputs.push_back(is_state || (is_weight && are_in_out) ? exchanged : AxisOrder());
            }
            one.remark = is_step_first ? "sequences as steps by examples by features"
                         : has_steps   ? "sequences as examples by steps by features"
                                       : "examples in rows";
            one.remark += are_in_out ? ", weights as inputs by outputs" : ", weights as outputs by inputs";
            arrangements.push_back(std::move(one));
        }
}

}  // namespace

std::vector<Arrangement> arrangements_of(const AnyLayer& layer) {
    const std::size_t inputs = layer.facts().inputs.size();
    std::vector<Arrangement> arrangements{{.inputs = std::vector<AxisOrder>(inputs), .outputs = {}, .remark = {}}};
    const auto add = [&](std::vector<AxisOrder> axes, AxisOrder outputs, std::string remark) {
        axes.resize(inputs);
        arrangements.push_back({std::move(axes), std::move(outputs), std::move(remark)});
    };
    const std::string second = "images have the channels second";
    if (layer.is<Conv2d>())
        add({channels_second, {2, 3, 1, 0}}, channels_second, second + ", windows the filters first");
    if (layer.is<ConvTranspose2d>()) {
        add({channels_second, {2, 3, 1, 0}}, channels_second, second + ", windows are channels by filters");
        add({channels_second, {2, 3, 0, 1}}, channels_second, second + ", windows are filters by channels");
    }
    if (layer.is<DenseRows>()) {
        add({exchanged, exchanged}, exchanged, "examples in columns, W is outputs by inputs");
        add({{}, exchanged}, {}, "examples in rows, W is outputs by inputs");
    }
    if (layer.is<Conv1d>())
        add({{0, 2, 1}, {2, 1, 0}}, {0, 2, 1}, "sequences have the channels second, windows the filters first");
    if (layer.is<MaxPool2d>() || layer.is<AveragePool2d>() || layer.is<BatchNorm>() || layer.is<GroupNorm>())
        add({channels_second}, channels_second, second);
    if (layer.is<GroupNorm>()) add({{0, 2, 1}}, {0, 2, 1}, "the channels stand second");
    if (layer.is<MultiHeadAttention>())
        add({{}, exchanged, exchanged, exchanged, exchanged}, {}, "weights as outputs by inputs");
    if (layer.is<RnnCell>() || layer.is<Rnn>() || layer.is<GruCell>() || layer.is<Gru>())
        add_recurrent(arrangements, layer, true);
    if (layer.is<LstmCell>() || layer.is<Lstm>()) add_recurrent(arrangements, layer, false);
    return arrangements;
}

Shape shape_in_file(const Shape& shape, const AxisOrder& axes) {
    Shape in_file = shape;
    if (axes.size() != shape.size()) return in_file;
    for (std::size_t axis = 0; axis < axes.size(); ++axis) in_file[axes[axis]] = shape[axis];
    return in_file;
}

Array<double> with_axes(const Array<double>& array, const AxisOrder& axes) {
    if (axes.size() != array.shape().size()) return array;
    Shape shape;
    for (const std::size_t axis : axes) shape.push_back(array.dim(axis));
    Array<double> moved(shape);
    for (Eigen::Index n = 0; n < moved.size(); ++n) {
        const std::vector<Eigen::Index> index = index_in_file(n, array.shape(), axes);
        Eigen::Index place = 0;
        for (std::size_t axis = 0; axis < axes.size(); ++axis) place = place * array.dim(axis) + index[axis];
        moved.values()(n) = array.values()(place);
    }
    return moved;
}

std::vector<Eigen::Index> index_in_file(Eigen::Index place, const Shape& in_file, const AxisOrder& axes) {
    const bool are_moved = axes.size() == in_file.size();
    std::vector<Eigen::Index> index(in_file.size());
    for (std::size_t axis = in_file.size(); axis-- > 0;) {
        const std::size_t of_file = are_moved ? axes[axis] : axis;
        index[of_file] = place % in_file[of_file];
        place /= in_file[of_file];
    }
    return index;
}

Arrays<double> with_expected_ranks(const AnyLayer& layer, Arrays<double> inputs) {
    const std::vector<Shape> examples = layer.example_shapes();
    const bool folds = takes_rows(layer);
    for (std::size_t n = 0; n < inputs.size(); ++n) {
        const std::size_t rank = examples[n].size();
        Shape shape = inputs[n].shape();
        if (shape.size() == rank) continue;
        const bool has_examples = folds && (layer.facts().inputs[n].kind == InputKind::index ||
                                            (n == 0 && rank == 2 && !layer.is<Embedding>()));
        if (has_examples && shape.size() > rank) {
            // Where the weights want it, all of an example is one row, as in CS231n's affine layer.
            const bool is_row = layer.is<DenseRows>() && inputs[1].rank() == 2 && shape.back() != inputs[1].dim(0);
            shape = is_row ? flattened(shape) : with_rows_joined(shape, rank);
        } else {
            shape = without_ones(shape);
            while (shape.size() < rank) shape.push_back(1);
        }
        if (shape.size() == rank) inputs[n] = Array<double>(shape, inputs[n].values());
    }
    return inputs;
}

Array<double> fitted(const Array<double>& array, const Shape& shape) {
    const bool is_same = without_ones(array.shape()) == without_ones(shape);
    const bool has_more_axes = !shape.empty() && array.shape().size() > shape.size();
    const bool is_joined =
        has_more_axes && (with_rows_joined(array.shape(), shape.size()) == shape || flattened(array.shape()) == shape);
    return is_same || is_joined ? Array<double>(shape, array.values()) : array;
}

}  // namespace gradproof::diagnosis
