// SPDX-License-Identifier: MIT
//
// Networks of layers as a line of text: right derivatives are confirmed in every layout, a mistake in any step is named
// with its step, and what cannot be read is answered with one line.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "diagnosis/layers/array_network_diagnosis.hpp"
#include "diagnosis/layers/array_network_mistakes.hpp"
#include "diagnosis/layers/file_arrays.hpp"
#include "gradproof/activations/identity.hpp"
#include "gradproof/checks/course_random.hpp"
#include "spelling/network_steps.hpp"
#include "tests/diagnosis/saved_array.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::CourseRandom;
using checks::Outcome;

// A line of text, X, and the shapes of what its steps have of their own, in the order in which the steps want it.
struct NetworkOfText {
    std::string name;
    std::string steps;
    std::string loss;
    Shape X;
    std::vector<Shape> own;
    Eigen::Index outputs;
    double lambda = 0;
};

const std::vector<NetworkOfText>& networks_of_text() {
    static const std::vector<NetworkOfText> networks{
        {.name = "dense",
         .steps = "dense, tanh, dense, sigmoid",
         .loss = "binary_cross_entropy",
         .X = {5, 2},
         .own = {{2, 4}, {4}, {4, 3}, {3}},
         .outputs = 3},
        {.name = "dropout and L2",
         .steps = "dense, sigmoid, dropout(keep=0.7), dense, softmax",
         .loss = "categorical_cross_entropy",
         .X = {6, 3},
         .own = {{3, 5}, {5}, {6, 5}, {5, 4}, {4}},
         .outputs = 4,
         .lambda = 0.7},
        {.name = "batch norm",
         .steps = "dense, batch_norm, relu, dense, batch_norm(ddof=1), tanh, dense",
         .loss = "squared_error",
         .X = {7, 3},
         .own = {{3, 5}, {5}, {5}, {5}, {5, 4}, {4}, {4}, {4}, {4, 2}, {2}},
         .outputs = 2},
        {.name = "images",
         .steps = "conv2d(padding=1), softplus, average_pool2d(size=2, stride=2), flatten, dense, softmax",
         .loss = "cross_entropy",
         .X = {3, 4, 6, 2},
         .own = {{3, 3, 2, 3}, {3}, {18, 4}, {4}},
         .outputs = 4},
        {.name = "rows of words",
         .steps = "embedding, flatten, dense, layer_norm, gelu, dense",
         .loss = "cross_entropy",
         .X = {6, 2},
         .own = {{5, 3}, {6, 4}, {4}, {4}, {4}, {4, 5}, {5}},
         .outputs = 5},
    };
    return networks;
}

ArrayNetworkDeclaration declared(const std::string& steps, const std::string& loss, double lambda = 0) {
    const std::vector<NetworkStep> read = network_steps(steps);
    const auto* const last = std::get_if<AnyActivation>(&read.back());
    ArrayNetworkDeclaration declaration{.steps = read,
                                        .words = {},
                                        .cost = cost_named(loss, last ? *last : AnyActivation(Identity{})),
                                        .lambda = lambda};
    for (const std::string_view word : split_at_commas(steps)) declaration.words.emplace_back(word);
    return declaration;
}
ArrayNetworkDeclaration declared(const NetworkOfText& of) {
    return declared(of.steps, of.loss, of.lambda);
}

// What a network of text is made of, with lib's axes.
struct Point {
    ArrayNetwork network;
    Array<double> X;
    Array<double> Y;
};

Array<double> drawn(CourseRandom& random, const Shape& shape, InputKind kind, Eigen::Index rows) {
    Array<double> array(shape);
    for (double& number : array.values())
        number = kind == InputKind::variable ? random.randn()
                 : kind == InputKind::mask   ? (random.rand() < 0.5 ? 0 : 1)
                                             : std::floor(random.rand() * static_cast<double>(rows));
    return array;
}

