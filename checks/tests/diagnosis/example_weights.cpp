// SPDX-License-Identifier: MIT
//
// Weights of the examples in a file: under which names they are found, by what the sum is taken to be divided, and what
// is refused.
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "diagnosis/submissions/read_submission.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "tests/diagnosis/examples.hpp"

namespace gradproof::diagnosis {
namespace {

using FileArrays = std::vector<npz::Array>;
using checks::Outcome;

const Tensor some_weights = (Tensor(5, 1) << 2, 0.5, 1, 3, 0).finished();

// The example with weights, divided by m or by their sum.
FileArrays weighted_file(const std::string& name, const Tensor& weights, bool by_sum, double lambda = 0) {
    Example e = example(lambda);
    e.network.example_weights = weights.reshaped(1, 5);
    const double factor = by_sum ? 5 / weights.sum() : 1;
    e.network.lambda = lambda / factor;  // so that the L2 term is the same in both
    e.right = right_gradients(e.network, e.cache, e.Y);
    for (std::size_t l = 1; l <= 3; ++l) e.right.dW[l] *= factor, e.right.db[l] *= factor;
    FileArrays arrays = arrays_of(e);
    arrays.push_back(array(name, weights));
    return arrays;
}

Diagnosis diagnosed(const FileArrays& arrays, const Declaration& declaration = declared()) {
    return diagnose(make_submission(arrays, "mine.npz", declaration));
}

void is_refused(const FileArrays& arrays, const std::string& expected, const Declaration& declaration = declared()) {
    const std::string text = complaint(arrays, declaration);
    BOOST_TEST(text.find(expected) != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(weights_of_examples)

BOOST_AUTO_TEST_CASE(are_found_under_their_names) {
    for (const std::string name : {"sample_weight", "sample_weights", "weights", "w", "example_weights"}) {
        const Diagnosis diagnosis = diagnosed(weighted_file(name, some_weights, false));
        BOOST_TEST((diagnosis.outcome() == Outcome::confirmed), name);
        BOOST_TEST(diagnosis.J.has_weights);
        BOOST_TEST(!diagnosis.J.is_weighted_mean);
    }
}

BOOST_AUTO_TEST_CASE(are_divided_by_what_the_numbers_fit) {
    for (const double lambda : {0.0, 0.4})
        for (const bool by_sum : {false, true}) {
            const Diagnosis diagnosis =
                diagnosed(weighted_file("sample_weight", some_weights, by_sum, lambda), declared(lambda));
            BOOST_TEST((diagnosis.outcome() == Outcome::confirmed));
            BOOST_TEST(diagnosis.J.is_weighted_mean == by_sum);
        }
}

BOOST_AUTO_TEST_CASE(a_mean_in_dZ_is_divided_by_the_same_count) {
    Example e = example();
    e.network.example_weights = some_weights.transpose();
    e.right = right_gradients(e.network, e.cache, e.Y);
    const double sum = some_weights.sum();
    for (std::size_t l = 1; l <= 3; ++l) e.right.dW[l] *= 5 / sum, e.right.db[l] *= 5 / sum;
    FileArrays arrays = arrays_of(e);
    arrays.push_back(array("dZ3", e.right.dZ[3] / sum));
    arrays.push_back(array("sample_weight", some_weights));
    BOOST_TEST((diagnosed(arrays).outcome() == Outcome::confirmed));
    array_named(arrays, "dZ3").values = e.right.dZ[3] / 5;
    BOOST_TEST((diagnosed(arrays).outcome() == Outcome::refuted));
}

BOOST_AUTO_TEST_CASE(a_cost_in_the_file_decides, *boost::unit_test::label("negative")) {
    Example e = example();
    e.network.example_weights = some_weights.transpose();
    const double J = cost(e.network, e.cache, e.Y);
    for (const bool by_sum : {false, true}) {
        FileArrays arrays = weighted_file("sample_weight", some_weights, by_sum);
        arrays.push_back(array("cost", Tensor::Constant(1, 1, J)));
        BOOST_TEST((diagnosed(arrays).outcome() == (by_sum ? Outcome::refuted : Outcome::confirmed)));
    }
}

BOOST_AUTO_TEST_CASE(a_cost_without_them_is_another, *boost::unit_test::label("negative")) {
    FileArrays arrays = weighted_file("sample_weight", some_weights, false);
    const Example e = example();
    arrays.push_back(array("cost", Tensor::Constant(1, 1, cost(e.network, e.cache, e.Y))));
    const Diagnosis diagnosis = diagnosed(arrays);
    BOOST_TEST((diagnosis.outcome() == Outcome::refuted));
    BOOST_TEST_REQUIRE(diagnosis.cost.has_value());
    BOOST_TEST(diagnosis.cost->difference == "it leaves out the weights of the examples");
}

BOOST_AUTO_TEST_CASE(of_classes_are_those_of_the_labels) {
    Declaration softmax = declared();
    softmax.output = "softmax";
    softmax.loss = "categorical_cross_entropy";
    const std::vector<Eigen::Index> classes{0, 1, 1, 0, 1};
    Example e = example();
    e.network.layers.back().activation = Softmax{};
    e.network.loss = CategoricalCrossEntropy{};
    e.network.example_weights.resize(1, 5);
    e.Y.setZero();
    for (Eigen::Index i = 0; i < 5; ++i) {
        e.Y(classes[static_cast<std::size_t>(i)], i) = 1;
        e.network.example_weights(0, i) = e.Y(1, i) == 1 ? 0.75 : 3;
    }
    e.cache = forward(e.network, e.X);
    e.right = right_gradients(e.network, e.cache, e.Y);
    FileArrays arrays = arrays_of(e);
    arrays.push_back(array("class_weights", (Tensor(2, 1) << 3, 0.75).finished()));
    const Submission s = make_submission(arrays, "mine.npz", softmax);
    BOOST_TEST((s.network.example_weights == e.network.example_weights));
    BOOST_TEST((diagnose(s).outcome() == Outcome::confirmed));
    array_named(arrays, "class_weights").values.reverseInPlace();
    BOOST_TEST((diagnosed(arrays, softmax).outcome() == Outcome::refuted));
    array_named(arrays, "class_weights") = array("class_weights", Tensor::Ones(3, 1));
    is_refused(arrays, "class_weights has shape (3, 1); expected 2 weights, one for each class", softmax);
}

BOOST_AUTO_TEST_CASE(that_do_not_fit_are_refused) {
    const auto with = [](const std::string& name, const Tensor& values) {
        FileArrays arrays = arrays_of(example());
        arrays.push_back(array(name, values));
        return arrays;
    };
    is_refused(with("sample_weight", Tensor::Ones(4, 1)),
               "sample_weight has shape (4, 1); expected a weight for each of the 5 examples");
    is_refused(with("mask", Tensor::Zero(5, 1)), "mask gives every example the weight 0");
    is_refused(with("mask", Tensor::Constant(5, 1, NAN)), "mask");
    FileArrays both = with("mask", Tensor::Ones(5, 1));
    both.push_back(array("sample_weight", Tensor::Ones(5, 1)));
    is_refused(both, "sample_weight and mask both weigh the examples");
    is_refused(with("class_weight", Tensor::Ones(2, 1)), "is of no single class");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::diagnosis
