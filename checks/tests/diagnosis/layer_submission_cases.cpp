// SPDX-License-Identifier: MIT
//
// One backward function as a file of each course has it: its names, its axes, its numbers. All are read as the same
// point, and what cannot be read is answered with one line.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>
#include <vector>

#include "diagnosis/layers/layer_diagnosis.hpp"
#include "diagnosis/layers/layer_submission.hpp"
#include "differences/layer_point.hpp"
#include "spelling/named_case.hpp"
#include "tests/diagnosis/saved_array.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::LayerPoint;
using checks::Outcome;
using checks::random_point;

using LayerFile = std::vector<npz::Array>;

// An array with lib's axes as it lies in a file.
Array<double> laid_out(const Array<double>& array, const AxisOrder& axes) {
    AxisOrder back(axes.size());
    for (std::size_t axis = 0; axis < axes.size(); ++axis) back[axes[axis]] = axis;
    return with_axes(array, back);
}

// An input in a file, and the derivative in it: names, axes, and a shape, with axes of length 1 or more axes of
// examples, if it is not what follows from them.
struct InFile {
    std::string name;
    std::string gradient;
    AxisOrder axes{};
    Shape shape{};
    Shape gradient_shape{};
    Shape unfolded{};  // with all axes of examples, in lib's order
};

struct CourseFile {
    std::string course;
    std::string layer;  // as it is declared
    LayerPoint point;
    std::vector<InFile> inputs;
    std::vector<InFile> upstreams;
    std::vector<std::pair<std::string, double>> numbers{};
};

Array<double> in_shape(const Array<double>& array, const Shape& shape) {
    return shape.empty() ? array : Array<double>(shape, array.values());
}

Array<double> as_in_file(const Array<double>& array, const InFile& in_file, const Shape& shape) {
    return in_shape(laid_out(in_shape(array, in_file.unfolded), in_file.axes), shape);
}

LayerFile file_of(const CourseFile& course, const Arrays<double>& derivatives) {
    LayerFile file;
    for (std::size_t n = 0; n < course.inputs.size(); ++n) {
        const InFile& input = course.inputs[n];
        const Shape& of_gradient = input.gradient_shape.empty() ? input.shape : input.gradient_shape;
        file.push_back(saved(input.name, as_in_file(course.point.inputs[n], input, input.shape)));
        if (!input.gradient.empty())
            file.push_back(saved(input.gradient, as_in_file(derivatives[n], input, of_gradient)));
    }
    for (std::size_t n = 0; n < course.upstreams.size(); ++n) {
        const InFile& upstream = course.upstreams[n];
        file.push_back(saved(upstream.name, as_in_file(course.point.d_outputs[n], upstream, upstream.shape)));
    }
    for (const auto& [name, number] : course.numbers) file.push_back(saved(name, number));
    return file;
}

LayerPoint point_of(const std::string& layer, const std::vector<Shape>& shapes) {
    return random_point(layer_named(layer), shapes, 5);
}
LayerPoint point_of(const std::string& layer) {
    return point_of(layer, layer_named(layer).example_shapes());
}

const AxisOrder second{0, 2, 3, 1};
const AxisOrder rows{1, 0};
const AxisOrder steps{2, 0, 1};

std::vector<InFile> gates_in_columns() {
    std::vector<InFile> gates;
    for (const char* const gate : {"f", "i", "c", "o"})
        for (const char* const letter : {"W", "b"}) {
            const std::string name = std::string(letter) + gate;
            gates.push_back({name, "d" + name});
        }
    return gates;
}
std::vector<InFile> lstm_inputs(std::vector<InFile> first) {
    for (const InFile& gate : gates_in_columns()) first.push_back(gate);
    return first;
}

// CMU's cell takes vectors, and gives rows back.
std::vector<InFile> gru_inputs_of_cmu() {
    std::vector<InFile> inputs{{"x", "dx", {}, {2}, {1, 2}}, {"h_prev_t", "dh_prev_t", {}, {3}, {1, 3}}};
    for (const char* const weight : {"Wrx", "Wzx", "Wnx", "Wrh", "Wzh", "Wnh"})
        inputs.push_back({weight, std::string("d") + weight});
    for (const char* const bias : {"brx", "bzx", "bnx", "brh", "bzh", "bnh"})
        inputs.push_back({bias, std::string("d") + bias, {}, {3}});
    return inputs;
}

std::vector<InFile> gru_inputs_of_steps() {
    std::vector<InFile> inputs = gru_inputs_of_cmu();
    inputs[0] = {"x", "dx", steps};
    inputs[1] = {"h0", "dh0", rows};
    return inputs;
}