Point point_of(const NetworkOfText& of, std::uint32_t seed) {
    const ArrayNetworkDeclaration declaration = declared(of);
    CourseRandom random(seed);
    Point point{.network = {.steps = declaration.steps,
                            .loss = declaration.cost.loss,
                            .own = std::vector<Arrays<double>>(declaration.steps.size()),
                            .lambda = of.lambda},
                .X = {},
                .Y = Array<double>({of.X.front(), of.outputs})};
    std::size_t next = 0;
    for (std::size_t s = 0; s < declaration.steps.size(); ++s) {
        const auto* const layer = std::get_if<AnyLayer>(&declaration.steps[s]);
        if (!layer) continue;
        point.network.own[s].resize(layer->facts().inputs.size());
        for (std::size_t n = 0; n < layer->facts().inputs.size(); ++n)
            if (n != flowing_input(*layer))
                point.network.own[s][n] = drawn(random, of.own[next++], layer->facts().inputs[n].kind, 0);
    }
    const bool has_words = of.steps.starts_with("embedding");
    point.X = drawn(random, of.X, has_words ? InputKind::index : InputKind::variable, of.own.front().front());
    for (Eigen::Index row = 0; row < point.Y.dim(0); ++row)
        point.Y(row, static_cast<Eigen::Index>(random.rand() * static_cast<double>(of.outputs))) = 1;
    return point;
}

using NetworkFile = std::vector<npz::Array>;

// A file with X, Y, every own input under its name and number, and the derivatives in them.
NetworkFile file_of(const Point& point, const ArrayGradients& gradients) {
    NetworkFile file{saved("X", point.X), saved("Y", point.Y)};
    std::map<std::string, int> count;
    for (std::size_t s = 0; s < point.network.steps.size(); ++s) {
        const auto* const layer = std::get_if<AnyLayer>(&point.network.steps[s]);
        for (std::size_t n = 0; layer && n < layer->facts().inputs.size(); ++n) {
            if (n == flowing_input(*layer)) continue;
            const LayerInput& input = layer->facts().inputs[n];
            const std::string name = fmt::format("{}{}", input.name, ++count[std::string(input.name)]);
            file.push_back(saved(name, point.network.own[s][n]));
            if (input.kind == InputKind::variable) file.push_back(saved("d" + name, gradients.own[s][n]));
        }
    }
    return file;
}
NetworkFile right_file_of(const Point& point) {
    return file_of(point, backward(point.network, forward(point.network, point.X), point.Y));
}

LayerDiagnosis diagnosis_of(const NetworkFile& file, const ArrayNetworkDeclaration& declaration) {
    return diagnose_network(make_network_submission(file, "mine.npz", declaration));
}

std::string complaint(const NetworkFile& file, const ArrayNetworkDeclaration& declaration) {
    try {
        make_network_submission(file, "mine.npz", declaration);
    } catch (const npz::Error& error) {
        return error.what();
    }
    return "";
}

// The same numbers with their axes in this order.
void reorder(npz::Array& array, const AxisOrder& order) {
    array = saved(array.name, with_axes(as_saved(array), order));
}

