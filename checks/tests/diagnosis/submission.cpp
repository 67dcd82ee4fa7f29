// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "diagnosis/submissions/read_submission.hpp"
#include "tests/diagnosis/examples.hpp"

namespace gradproof::diagnosis {
namespace {

using FileArrays = std::vector<npz::Array>;

void says(const FileArrays& arrays, const std::string& expected, const Declaration& declaration = declared()) {
    const std::string text = complaint(arrays, declaration);
    BOOST_TEST_INFO("it says: " << text);
    BOOST_TEST(text.find(expected) != std::string::npos);
    BOOST_TEST(text.find('\n') == std::string::npos);
    BOOST_TEST(!text.empty());
}

// The arrays of the example after one change.
FileArrays with(const std::function<void(FileArrays&)>& change) {
    FileArrays arrays = arrays_of(example());
    change(arrays);
    return arrays;
}
void remove(FileArrays& arrays, std::string_view name) {
    std::erase_if(arrays, [&](const auto& a) { return a.name == name; });
}
void replace(FileArrays& arrays, std::string_view name, const Tensor& values) {
    array_named(arrays, name) = array(std::string(name), values);
}

namespace submission_suite {
BOOST_AUTO_TEST_SUITE(mistakes)
BOOST_AUTO_TEST_SUITE(submission)

BOOST_AUTO_TEST_CASE(the_example_is_taken) {
    BOOST_TEST(complaint(arrays_of(example()), declared()) == "");
    BOOST_TEST((diagnose(make_submission(arrays_of(example()), "mine.npz", declared())).outcome() ==
                checks::Outcome::confirmed));
}

BOOST_AUTO_TEST_CASE(missing_keys) {
    says(with([](auto& a) { remove(a, "X"); }), "mine.npz: key 'X' is missing; expected X, Y, W1..");
    says(with([](auto& a) { remove(a, "b2"); }), "key 'b2' is missing");
    says(with([](auto& a) { remove(a, "W2"); }), "key 'W2' is missing");
    says(with([](auto& a) { std::erase_if(a, [](const auto& x) { return x.name[0] == 'd'; }); }),
         "holds no gradient to check; save the arrays");
}

BOOST_AUTO_TEST_CASE(extra_keys) {
    says(with([](auto& a) { a.push_back(array("dw1", Tensor::Ones(1, 1))); }),
         "the keys 'dW1' and 'dw1' are both dW1; say --rename OLD=NEW for one of them");
    says(with([](auto& a) {
             a.push_back(array("xW1", Tensor::Ones(1, 1)));
             a.push_back(array("momentum", Tensor::Ones(1, 1)));
         }),
         "keys 'xW1' of shape (1, 1), like W1 or dW1; 'momentum' of shape (1, 1) are not one of X, Y, W1..");
    says(with([](auto& a) { a.push_back(array("learning_rate", Tensor::Ones(1, 1))); }), "key 'learning_rate'");
    says(with([](auto& a) { a.push_back(array("dW01", Tensor::Ones(1, 1))); }), "key 'dW01'");
    says(with([](auto& a) { a.push_back(array("dW9", Tensor::Ones(1, 1))); }), "the last weights are W3");
    says(with([](auto& a) { a.push_back(array("W99999999999999999999", Tensor::Ones(1, 1))); }), "key 'W9999");
}

BOOST_AUTO_TEST_CASE(shapes_that_do_not_fit) {
    const Example e = example();
    says(with([&](auto& a) { replace(a, "dW1", e.right.dW[1].transpose()); }),
         "dW1 has shape (3, 4); expected (4, 3) like W1: this is the transpose, so a .T is missing or too much");
    says(with([&](auto& a) { replace(a, "W3", Tensor::Ones(2, 3)); }),
         "W3 has shape (2, 3); expected (2, 4) because layer 2 has 4 units");
    says(with([&](auto& a) { replace(a, "Y", Tensor::Ones(2, 4)); }), "Y has shape (2, 4); expected (2, 5)");
    says(with([&](auto& a) { replace(a, "b1", Tensor::Ones(2, 2)); }), "b1 has shape (2, 2); expected (4, 1) or (4,)");
    says(with([&](auto& a) { replace(a, "db1", Tensor::Ones(1, 5)); }), "summed over the units (axis 0 instead of 1)");
    says(with([&](auto& a) { replace(a, "db1", Tensor::Ones(4, 5)); }), "it was not summed over the examples");
    says(with([&](auto& a) { a.push_back(array("dZ1", Tensor::Ones(5, 4))); }),
         "dZ1 has shape (5, 4); expected (4, 5)");
    says(with([&](auto& a) { a.push_back(array("cost", Tensor::Ones(2, 1))); }), "expected one number");
    says(with([&](auto& a) { replace(a, "X", Tensor(0, 5)); }), "expected");
    says(with([&](auto& a) { replace(a, "X", Tensor(3, 0)); }), "expected");
}

BOOST_AUTO_TEST_CASE(numbers_that_are_not_finite) {
    says(with([](auto& a) { array_named(a, "W1").values(1, 2) = std::nan(""); }), "W1[1, 2] is nan; expected a finite");
    says(with([](auto& a) { array_named(a, "X").values(0, 0) = INFINITY; }), "X[0, 0] is inf");
    says(with([](auto& a) { array_named(a, "Y").values(0, 0) = -INFINITY; }), "Y[0, 0] is -inf");
    // A gradient may be: it is then wrong.
    const FileArrays arrays = with([](auto& a) { array_named(a, "dW1").values(1, 2) = std::nan(""); });
    BOOST_TEST((diagnose(make_submission(arrays, "mine.npz", declared())).outcome() == checks::Outcome::refuted));
}

BOOST_AUTO_TEST_CASE(labels_the_loss_cannot_have) {
    says(with([](auto& a) { array_named(a, "Y").values(1, 2) = 2; }), "the label Y[1, 2] = 2");
    Declaration softmax = declared();
    softmax.output = "softmax";
    softmax.loss = "categorical_cross_entropy";
    says(with([](auto& a) { array_named(a, "Y").values.setZero(); }), "add up to 0", softmax);
    Tensor classes(1, 5);
    classes << 0, 1, 1, 2, 0;
    says(with([&](auto& a) { replace(a, "Y", classes); }), "Y[3] is 2; expected a class from 0 to 1", softmax);
}

BOOST_AUTO_TEST_CASE(what_the_command_line_says) {
    Declaration d = declared();
    d.output = "sigmiod";
    says(arrays_of(example()), "there is no activation 'sigmiod' (did you mean 'sigmoid'?); known are", d);
    d.output = "leaky_relu(slope=0)";
    says(arrays_of(example()), "leaky_relu(slope=0): expected slope in (0, inf)", d);
    d = declared();
    d.output = "tanh";
    says(arrays_of(example()), "--output tanh gives predictions that --loss binary_cross_entropy cannot take", d);
    d = declared();
    d.hidden = {"relu", "tanh", "relu"};
    says(arrays_of(example()), "--hidden names 3 activations, but the file has 2 hidden layers", d);
    d = declared();
    d.hidden = {};
    says(arrays_of(example()), "pass --hidden", d);
    d = declared();
    d.layers = {3, 4, 4, 1};
    says(arrays_of(example()), "the shapes say layers 3,4,4,2, but --layers says 3,4,4,1", d);
    d.layers = {3, 4, 4, 2};
    d.hidden = {"tanh", "tanh"};
    BOOST_TEST(complaint(arrays_of(example()), d) == "");
}

BOOST_AUTO_TEST_CASE(class_numbers_become_one_hot) {
    Declaration softmax = declared();
    softmax.output = "softmax";
    softmax.loss = "categorical_cross_entropy";
    Tensor classes(5, 1);
    classes << 0, 1, 1, 0, 1;
    const Submission s = make_submission(with([&](auto& a) { replace(a, "Y", classes); }), "mine.npz", softmax);
    BOOST_TEST((s.Y == (Tensor(2, 5) << 1, 0, 0, 1, 0, 0, 1, 1, 0, 1).finished()));
    BOOST_TEST(!s.remarks.empty());
}

// The same numbers laid out as in another convention, with its factors 1/m and its lambda.
BOOST_AUTO_TEST_CASE(the_same_in_every_convention) {
    const double lambda = 0.4;
    const Example e = example(lambda);
    const double m = 5;
    for (const Convention convention :
         {Convention::deep_learning_specialization, Convention::cs231n, Convention::torch}) {
        FileArrays arrays = arrays_of(e);
        arrays.push_back(array("dZ1", e.right.dZ[1]));
        arrays.push_back(array("A1", e.cache.A[1]));
        const bool rows = convention != Convention::deep_learning_specialization;
        for (npz::Array& a : arrays) {
            const std::string letter = a.name.substr(0, a.name.find_first_of("123"));
            const bool transposed = (letter == "W" || letter == "dW") ? convention == Convention::cs231n : rows;
            const bool divided = rows && letter == "dZ";
            const Tensor laid_out = transposed ? Tensor(a.values.transpose()) : a.values;
            a = array(a.name, divided ? Tensor(laid_out / m) : laid_out);
        }
        const Submission s = make_submission(arrays, "mine.npz", declared(rows ? lambda / m : lambda));
        BOOST_TEST_CONTEXT(name_of(convention)) {
            BOOST_TEST((s.layout == layout_of(convention)));
            BOOST_TEST((diagnose(s).outcome() == checks::Outcome::confirmed));
            BOOST_TEST(s.network.lambda == lambda, boost::test_tools::tolerance(1e-15));
        }
    }
}

BOOST_AUTO_TEST_CASE(the_worst_entry_is_given_in_the_users_layout) {
    const Example e = example();
    FileArrays arrays = arrays_of(e);
    arrays.push_back(array("dZ1", e.right.dZ[1]));
    for (npz::Array& a : arrays)
        if (a.name[0] == 'd' && a.name[1] == 'Z') {
            a = array(a.name, a.values.transpose() / 5);
        } else {
            a = array(a.name, a.values.transpose());
        }
    array_named(arrays, "dW1").values(2, 3) += 1;
    array_named(arrays, "dZ1").values(4, 1) += 1;
    const Diagnosis diagnosis = diagnose(make_submission(arrays, "mine.npz", declared()));
    for (const TensorResult& t : diagnosis.tensors) {
        if (t.name != "dW1" && t.name != "dZ1") continue;
        const Tensor& file = array_named(arrays, t.name).values;
        BOOST_TEST_CONTEXT(t.name) {
            BOOST_TEST(t.row == (t.name == "dW1" ? 2 : 4));
            BOOST_TEST(t.column == (t.name == "dW1" ? 3 : 1));
            BOOST_TEST(t.yours == file(t.row, t.column), boost::test_tools::tolerance(1e-14));
            BOOST_TEST(t.numerical == file(t.row, t.column) - 1, boost::test_tools::tolerance(1e-6));
        }
    }
}

BOOST_AUTO_TEST_CASE(vectors_of_biases) {
    FileArrays arrays = arrays_of(example());
    for (npz::Array& a : arrays)
        if (a.name[0] == 'b' || a.name[1] == 'b') a.shape = {static_cast<std::size_t>(a.values.size())};
    BOOST_TEST((diagnose(make_submission(arrays, "mine.npz", declared())).outcome() == checks::Outcome::confirmed));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace submission_suite

}  // namespace
}  // namespace gradproof::diagnosis