std::vector<Shape> gru_shapes_of_one_example() {
    std::vector<Shape> shapes = layer_named("gru_cell").example_shapes();
    shapes[0] = {2, 1};
    shapes[1] = {3, 1};
    return shapes;
}

// clang-format off
std::vector<CourseFile> course_files() {
    return {
        {"DLS conv_backward", "conv2d", point_of("conv2d(stride=2, padding=1)"),
         {{"A_prev", "dA_prev"}, {"W", "dW"}, {"b", "db", {}, {1, 1, 1, 4}}}, {{"dZ", ""}}, {{"stride", 2}, {"pad", 1}}},
        {"DLS pool_backward, max", "max_pool2d", point_of("max_pool2d(size=3, stride=1)"),
         {{"A_prev", "dA_prev"}}, {{"dA", ""}}, {{"f", 3}, {"stride", 1}}},
        {"DLS pool_backward, average", "average_pool2d", point_of("average_pool2d(size=3, stride=1)"),
         {{"A_prev", "dA_prev"}}, {{"dA", ""}}, {{"f", 3}, {"stride", 1}}},
        {"DLS rnn_cell_backward", "rnn_cell", point_of("rnn_cell"),
         {{"xt", "dxt"}, {"a_prev", "da_prev"}, {"Wax", "dWax"}, {"Waa", "dWaa"}, {"ba", "dba"}}, {{"da_next", ""}}},
        {"DLS rnn_backward", "rnn", point_of("rnn"),
         {{"x", "dx"}, {"a0", "da0"}, {"Wax", "dWax"}, {"Waa", "dWaa"}, {"ba", "dba"}}, {{"da", ""}}},
        {"DLS lstm_cell_backward", "lstm_cell", point_of("lstm_cell"),
         lstm_inputs({{"xt", "dxt"}, {"a_prev", "da_prev"}, {"c_prev", "dc_prev"}}), {{"da_next", ""}, {"dc_next", ""}}},
        {"DLS lstm_backward", "lstm", point_of("lstm"), lstm_inputs({{"x", "dx"}, {"a0", "da0"}}), {{"da", ""}}},
        {"DLS linear_backward, without the mean", "dense", point_of("dense"),
         {{"A_prev", "dA_prev", rows}, {"W", "dW", rows}, {"b", "db", {}, {4, 1}}}, {{"dZ", "", rows}}},
        {"CS231n affine_backward", "affine", point_of("dense", {{2, 6}, {6, 4}, {4}}),
         {{"x", "dx", {}, {2, 3, 2}}, {"w", "dw"}, {"b", "db"}}, {{"dout", ""}}},
        {"PyTorch Linear", "Linear", point_of("dense"),
         {{"input", "input.grad"}, {"weight", "weight.grad", rows}, {"bias", "bias.grad"}}, {{"grad_output", ""}}},
        {"DLS dropout", "dropout", point_of("dropout(keep=0.7)"),
         {{"A", "dA_prev"}, {"D", ""}}, {{"dZ", ""}}, {{"keep_prob", 0.7}}},
        {"CS231n batchnorm_backward", "batch_norm", point_of("batch_norm(eps=0.01)"),
         {{"x", "dx"}, {"gamma", "dgamma"}, {"beta", "dbeta"}}, {{"dout", ""}}, {{"eps", 0.01}}},
        {"CS231n spatial_batchnorm_backward", "batch_norm", point_of("batch_norm", {{40, 3}, {3}, {3}}),
         {{"x", "dx", second, {}, {}, {2, 4, 5, 3}}, {"gamma", "dgamma"}, {"beta", "dbeta"}},
         {{"dout", "", second, {}, {}, {2, 4, 5, 3}}}},
        {"CS231n layernorm_backward", "layer_norm", point_of("layer_norm"),
         {{"x", "dx"}, {"gamma", "dgamma"}, {"beta", "dbeta"}}, {{"dout", ""}}},
        {"CS231n spatial_groupnorm_backward", "group_norm", point_of("group_norm(groups=2)", {{2, 4, 5, 6}, {6}, {6}}),
         {{"x", "dx", second}, {"gamma", "dgamma", {}, {1, 6, 1, 1}}, {"beta", "dbeta", {}, {1, 6, 1, 1}}},
         {{"dout", "", second}}, {{"G", 2}}},
        {"CS231n dropout_backward", "dropout", point_of("dropout(keep=0.7)"),
         {{"x", "dx"}, {"mask", ""}}, {{"dout", ""}}, {{"p", 0.7}}},
        {"CS231n conv_backward_naive", "conv2d", point_of("conv2d(stride=2, padding=1)"),
         {{"x", "dx", second}, {"w", "dw", {2, 3, 1, 0}}, {"b", "db"}}, {{"dout", "", second}},
         {{"stride", 2}, {"pad", 1}}},
        {"CS231n max_pool_backward_naive", "max_pool2d", point_of("max_pool2d(size=2, stride=2)"),
         {{"x", "dx", second}}, {{"dout", "", second}}, {{"pool_height", 2}, {"pool_width", 2}, {"stride", 2}}},
        {"CS231n rnn_step_backward", "rnn_cell", point_of("rnn_cell"),
         {{"x", "dx", rows}, {"prev_h", "dprev_h", rows}, {"Wx", "dWx", rows}, {"Wh", "dWh", rows},
          {"b", "db", {}, {3}}}, {{"dnext_h", "", rows}}},
        {"CS231n rnn_backward", "rnn", point_of("rnn"),
         {{"x", "dx", steps}, {"h0", "dh0", rows}, {"Wx", "dWx", rows}, {"Wh", "dWh", rows}, {"b", "db", {}, {3}}},
         {{"dh", "", steps}}},
        {"CS231n word_embedding_backward", "embedding", point_of("embedding", {{4, 3}, {6}}),
         {{"W", "dW"}, {"x", "", {}, {2, 3}}}, {{"dout", "", {}, {2, 3, 3}}}},
        {"UMich dropout", "dropout", point_of("dropout(keep=0.7)"),
         {{"x", "dx"}, {"mask", ""}}, {{"dout", ""}}, {{"p_drop", 0.3}}},
        {"CMU Conv1d", "conv1d(stride=2)", point_of("conv1d(stride=2)"),
         {{"A", "dLdA", {0, 2, 1}}, {"W", "dLdW", {2, 1, 0}}, {"b", "dLdb"}}, {{"dLdZ", "", {0, 2, 1}}}},
        {"CMU Conv2d", "conv2d", point_of("conv2d"),
         {{"A", "dLdA", second}, {"W", "dLdW", {2, 3, 1, 0}}, {"b", "dLdb"}}, {{"dLdZ", "", second}}},
        {"CMU ConvTranspose2d", "conv_transpose2d(stride=2)", point_of("conv_transpose2d(stride=2)"),
         {{"A", "dLdA", second}, {"W", "dLdW", {2, 3, 0, 1}}, {"b", "dLdb"}}, {{"dLdZ", "", second}}},
        {"CMU BatchNorm1d", "batch_norm", point_of("batch_norm"),
         {{"Z", "dLdZ"}, {"BW", "dLdBW", {}, {1, 3}}, {"Bb", "dLdBb", {}, {1, 3}}}, {{"dLdBZ", ""}}},
        {"CMU MaxPool2d", "max_pool2d", point_of("max_pool2d(size=2, stride=1)"),
         {{"A", "dLdA", second}}, {{"dLdZ", "", second}}, {{"kernel", 2}, {"stride", 1}}},
        {"CMU GRUCell", "gru_cell", point_of("gru_cell", gru_shapes_of_one_example()), gru_inputs_of_cmu(),
         {{"delta", "", {}, {3}}}},
        {"PyTorch conv_transpose2d", "conv_transpose2d", point_of("conv_transpose2d"),
         {{"x", "grad_x", second}, {"weight", "grad_weight", {2, 3, 1, 0}}, {"bias", "grad_bias"}},
         {{"grad_output", "", second}}},
        {"PyTorch RNN, steps first", "rnn", point_of("rnn"),
         {{"input", "input.grad", {2, 1, 0}}, {"h0", "h0.grad", rows}, {"W_ih", "W_ih.grad"}, {"W_hh", "W_hh.grad"},
          {"b", "b.grad", {}, {3}}}, {{"grad_output", "", {2, 1, 0}}}},
        {"PyTorch multi-head attention", "multi_head_attention(heads=2)", point_of("multi_head_attention(heads=2)"),
         {{"X", "dX"}, {"Wq", "dWq", rows}, {"Wk", "dWk", rows}, {"Wv", "dWv", rows}, {"Wo", "dWo", rows}},
         {{"dout", ""}}},
        {"makemore 4, batch norm", "batch_norm(ddof=1)", point_of("batch_norm(ddof=1)"),
         {{"hprebn", "dhprebn"}, {"bngain", "dbngain", {}, {1, 3}}, {"bnbias", "dbnbias", {}, {1, 3}}},
         {{"dhpreact", ""}}},
        {"makemore 4, embedding", "embedding", point_of("embedding", {{5, 2}, {12}}),
         {{"C", "dC"}, {"Xb", "", {}, {4, 3}}}, {{"demb", "", {}, {4, 3, 2}}}},
        {"Deep Learning from Scratch 2, RNN", "rnn_cell", point_of("rnn_cell"),
         {{"x", "dx", rows}, {"h_prev", "dh_prev", rows}, {"Wx", "dWx", rows}, {"Wh", "dWh", rows},
          {"b", "db", {}, {3}}}, {{"dh_next", "", rows}}},
        {"Deep Learning from Scratch 2, TimeRNN", "rnn", point_of("rnn"),
         {{"xs", "dxs", steps}, {"h0", "dh0", rows}, {"Wx", "dWx", rows}, {"Wh", "dWh", rows}, {"b", "db", {}, {3}}},
         {{"dhs", "", steps}}},
        {"rows, weights as in the course", "lstm", point_of("lstm"),
         lstm_inputs({{"x", "dx", steps}, {"h0", "dh0", rows}}), {{"dh", "", steps}}},
        {"rows, a step", "lstm_cell", point_of("lstm_cell"),
         lstm_inputs({{"x", "dx", rows}, {"prev_h", "dprev_h", rows}, {"prev_c", "dprev_c", rows}}),
         {{"dnext_h", "", rows}, {"dnext_c", "", rows}}},
        {"rows, a GRU over steps", "gru", point_of("gru"), gru_inputs_of_steps(), {{"dh", "", steps}}},
        {"small letters", "attention(causal=1)", point_of("attention(causal=1)"),
         {{"q", "dq"}, {"k", "dk"}, {"v", "dv"}}, {{"dout", ""}}},
        {"a residual connection", "add", point_of("add"), {{"x", "dx"}, {"f", "df"}}, {{"dout", ""}}},
        {"halves of one dense layer", "glu", point_of("glu"), {{"x", "dx"}}, {{"dout", ""}}},
        {"LLaMA's projections", "swiglu", point_of("swiglu"), {{"gate_proj", "dgate_proj"}, {"up_proj", "dup_proj"}},
         {{"dout", ""}}},
        {"pieces beside each other", "maxout(pieces=3)", point_of("maxout(pieces=3)"), {{"x", "dx"}}, {{"dout", ""}}},
        {"PyTorch gaussian_nll_loss, without the labels' derivative", "gaussian_nll_loss",
         point_of("gaussian_negative_log_likelihood"),
         {{"input", "input.grad"}, {"var", "var.grad"}, {"target", ""}}, {{"grad_output", ""}}},
        {"a mean and a variance for each label", "gaussian_nll", point_of("gaussian_negative_log_likelihood"),
         {{"mu", "dmu"}, {"sigma2", "dsigma2"}, {"y", "dy"}}, {{"dloss", ""}}},
        {"labels in one row", "GaussianNLLLoss", point_of("gaussian_negative_log_likelihood", {{5, 1}, {5, 1}, {5, 1}}),
         {{"mean", "d_mean", {}, {5}}, {"variance", "d_variance", {}, {5}}, {"y", "", {}, {5}}}, {{"dout", "", {}, {5}}}},
        {"before the dense layers", "flatten", point_of("flatten"), {{"x", "dx"}}, {{"dout", ""}}},
        {"tokens of several sentences", "rms_norm", point_of("rms_norm", {{6, 4}, {4}}),
         {{"x", "dx", {}, {2, 3, 4}}, {"weight", "dweight"}}, {{"dout", "", {}, {2, 3, 4}}}},
    };
}
// clang-format on