npz::Array& array_named(NetworkFile& file, const std::string& name) {
    return *std::ranges::find(file, name, &npz::Array::name);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(layer_networks)

BOOST_AUTO_TEST_CASE(right_derivatives_of_every_network_are_confirmed) {
    for (const NetworkOfText& of : networks_of_text())
        for (const std::uint32_t seed : {1U, 2U, 3U}) {
            const LayerDiagnosis diagnosis = diagnosis_of(right_file_of(point_of(of, seed)), declared(of));
            BOOST_TEST_CONTEXT(of.name << ", seed " << seed << "\n" << report_text(diagnosis)) {
                BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
                BOOST_TEST(diagnosis.findings.empty());
            }
        }
}

// Of every network the mistakes of each of its steps, planted one after the other.
BOOST_AUTO_TEST_CASE(a_mistake_in_any_step_is_named_with_its_step) {
    std::size_t planted = 0;
    std::size_t named = 0;
    for (const NetworkOfText& of : networks_of_text()) {
        const Point point = point_of(of, 4);
        const ArrayCache cache = forward(point.network, point.X);
        const ArrayNetworkSubmission submission =
            make_network_submission(right_file_of(point), "mine.npz", declared(of));
        for (const NetworkMistake& mistake : network_mistakes(submission, cache)) {
            const ArrayGradients wrong = mistake.gradients(backward(point.network, cache, point.Y));
            const LayerDiagnosis diagnosis = diagnosis_of(file_of(point, wrong), declared(of));
            const bool shows = diagnosis.outcome() == Outcome::refuted;
            planted += shows ? 1U : 0U;
            if (!shows) continue;
            BOOST_TEST_CONTEXT(of.name << ", " << name_of(mistake) << "\n" << report_text(diagnosis)) {
                BOOST_TEST(diagnosis.findings.size() == 1U);
                // Two mistakes may give the same numbers, and one may be a factor on everything.
                const LayerFinding& found = diagnosis.findings.front();
                const bool is_named =
                    found.slug == mistake.slug && found.explanation.find(mistake.where) != std::string::npos;
                const bool is_among_them =
                    std::ranges::find(found.same_numbers, name_of(mistake)) != found.same_numbers.end();
                named += is_named ? 1U : 0U;
                BOOST_TEST((is_named || is_among_them || found.slug == "constant-factor"));
            }
        }
    }
    BOOST_TEST_MESSAGE(fmt::format("{} of {} planted mistakes are the first that is named", named, planted));
    BOOST_TEST(20 * named >= 19 * planted);
    BOOST_TEST(planted > 40U);
}

// Noise on the derivative of the second layer's weights is no mistake of the catalogue.
BOOST_AUTO_TEST_CASE(a_wrong_derivative_without_a_name_is_reported_at_its_step) {
    for (const NetworkOfText& of : networks_of_text()) {
        NetworkFile file = right_file_of(point_of(of, 5));
        array_named(file, "dW1").values(0, 0) += 1e-3;
        const LayerDiagnosis diagnosis = diagnosis_of(file, declared(of));
        BOOST_TEST_CONTEXT(of.name << "\n" << report_text(diagnosis)) {
            BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
            BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
            BOOST_TEST(diagnosis.findings.front().slug == "unknown-mistake");
            BOOST_TEST(diagnosis.findings.front().tensors.front() == "dW1");
        }
    }
}

BOOST_AUTO_TEST_CASE(examples_in_columns_and_transposed_weights_are_read_as_the_same_network) {
    const NetworkOfText& of = networks_of_text().front();
    const Point point = point_of(of, 6);
    NetworkFile with_transposed_weights = right_file_of(point);
    for (npz::Array& array : with_transposed_weights)
        if (array.name.find('W') != std::string::npos) reorder(array, exchanged);
    NetworkFile in_columns = with_transposed_weights;
    for (const char* name : {"X", "Y"}) reorder(array_named(in_columns, name), exchanged);
    for (const auto& [file, remark] : {std::pair(with_transposed_weights, "examples in rows, W is outputs by inputs"),
                                       std::pair(in_columns, "examples in columns, W is outputs by inputs")}) {
        const LayerDiagnosis diagnosis = diagnosis_of(file, declared(of));
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
            BOOST_TEST_REQUIRE(!diagnosis.remarks.empty());
            BOOST_TEST(diagnosis.remarks.front() == remark);
        }
    }
    // A wrong entry is told where it stands in the file.
    array_named(in_columns, "dW2").values(2, 1) += 1;
    const LayerDiagnosis diagnosis = diagnosis_of(in_columns, declared(of));
    BOOST_TEST(diagnosis.tensors.front().verdict.name == "dW2");
    BOOST_TEST(diagnosis.tensors.front().worst_at == (std::vector<Eigen::Index>{2, 1}),
               boost::test_tools::per_element());
}

