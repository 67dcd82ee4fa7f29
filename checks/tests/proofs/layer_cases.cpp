// SPDX-License-Identifier: MIT
#include "tests/proofs/layer_cases.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <functional>
#include <string>
#include <vector>

#include "gradproof/any_layer.hpp"
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
#include "gradproof/layers/flatten.hpp"
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
#include "notes/algebra/branches.hpp"
#include "tests/proofs/claims.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

struct LayerProof {
    AnyLayer layer;
    std::vector<Shape> shapes;
};

// n_x inputs, n_a units, m examples; with T steps a sequence.
std::vector<Shape> rnn_shapes(Eigen::Index n_x, Eigen::Index n_a, Eigen::Index m, Eigen::Index T = 0) {
    return {T > 0 ? Shape{n_x, m, T} : Shape{n_x, m}, {n_a, m}, {n_a, n_x}, {n_a, n_a}, {n_a, 1}};
}
std::vector<Shape> gru_shapes(Eigen::Index n_x, Eigen::Index n_h, Eigen::Index m, Eigen::Index T = 0) {
    std::vector<Shape> shapes{T > 0 ? Shape{n_x, m, T} : Shape{n_x, m}, {n_h, m}};
    shapes.insert(shapes.end(), 3, {n_h, n_x});
    shapes.insert(shapes.end(), 3, {n_h, n_h});
    shapes.insert(shapes.end(), 6, {n_h, 1});
    return shapes;
}
std::vector<Shape> lstm_shapes(Eigen::Index n_x, Eigen::Index n_a, Eigen::Index m, Eigen::Index T = 0) {
    std::vector<Shape> shapes{T > 0 ? Shape{n_x, m, T} : Shape{n_x, m}, {n_a, m}};
    if (T == 0) shapes.push_back({n_a, m});
    for (int gate = 0; gate < 4; ++gate) {
        shapes.push_back({n_a, n_a + n_x});
        shapes.push_back({n_a, 1});
    }
    return shapes;
}

// Two shapes or more of every smooth layer, small enough for formulas that can be carried out.
std::vector<LayerProof> layer_proofs() {
    return {
        {Add{}, {{2, 3}, {2, 3}}},
        {Add{}, {{1, 2, 2}, {1, 2, 2}}},
        {Attention{}, {{2, 1}, {2, 1}, {2, 2}}},
        {Attention{.causal = 1}, {{2, 2}, {2, 2}, {2, 1}}},
        {AveragePool2d{.size = 2, .stride = 1}, {{1, 3, 3, 1}}},
        {AveragePool2d{.size = 2, .stride = 2}, {{2, 2, 4, 2}}},
        {BatchNorm{}, {{2, 1}, {1}, {1}}},
        {BatchNorm{.ddof = 1}, {{3, 1}, {1}, {1}}},
        {Conv1d{}, {{2, 4, 2}, {3, 2, 3}, {3}}},
        {Conv1d{.stride = 2, .padding = 1}, {{1, 5, 2}, {2, 2, 3}, {3}}},
        {Conv2d{}, {{1, 3, 4, 2}, {2, 3, 2, 3}, {3}}},
        {Conv2d{.stride = 2, .padding = 1}, {{2, 3, 3, 1}, {2, 2, 1, 2}, {2}}},
        {Conv2d{.groups = 2}, {{1, 2, 3, 4}, {2, 2, 2, 2}, {2}}},
        {ConvTranspose2d{}, {{1, 2, 3, 2}, {2, 2, 3, 2}, {3}}},
        {ConvTranspose2d{.stride = 2, .padding = 1}, {{2, 2, 2, 1}, {3, 2, 2, 1}, {2}}},
        {DenseRows{}, {{4, 2}, {2, 3}, {3}}},
        {DenseRows{}, {{1, 3}, {3, 2}, {2}}},
        {Dropout{}, {{2, 3}, {2, 3}}},
        {Dropout{.keep = 0.75}, {{3, 2, 2}, {3, 2, 2}}},
        {Embedding{}, {{3, 2}, {4}}},
        {Embedding{}, {{4, 1}, {2, 3}}},
        {Flatten{}, {{2, 2, 3, 2}}},
        {Flatten{.channels_first = 1}, {{2, 2, 3, 2}}},
        {GaussianNegativeLogLikelihood{}, {{2, 3}, {2, 3}, {2, 3}}},
        {GaussianNegativeLogLikelihood{}, {{1, 2, 2}, {1, 2, 2}, {1, 2, 2}}},
        {Glu{}, {{2, 4}}},
        {Glu{}, {{1, 3, 2}}},
        {GroupNorm{.groups = 2}, {{1, 2, 2}, {2}, {2}}},
        {GroupNorm{.groups = 1}, {{2, 1, 2}, {2}, {2}}},
        {Gru{}, gru_shapes(1, 1, 1, 2)},
        {Gru{}, gru_shapes(2, 1, 1, 1)},
        {GruCell{}, gru_shapes(2, 1, 2)},
        {GruCell{}, gru_shapes(1, 2, 1)},
        {LayerNorm{}, {{2, 2}, {2}, {2}}},
        {LayerNorm{}, {{1, 3}, {3}, {3}}},
        {Lstm{}, lstm_shapes(1, 1, 1, 2)},
        {Lstm{}, lstm_shapes(2, 1, 1, 1)},
        {LstmCell{}, lstm_shapes(2, 1, 2)},
        {LstmCell{}, lstm_shapes(1, 2, 1)},
        {MultiHeadAttention{.heads = 2}, {{2, 1}, {1, 2}, {1, 2}, {1, 2}, {2, 1}}},
        {MultiHeadAttention{.heads = 1, .causal = 1}, {{2, 2}, {2, 1}, {2, 1}, {2, 1}, {1, 2}}},
        {RmsNorm{}, {{2, 2}, {2}}},
        {RmsNorm{}, {{1, 3}, {3}}},
        {Rnn{}, rnn_shapes(2, 1, 2, 3)},
        {Rnn{}, rnn_shapes(1, 2, 1, 2)},
        {RnnCell{}, rnn_shapes(2, 3, 2)},
        {RnnCell{}, rnn_shapes(3, 2, 4)},
        {Swiglu{}, {{2, 3}, {2, 3}}},
        {Swiglu{}, {{1, 2, 2}, {1, 2, 2}}},
    };
}