bool is_equal(const Array<double>& a, const Array<double>& b) {
    return a.shape() == b.shape() && (a.values() - b.values()).cwiseAbs().maxCoeff() < 1e-12;
}

// One line; empty if the file is read.
std::string layer_complaint(const LayerFile& file, const std::string& layer) {
    try {
        make_layer_submission(file, "mine.npz", layer_named(layer));
    } catch (const npz::Error& error) {
        return error.what();
    }
    return "";
}

std::vector<std::string> remarks_on(const LayerFile& file, const std::string& layer) {
    return make_layer_submission(file, "mine.npz", layer_named(layer)).remarks;
}
bool has_remark(const LayerFile& file, const std::string& layer, const std::string& remark) {
    const std::vector<std::string> remarks = remarks_on(file, layer);
    for (const std::string& one : remarks) BOOST_TEST_MESSAGE(one);
    return std::ranges::find(remarks, remark) != remarks.end();
}

Outcome outcome_of(const LayerFile& file, const std::string& layer) {
    return diagnose_layer(make_layer_submission(file, "mine.npz", layer_named(layer))).outcome();
}

LayerFile file_named(const std::string& course) {
    for (const CourseFile& file : course_files())
        if (file.course == course) return file_of(file, file.point.pulled_back());
    throw std::invalid_argument(course);
}