// The dense layer behind flatten then has its rows in another order, which is that of its own flattening.
BOOST_AUTO_TEST_CASE(images_with_the_channels_second_are_read_as_the_same_network) {
    const NetworkOfText& of = networks_of_text()[3];
    Point point = point_of(of, 7);
    // In the file's own order the numbers of a channel come first.
    point.network.steps[3] = std::get<AnyLayer>(point.network.steps[3]).with("channels_first", 1);
    NetworkFile file = right_file_of(point);
    reorder(array_named(file, "X"), {0, 3, 1, 2});
    for (const char* name : {"W1", "dW1"}) reorder(array_named(file, name), {3, 2, 0, 1});
    const LayerDiagnosis diagnosis = diagnosis_of(file, declared(of));
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
        BOOST_TEST(diagnosis.remarks.front() == "images have the channels second");
        BOOST_TEST(diagnosis.shapes.starts_with("X 3x2x4x6, conv2d(padding=1) 3x3x4x6, "));
    }
}

BOOST_AUTO_TEST_CASE(derivatives_of_values_are_checked_with_and_without_the_mean) {
    const NetworkOfText& of = networks_of_text().front();
    const Point point = point_of(of, 8);
    const ArrayGradients right = backward(point.network, forward(point.network, point.X), point.Y);
    for (const double factor : {1.0, 5.0}) {
        NetworkFile file = file_of(point, right);
        const std::pair<const char*, std::size_t> values[]{{"dX", 0}, {"dZ1", 1}, {"dA1", 2}, {"dZ2", 3}, {"dA2", 4}};
        for (const auto& [name, place] : values) {
            Array<double> derivative = right.values[place];
            derivative.values() *= factor;
            file.push_back(saved(name, derivative));
        }
        const LayerDiagnosis diagnosis = diagnosis_of(file, declared(of));
        BOOST_TEST_CONTEXT(report_text(diagnosis)) {
            BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
            BOOST_TEST(diagnosis.tensors.size() == 9U);
            BOOST_TEST((std::ranges::find(diagnosis.remarks, "derivatives of values carry no 1/N") !=
                        diagnosis.remarks.end()) == (factor != 1));
        }
        array_named(file, "dZ1").values *= -1;
        const LayerDiagnosis of_wrong = diagnosis_of(file, declared(of));
        BOOST_TEST((of_wrong.outcome() == Outcome::refuted));
        BOOST_TEST(of_wrong.findings.front().tensors.front() == "dZ1");
    }
}

