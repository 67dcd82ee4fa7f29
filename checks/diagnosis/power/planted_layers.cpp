// SPDX-License-Identifier: MIT
#include "diagnosis/power/planted_layers.hpp"

#include <fmt/format.h>

#include "gradproof/layers/add.hpp"
#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/conv1d.hpp"
#include "gradproof/layers/conv2d.hpp"
#include "gradproof/layers/conv_transpose2d.hpp"
#include "gradproof/layers/dense_rows.hpp"
#include "gradproof/layers/dropout.hpp"
#include "gradproof/layers/embedding.hpp"
#include "gradproof/layers/gaussian_negative_log_likelihood.hpp"
#include "gradproof/layers/glu.hpp"
#include "gradproof/layers/group_norm.hpp"
#include "gradproof/layers/gru.hpp"
#include "gradproof/layers/gru_cell.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/lstm.hpp"
#include "gradproof/layers/lstm_cell.hpp"
#include "gradproof/layers/max_pool2d.hpp"
#include "gradproof/layers/maxout.hpp"
#include "gradproof/layers/multi_head_attention.hpp"
#include "gradproof/layers/rms_norm.hpp"
#include "gradproof/layers/rnn.hpp"
#include "gradproof/layers/rnn_cell.hpp"
#include "gradproof/layers/swiglu.hpp"