void leave_out(LayerFile& file, const std::string& name) {
    std::erase_if(file, [&](const npz::Array& array) { return array.name == name; });
}
npz::Array& named_in(LayerFile& file, const std::string& name) {
    return *std::ranges::find(file, name, &npz::Array::name);
}

namespace suite_of_layer_submissions {
BOOST_AUTO_TEST_SUITE(mistakes_of_layers)
BOOST_AUTO_TEST_SUITE(submission)

BOOST_AUTO_TEST_CASE(every_course_is_read_as_the_same_point) {
    for (const CourseFile& course : course_files()) BOOST_TEST_CONTEXT(course.course) {
            const Arrays<double> right = course.point.pulled_back();
            const LayerSubmission read =
                make_layer_submission(file_of(course, right), "mine.npz", layer_named(course.layer));
            BOOST_TEST(name_of(read.point.layer) == name_of(course.point.layer));
            for (std::size_t n = 0; n < right.size(); ++n) {
                BOOST_TEST(is_equal(read.point.inputs[n], course.point.inputs[n]), course.inputs[n].name);
                BOOST_TEST(read.gradients[n].has_value() == !course.inputs[n].gradient.empty());
                if (read.gradients[n]) BOOST_TEST(is_equal(*read.gradients[n], right[n]), course.inputs[n].gradient);
            }
            for (std::size_t n = 0; n < read.point.d_outputs.size(); ++n)
                BOOST_TEST(is_equal(read.point.d_outputs[n], course.point.d_outputs[n]), course.upstreams[n].name);
            BOOST_TEST((diagnose_layer(read).outcome() == Outcome::confirmed));
        }
}

BOOST_AUTO_TEST_CASE(every_course_has_a_wrong_entry_refuted_where_it_stands) {
    for (const CourseFile& course : course_files()) BOOST_TEST_CONTEXT(course.course) {
            Arrays<double> wrong = course.point.pulled_back();
            wrong[0].values()(0) += wrong[0].values().cwiseAbs().maxCoeff();
            const LayerFile file = file_of(course, wrong);
            const LayerDiagnosis diagnosis =
                diagnose_layer(make_layer_submission(file, "mine.npz", layer_named(course.layer)));
            BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
            BOOST_TEST(diagnosis.tensors[0].verdict.name == course.inputs[0].gradient);
            BOOST_TEST(diagnosis.tensors[0].verdict.refuted == 1U);
            const auto& shape = std::ranges::find(file, course.inputs[0].gradient, &npz::Array::name)->shape;
            BOOST_TEST(diagnosis.tensors[0].worst_at == std::vector<Eigen::Index>(shape.size(), 0),
                       boost::test_tools::per_element());
        }
}

BOOST_AUTO_TEST_CASE(every_layer_has_a_file) {
    std::vector<std::string_view> slugs;
    for (const CourseFile& course : course_files()) slugs.push_back(course.point.layer.facts().slug);
    for (const AnyLayer& layer : all_layers())
        BOOST_TEST((std::ranges::find(slugs, layer.facts().slug) != slugs.end()), layer.facts().slug);
}

// Three channels and three columns: the shapes fit with the channels last as well as second.
BOOST_AUTO_TEST_CASE(where_two_arrangements_fit_the_numbers_say_which) {
    CourseFile course{"square",
                      "conv2d",
                      point_of("conv2d", {{3, 3, 3, 3}, {3, 3, 3, 3}, {3}}),
                      {{"x", "dx", second}, {"w", "dw", {2, 3, 1, 0}}, {"b", "db"}},
                      {{"dout", "", second}}};
    for (const double factor : {1.0, 2.0}) {  // one derivative alone is right, then
        Arrays<double> derivatives = course.point.pulled_back();
        derivatives[1].values() *= factor;
        const LayerSubmission read =
            make_layer_submission(file_of(course, derivatives), "mine.npz", layer_named("conv2d"));
        BOOST_TEST(is_equal(read.point.inputs[0], course.point.inputs[0]));
    }
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named) {
    LayerFile file = file_named("DLS conv_backward");
    leave_out(file, "W");
    BOOST_TEST(layer_complaint(file, "conv2d") ==
               "mine.npz: no W; expected one of W, w, weight, weights, kernel, filters; the file has dA_prev, dW, b, "
               "db, dZ");
    file = file_named("DLS conv_backward");
    leave_out(file, "dZ");
    BOOST_TEST(layer_complaint(file, "conv2d") ==
               "mine.npz: no upstream derivative dZ; draw one and save it with what your function makes of it: "
               "dout = np.random.randn(*out.shape); np.savez(file, ..., dout=dout, dx=dx)");
    BOOST_TEST(layer_complaint(file_named("CS231n rnn_backward"), "lstm") ==
               "mine.npz: Wx and Wh hold the four gates side by side; split them, and their derivatives alike: in "
               "CS231n's order i f o g the forget gate is Wf = np.vstack([Wh[:, H:2*H], Wx[:, H:2*H]]).T, bf = "
               "b[H:2*H]");
    file = file_named("CS231n dropout_backward");
    leave_out(file, "dx");
    file.push_back(saved("delta_x", 1));
    BOOST_TEST(layer_complaint(file, "dropout") ==
               "mine.npz: holds no derivative to check; expected dx; the file has delta_x");
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_fit_are_named) {
    LayerFile file = file_named("DLS conv_backward");
    named_in(file, "W") = saved("W", Array<double>({3, 2, 2, 4}));
    BOOST_TEST(layer_complaint(file, "conv2d") ==
               "mine.npz: conv2d: W is 3 x 2 x 2 x 4, expected is height x width x channels x filters = 3 x 2 x 3 x 4");
    file = file_named("DLS conv_backward");
    named_in(file, "dZ") = saved("dZ", Array<double>({2, 3, 3, 5}));
    BOOST_TEST(layer_complaint(file, "conv2d") == "mine.npz: dZ is 2 x 3 x 3 x 5, but Z is 2 x 3 x 3 x 4");
    file = file_named("CS231n batchnorm_backward");
    named_in(file, "dgamma") = saved("dgamma", Array<double>({5}));
    BOOST_TEST(layer_complaint(file, "batch_norm") == "mine.npz: dgamma is 5, but gamma is 3");
    file = file_named("CS231n batchnorm_backward");
    file.push_back(saved("out", Array<double>({5, 4})));
    BOOST_TEST(layer_complaint(file, "batch_norm") == "mine.npz: out is 5 x 4, but what the layer gives is 5 x 3");
    file = file_named("DLS conv_backward");
    named_in(file, "stride") = saved("stride", Array<double>({2}, 2.0));
    BOOST_TEST(layer_complaint(file, "conv2d") == "mine.npz: stride has shape (2,); expected one number");
}

BOOST_AUTO_TEST_CASE(numbers_that_are_none_are_named) {
    for (const char* const name : {"x", "gamma", "dout"}) {
        LayerFile file = file_named("CS231n batchnorm_backward");
        named_in(file, name).values(0, 0) = std::numeric_limits<double>::quiet_NaN();
        BOOST_TEST(layer_complaint(file, "batch_norm") ==
                   std::string("mine.npz: ") + name + " holds numbers that are not finite");
    }
    // A derivative that is NaN is a wrong one.
    LayerFile file = file_named("CS231n batchnorm_backward");
    named_in(file, "dx").values(0, 0) = std::numeric_limits<double>::quiet_NaN();
    BOOST_TEST((outcome_of(file, "batch_norm") == Outcome::refuted));
    file = file_named("CS231n word_embedding_backward");
    named_in(file, "x").values(1, 2) = 4;
    BOOST_TEST(layer_complaint(file, "embedding") == "mine.npz: x holds 4, but W has the rows 0 to 3");
    named_in(file, "x").values(1, 2) = 0.5;
    BOOST_TEST(layer_complaint(file, "embedding") == "mine.npz: x holds 0.5, but W has the rows 0 to 3");
    file = file_named("CS231n dropout_backward");
    named_in(file, "mask").values(0, 0) = 0.5;
    named_in(file, "mask").values(0, 1) = 1;
    BOOST_TEST(layer_complaint(file, "dropout") == "mine.npz: mask holds other numbers than 0 and 1, or 0 and 1/keep");
}

BOOST_AUTO_TEST_CASE(a_variance_that_is_none_is_named) {
    const LayerFile file = file_named("PyTorch gaussian_nll_loss, without the labels' derivative");
    for (const auto& [variance, said] : {std::pair{0.0, "0"}, {-0.5, "-0.5"}}) {
        LayerFile wrong = file;
        named_in(wrong, "var").values(3, 1) = variance;
        BOOST_TEST(layer_complaint(wrong, "gaussian_nll") ==
                   std::string("mine.npz: var[3, 1] is ") + said + ", expected a number above 0");
    }
    // However near to 0, it is one.
    LayerFile small = file;
    named_in(small, "var").values(3, 1) = 1e-300;
    BOOST_TEST(layer_complaint(small, "gaussian_nll") == "");
}

// What the derivatives of a loss are, if `divisor` divides the sum of the losses; no upstream is saved with them.
LayerFile losses_over(double divisor) {
    LayerPoint point = point_of("gaussian_negative_log_likelihood");
    point.d_outputs[0].values().setConstant(1 / divisor);
    const Arrays<double> derivatives = point.pulled_back();
    return {saved("mean", point.inputs[0]),
            saved("var", point.inputs[1]),
            saved("y", point.inputs[2]),
            saved("dmean", derivatives[0]),
            saved("dvar", derivatives[1]),
            saved("loss", Array<double>({1}, point.layer.forward(point.inputs)[0].values().sum() / divisor))};
}

BOOST_AUTO_TEST_CASE(a_loss_needs_no_upstream_derivative) {
    const auto expect = [](const LayerFile& file, std::string_view cost) {
        BOOST_TEST((outcome_of(file, "gaussian_nll") == Outcome::confirmed));
        BOOST_TEST(
            has_remark(file, "gaussian_nll", fmt::format("no dloss in the file: the cost is taken to be {}", cost)));
    };
    const auto without_cost = [](LayerFile file) {
        file.pop_back();
        return file;
    };
    for (const auto& [divisor, cost] : {std::pair{12.0, "the mean of all 12 losses"},
                                        {4.0, "the sum of all losses by the 4 rows"},
                                        {3.0, "the sum of all losses by the 3 columns"},
                                        {1.0, "the sum of all losses"}}) {
        expect(losses_over(divisor), cost);
        expect(without_cost(losses_over(divisor)), cost);
    }
    LayerFile wrong = losses_over(12);
    named_in(wrong, "dmean").values *= -1;
    BOOST_TEST((outcome_of(wrong, "gaussian_nll") == Outcome::refuted));
    wrong = losses_over(5);
    BOOST_TEST((outcome_of(without_cost(wrong), "gaussian_nll") == Outcome::refuted));
    const std::string complaint = layer_complaint(wrong, "gaussian_nll");
    BOOST_TEST(complaint.starts_with("mine.npz: loss is "), complaint);
    BOOST_TEST(complaint.ends_with("; has it a constant besides, as with full=True?"), complaint);
}

BOOST_AUTO_TEST_CASE(two_names_for_one_thing_are_refused) {
    LayerFile file = file_named("CS231n batchnorm_backward");
    file.push_back(saved("X", Array<double>({5, 3})));
    BOOST_TEST(layer_complaint(file, "batch_norm") == "mine.npz: x and X are both names for x; save one of them");
    file = file_named("CS231n batchnorm_backward");
    file.push_back(saved("grad_output", Array<double>({5, 3})));
    BOOST_TEST(layer_complaint(file, "batch_norm") ==
               "mine.npz: dout and grad_output are both names for the upstream derivative dy; save one of them");
    file = file_named("CS231n max_pool_backward_naive");
    named_in(file, "pool_width") = saved("pool_width", 3);
    BOOST_TEST(layer_complaint(file, "max_pool2d") ==
               "mine.npz: pool_height and pool_width are both names for size, and it is 2 by one and 3 by the other");
    // The activation beside DLS's Z is something else.
    file = file_named("DLS conv_backward");
    file.push_back(saved("A", Array<double>({2, 3, 3, 4})));
    BOOST_TEST(has_remark(file, "conv2d", "not looked at: A"));
}

BOOST_AUTO_TEST_CASE(parameters_that_do_not_fit_are_named) {
    LayerFile file = file_named("DLS conv_backward");
    BOOST_TEST(layer_complaint(file, "conv2d(stride=3)") ==
               "mine.npz: stride is 2 in the file, but conv2d(stride=3) was asked for");
    named_in(file, "stride") = saved("stride", 0);
    BOOST_TEST(layer_complaint(file, "conv2d") == "mine.npz: conv2d(stride=0): expected a whole stride in [1, inf)");
    BOOST_CHECK_EXCEPTION(layer_named("conv2d(strid=2)"), std::invalid_argument, [](const auto& error) {
        BOOST_TEST(error.what() == std::string("conv2d has no parameter 'strid': expected stride in [1, inf), padding "
                                               "in [0, inf), dilation in [1, inf), groups in [1, inf)"));
        return true;
    });
}

BOOST_AUTO_TEST_CASE(what_p_is_taken_for_is_said) {
    const std::string keeps =
        "p = 0.7 is read as the probability to keep, as in CS231n; if it is the probability to drop, as in PyTorch, "
        "save it as p_drop or say dropout(keep=0.3)";
    LayerFile file = file_named("CS231n dropout_backward");
    BOOST_TEST(has_remark(file, "dropout", keeps));
    // Said so, the same p drops.
    const LayerSubmission drops = make_layer_submission(file, "mine.npz", layer_named("dropout(keep=0.3)"));
    BOOST_TEST(drops.point.layer.facts().parameter("keep") == 0.3);
    BOOST_TEST(drops.remarks.empty());
    BOOST_TEST(layer_complaint(file, "dropout(keep=0.6)") ==
               "mine.npz: keep is 0.7 in the file, but dropout(keep=0.6) was asked for");
    BOOST_TEST(has_remark(file_named("UMich dropout"), "dropout", "p_drop = 0.3 is taken as keep = 0.7"));
    BOOST_TEST(remarks_on(file_named("DLS dropout"), "dropout").empty());
}

BOOST_AUTO_TEST_CASE(a_mask_divided_by_keep_is_understood) {
    LayerFile file = file_named("CS231n dropout_backward");
    named_in(file, "mask").values /= 0.7;
    const std::string taken = "mask holds 0 and 1.42857: taken as a mask of 0 and 1, times 1/keep with keep = 0.7";
    BOOST_TEST(has_remark(file, "dropout", taken));
    BOOST_TEST((diagnose_layer(make_layer_submission(file, "mine.npz", layer_named("dropout"))).outcome() ==
                Outcome::confirmed));
    // It says what keep is where nothing else does, and where p is the probability to drop.
    for (const double p : {0.0, 0.3}) {
        leave_out(file, "p");
        if (p > 0) file.push_back(saved("p", p));
        BOOST_TEST(has_remark(file, "dropout", taken));
        BOOST_TEST((diagnose_layer(make_layer_submission(file, "mine.npz", layer_named("dropout"))).outcome() ==
                    Outcome::confirmed));
    }
    named_in(file, "p") = saved("p", 0.6);
    BOOST_TEST(layer_complaint(file, "dropout") ==
               "mine.npz: mask holds 0 and 1.42857, but keep is 0.6; expected 0 and 1, or 0 and 1/keep");
}

BOOST_AUTO_TEST_CASE(a_constant_upstream_is_remarked) {
    LayerFile file = file_named("CS231n batchnorm_backward");
    named_in(file, "dout").values.setOnes();
    BOOST_TEST(has_remark(file, "batch_norm",
                          "all entries of dout are 1: a constant upstream cannot show whether dx is right, batch "
                          "norm's dx is 0 then; draw it: dout = np.random.randn(*y.shape)"));
    file = file_named("DLS conv_backward");
    named_in(file, "dZ").values.setConstant(2);
    BOOST_TEST(has_remark(file, "conv2d",
                          "all entries of dZ are 2: a constant upstream cannot show numbers that are exchanged or "
                          "taken from another place; draw it: dZ = np.random.randn(*Z.shape)"));
    BOOST_TEST(remarks_on(file_named("DLS conv_backward"), "conv2d").empty());
}

BOOST_AUTO_TEST_CASE(float32_is_judged_as_far_as_it_carries) {
    for (const char* const name : {"CS231n batchnorm_backward", "CS231n conv_backward_naive", "DLS lstm_backward"})
        BOOST_TEST_CONTEXT(name) {
            const std::vector<CourseFile> courses = course_files();
            const CourseFile& course = *std::ranges::find(courses, name, &CourseFile::course);
            for (const double factor : {1.0, 1.001}) {
                Arrays<double> derivatives = course.point.pulled_back();
                derivatives[0].values() *= factor;
                LayerFile file = file_of(course, derivatives);
                for (npz::Array& array : file)
                    if (array.name.front() == 'd' && array.name != course.upstreams[0].name) {
                        array.values = array.values.cast<float>().cast<double>().eval();
                        array.dtype = "<f4";
                    }
                BOOST_TEST(has_remark(file, course.layer, "float32: judged to 4 digits"));
                const LayerDiagnosis diagnosis =
                    diagnose_layer(make_layer_submission(file, "mine.npz", layer_named(course.layer)));
                BOOST_TEST((diagnosis.outcome() == (factor == 1 ? Outcome::confirmed : Outcome::refuted)));
                BOOST_TEST(diagnosis.wrong_outputs.empty());
            }
        }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace suite_of_layer_submissions

}  // namespace
}  // namespace gradproof::diagnosis