BOOST_AUTO_TEST_CASE(one_factor_on_everything_is_named_also_beside_a_derivative_that_is_0) {
    const NetworkOfText& of = networks_of_text()[2];
    const Point point = point_of(of, 9);
    ArrayGradients gradients = backward(point.network, forward(point.network, point.X), point.Y);
    for (Arrays<double>& own : gradients.own)
        for (Array<double>& one : own) one.values() *= 7;
    const LayerDiagnosis diagnosis = diagnosis_of(file_of(point, gradients), declared(of));
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST_REQUIRE(diagnosis.findings.size() == 1U);
        BOOST_TEST(diagnosis.findings.front().slug == "constant-factor");
        BOOST_TEST(diagnosis.findings.front().explanation.find("sum of the losses") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(words_of_frameworks_mean_their_cost) {
    NetworkOfText of = networks_of_text()[2];
    Point point = point_of(of, 10);
    point.network.factor = 1;  // the mean over both outputs of the whole square
    const NetworkFile file = right_file_of(point);
    of.loss = "mse";
    const LayerDiagnosis diagnosis = diagnosis_of(file, declared(of));
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
    }
    BOOST_CHECK_THROW(declared("dense", "mze"), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(the_numbers_decide_on_the_scale_of_the_L2_term_unless_it_is_said) {
    const NetworkOfText& of = networks_of_text()[1];
    Point point = point_of(of, 11);
    point.network.lambda = in_course_scale(of.lambda, L2Scale::lambda_over_2, 6);
    const NetworkFile file = right_file_of(point);
    ArrayNetworkDeclaration declaration = declared(of);
    LayerDiagnosis diagnosis = diagnosis_of(file, declaration);
    BOOST_TEST_CONTEXT(report_text(diagnosis)) {
        BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
        BOOST_TEST(diagnosis.number.find("lambda/2 sum of squared weights") != std::string::npos);
    }
    declaration.l2 = L2Scale::lambda_over_2m;
    diagnosis = diagnosis_of(file, declaration);
    BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
    BOOST_TEST(diagnosis.findings.front().slug == "regularisation-scaled-wrong");
}

BOOST_AUTO_TEST_CASE(a_saved_cost_that_is_another_one_refutes_the_file) {
    const NetworkOfText& of = networks_of_text().front();
    const Point point = point_of(of, 12);
    NetworkFile file = right_file_of(point);
    const double J = cost(point.network, forward(point.network, point.X), point.Y);
    file.push_back(saved("cost", J));
    BOOST_TEST((diagnosis_of(file, declared(of)).outcome() == Outcome::confirmed));
    file.back().values *= 1.01;
    BOOST_TEST((diagnosis_of(file, declared(of)).outcome() == Outcome::refuted));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_answered_with_one_line) {
    const NetworkOfText& of = networks_of_text().front();
    const NetworkFile right = right_file_of(point_of(of, 13));
    const auto without = [&](const std::string& name) {
        NetworkFile file = right;
        std::erase_if(file, [&](const npz::Array& array) { return array.name == name; });
        return file;
    };
    BOOST_TEST(complaint(without("W2"), declared(of)).starts_with("mine.npz: "));
    BOOST_TEST(complaint(without("W2"), declared(of)).find("W of step 3, dense") != std::string::npos);
    BOOST_TEST(complaint(without("X"), declared(of)).find("X") != std::string::npos);
    NetworkFile weighted = right;
    weighted.push_back(right.front());
    weighted.back().name = "sample_weight";
    BOOST_TEST(complaint(weighted, declared(of)).starts_with("mine.npz: sample_weight weighs the examples"));
    NetworkFile file = right;
    array_named(file, "b1").shape = {2, 2};
    array_named(file, "b1").values.resize(2, 2);
    array_named(file, "b1").values.setOnes();
    BOOST_TEST(complaint(file, declared(of)) == "mine.npz: step 1, dense_rows: b is 2 x 2, expected is M = 4");
    const NetworkFile labels{saved("X", Array<double>({2, 3})), saved("Y", Array<double>({2, 3})),
                             saved("variance1", Array<double>({2, 3}, -0.5)), saved("y1", Array<double>({2, 3}))};
    BOOST_TEST(complaint(labels, declared("gaussian_nll", "mse")) ==
               "mine.npz: variance1[0, 0] is -0.5, expected a number above 0");
    BOOST_TEST(complaint(right, declared("lstm", "mse")).find("x of step 1, lstm") == std::string::npos);
    for (const char* text : {"dense, rlu", "dense,, relu", ""})
        BOOST_CHECK_THROW(network_steps(text), std::invalid_argument);
    BOOST_CHECK_EXCEPTION(network_steps("dense, batchnrm"), std::invalid_argument, [](const auto& error) {
        return std::string(error.what()).find("did you mean 'batch_norm'") != std::string::npos;
    });
    BOOST_CHECK_EXCEPTION(network_steps("conv2d(3)"), std::invalid_argument, [](const auto& error) {
        return std::string(error.what()).find("say which parameter is meant") != std::string::npos;
    });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gradproof::diagnosis