Array<Symbol> array_of(const std::string& name, const Shape& shape, const Interval& interval = real_line) {
    return as_array(symbols(name, shape.empty() ? 1 : size_of(shape), 1, interval), {size_of(shape), 1});
}

// Variables are symbols; a mask drops every third number, and the rows that are chosen come more than once.
Array<Symbol> input_of(const LayerInput& input, const Shape& shape, Eigen::Index rows) {
    Array<Symbol> array(shape);
    if (input.kind == InputKind::variable) {
        const Interval& interval = input.is_positive ? positive_numbers : real_line;
        array.values() = array_of(std::string(input.name) + "_", shape, interval).values();
        return array;
    }
    for (Eigen::Index n = 0; n < array.size(); ++n)
        array.values()(n) = Symbol(static_cast<double>(input.kind == InputKind::mask ? n % 3 != 1 : n * n % rows));
    return array;
}

using PullBack = std::function<Arrays<Symbol>(const AnyLayer&, const Arrays<Symbol>&, const Arrays<Symbol>&)>;

void prove_pull_back(Claim& claim, const LayerProof& of, const PullBack& pull_back) {
    std::size_t count = 0;
    for (const Shape& shape : of.shapes) count += static_cast<std::size_t>(size_of(shape));
    // The inputs, as many upstream derivatives, and the roots and exponentials on the way.
    Field field(40 + 4 * count);
    along_one_branch(
        [](std::size_t k) { return k % 2 == 0; },
        [&] {
            const auto& facts = of.layer.facts();
            of.layer.require_shapes(of.shapes);
            Arrays<Symbol> inputs;
            for (std::size_t n = 0; n < of.shapes.size(); ++n)
                inputs.push_back(input_of(facts.inputs[n], of.shapes[n], of.shapes[0][0]));
            Symbol number(0);
            Arrays<Symbol> d_outputs;
            for (const Array<Symbol>& output : of.layer.forward(inputs)) {
                d_outputs.push_back(
                    {output.shape(), array_of("u" + std::to_string(d_outputs.size()) + "_", output.shape()).values()});
                for (Eigen::Index n = 0; n < output.size(); ++n)
                    number = number + d_outputs.back().values()(n) * output.values()(n);
            }
            const Arrays<Symbol> pulled_back = pull_back(of.layer, inputs, d_outputs);
            for (std::size_t n = 0; n < inputs.size(); ++n)
                if (facts.inputs[n].kind == InputKind::variable)
                    claim.equal("d" + std::string(facts.inputs[n].name), Matrix<Symbol>(pulled_back[n].values()),
                                derivatives(number, Matrix<Symbol>(inputs[n].values())));
        });
}

Arrays<Symbol> of_lib(const AnyLayer& layer, const Arrays<Symbol>& inputs, const Arrays<Symbol>& d_outputs) {
    return layer.pull_back(inputs, d_outputs);
}

// The derivatives in the first input twice.
Arrays<Symbol> with_first_doubled(const AnyLayer& layer, const Arrays<Symbol>& inputs,
                                  const Arrays<Symbol>& d_outputs) {
    Arrays<Symbol> derivatives = layer.pull_back(inputs, d_outputs);
    derivatives.front().values() *= Symbol(2);
    return derivatives;
}

std::string path_of(const LayerProof& of) {
    std::string path = "proof/layers/" + name_of(of.layer) + "/";
    for (std::size_t axis = 0; axis < of.shapes[0].size(); ++axis)
        path += (axis > 0 ? "x" : "") + std::to_string(of.shapes[0][axis]);
    return path;
}

BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(layers)

// The largest number has a kink wherever two are equal, and no derivative there.
BOOST_AUTO_TEST_CASE(every_smooth_layer_is_proved_at_two_shapes) {
    for (const AnyLayer& layer : all_layers()) {
        if (layer.is<MaxPool2d>() || layer.is<Maxout>()) continue;
        const std::vector<LayerProof> proofs = layer_proofs();
        const auto count = std::ranges::count_if(
            proofs, [&](const LayerProof& one) { return one.layer.facts().id == layer.facts().id; });
        BOOST_TEST(count >= 2, layer.facts().name);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_layer_cases() {
    for (const LayerProof& of : layer_proofs()) {
        checks::add_case(path_of(of), [of] {
            Claim claim(prove_equal);
            prove_pull_back(claim, of, of_lib);
            BOOST_TEST(claim.proved(), claim.report());
            Claim wrong(prove_equal);
            prove_pull_back(wrong, of, with_first_doubled);
            BOOST_TEST(wrong.refuted(), "twice the derivatives are not refuted: " << wrong.report());
        });
    }
}

}  // namespace gradproof::proof