namespace gradproof::diagnosis {
namespace {

std::vector<Shape> rnn_shapes(const Shape& x, Eigen::Index n_a) {
    return {x, {n_a, x[1]}, {n_a, x[0]}, {n_a, n_a}, {n_a, 1}};
}

std::vector<Shape> lstm_shapes(const Shape& x, Eigen::Index n_a, bool has_memory) {
    std::vector<Shape> shapes{x, {n_a, x[1]}};
    if (has_memory) shapes.push_back({n_a, x[1]});
    for (int gate = 0; gate < 4; ++gate) {
        shapes.push_back({n_a, n_a + x[0]});
        shapes.push_back({n_a, 1});
    }
    return shapes;
}

std::vector<Shape> gru_shapes(const Shape& x, Eigen::Index n_h) {
    std::vector<Shape> shapes{x, {n_h, x[1]}};
    shapes.insert(shapes.end(), 3, {n_h, x[0]});
    shapes.insert(shapes.end(), 3, {n_h, n_h});
    shapes.insert(shapes.end(), 6, {n_h, 1});
    return shapes;
}

}  // namespace

const std::vector<LayerSizes>& sizes_of_layers() {
    static const std::vector<LayerSizes> sizes{
        {BatchNorm{}, {{4, 4}, {4}, {4}}},
        {BatchNorm{.eps = 0.1, .ddof = 1}, {{6, 4}, {4}, {4}}},
        {LayerNorm{.eps = 0.1}, {{3, 5}, {5}, {5}}},
        {LayerNorm{}, {{4, 4}, {4}, {4}}},
        {RmsNorm{.eps = 0.1}, {{3, 5}, {5}}},
        {RmsNorm{}, {{4, 4}, {4}}},
        {DenseRows{}, {{5, 3}, {3, 4}, {4}}},
        {DenseRows{}, {{4, 4}, {4, 4}, {4}}},
        {Dropout{.keep = 0.7}, {{5, 7}, {5, 7}}},
        {Dropout{.keep = 0.8}, {{4, 4}, {4, 4}}},
        // No window reaches the last row, and only one lies beside another.
        {Conv2d{.stride = 2, .padding = 1}, {{2, 6, 5, 3}, {3, 2, 3, 4}, {4}}},
        {Conv2d{.stride = 2, .padding = 1}, {{3, 4, 4, 3}, {3, 3, 3, 3}, {3}}},
        {MaxPool2d{.size = 3, .stride = 2}, {{2, 6, 5, 3}}},
        {MaxPool2d{.size = 3, .stride = 2}, {{3, 5, 5, 5}}},
        {AveragePool2d{.size = 3, .stride = 2}, {{2, 6, 5, 3}}},
        {AveragePool2d{.size = 3, .stride = 2}, {{3, 5, 5, 5}}},
        {RnnCell{}, rnn_shapes({2, 4}, 3)},
        {RnnCell{}, rnn_shapes({3, 3}, 3)},
        {Rnn{}, rnn_shapes({2, 5, 4}, 3)},
        {Rnn{}, rnn_shapes({3, 3, 3}, 3)},
        {LstmCell{}, lstm_shapes({2, 4}, 3, true)},
        {LstmCell{}, lstm_shapes({3, 3}, 3, true)},
        {Lstm{}, lstm_shapes({2, 5, 4}, 3, false)},
        {Lstm{}, lstm_shapes({3, 3, 3}, 3, false)},
        {Attention{.causal = 1}, {{4, 3}, {5, 3}, {5, 2}}},
        {Attention{.causal = 1}, {{4, 4}, {4, 4}, {4, 4}}},
        {Embedding{}, {{4, 3}, {9}}},
        {Embedding{}, {{3, 3}, {7}}},
        // Three channels a group, so that dealing them out to two groups is another matter.
        {GroupNorm{.groups = 2, .eps = 0.1}, {{3, 2, 5, 6}, {6}, {6}}},
        {GroupNorm{.groups = 2}, {{4, 3, 4}, {4}, {4}}},
        {Conv1d{.stride = 2, .padding = 1}, {{2, 7, 3}, {4, 3, 5}, {5}}},
        {Conv1d{.stride = 2, .padding = 1}, {{3, 4, 3}, {3, 3, 3}, {3}}},
        {ConvTranspose2d{.stride = 2, .padding = 1}, {{2, 4, 5, 3}, {3, 2, 4, 3}, {4}}},
        {ConvTranspose2d{.stride = 2, .padding = 1}, {{3, 3, 3, 3}, {3, 3, 3, 3}, {3}}},
        {GruCell{}, gru_shapes({2, 4}, 3)},
        {GruCell{}, gru_shapes({3, 3}, 3)},
        {Gru{}, gru_shapes({2, 5, 4}, 3)},
        {Gru{}, gru_shapes({3, 3, 3}, 3)},
        // Heads whose width is not their number, so that each root is another one.
        {MultiHeadAttention{.heads = 2, .causal = 1}, {{3, 5}, {5, 6}, {5, 6}, {5, 6}, {6, 7}}},
        {MultiHeadAttention{.heads = 2, .causal = 1}, {{6, 6}, {6, 6}, {6, 6}, {6, 6}, {6, 6}}},
        {Glu{}, {{3, 10}}},
        {Glu{}, {{4, 4}}},
        {Swiglu{}, {{4, 3}, {4, 3}}},
        {Swiglu{}, {{4, 4}, {4, 4}}},
        {Maxout{.pieces = 3}, {{4, 6}}},
        {Maxout{.pieces = 2}, {{4, 4}}},
        {GaussianNegativeLogLikelihood{}, {{4, 3}, {4, 3}, {4, 3}}},
        {GaussianNegativeLogLikelihood{}, {{4, 4}, {4, 4}, {4, 4}}},
        {Add{}, {{4, 3}, {4, 3}}},
        {Add{}, {{4, 4}, {4, 4}}},
    };
    return sizes;
}

LayerSubmission layer_submission(const checks::LayerPoint& point, const Arrays<double>& derivatives) {
    LayerSubmission submission{.file = "planted",
                               .point = point,
                               .gradients = {},
                               .outputs = std::vector<std::optional<Array<double>>>(point.d_outputs.size()),
                               .gradient_names = {},
                               .input_names = {},
                               .upstream_names = {},
                               .output_names = {},
                               .axes = std::vector<AxisOrder>(point.inputs.size()),
                               .input_shapes = shapes_of(point.inputs),
                               .gradient_shapes = shapes_of(point.inputs),
                               .float32_gradients = {},
                               .float32_outputs = {},
                               .remarks = {}};
    for (std::size_t n = 0; n < point.inputs.size(); ++n) {
        const LayerInput& input = point.layer.facts().inputs[n];
        submission.gradients.emplace_back();
        if (input.kind == InputKind::variable) submission.gradients.back() = derivatives[n];
        submission.gradient_names.push_back(fmt::format("d{}", input.name));
        submission.input_names.emplace_back(input.name);
    }
    for (const std::string_view output : point.layer.facts().outputs) {
        submission.upstream_names.push_back(fmt::format("d{}", output));
        submission.output_names.emplace_back(output);
    }
    return submission;
}

std::vector<std::string> names_of_changed(const checks::LayerPoint& point, const Arrays<double>& derivatives) {
    const Arrays<double> right = point.pulled_back();
    std::vector<std::string> names;
    for (std::size_t n = 0; n < right.size(); ++n) {
        const double largest = right[n].values().cwiseAbs().maxCoeff();
        if ((derivatives[n].values() - right[n].values()).cwiseAbs().maxCoeff() > 1e-9 * largest)
            names.push_back(fmt::format("d{}", point.layer.facts().inputs[n].name));
    }
    return names;
}

}  // namespace gradproof::diagnosis
