// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>

#include "claims/real_data/data_check.hpp"
#include "claims/real_data/training.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"

namespace gradproof::checks {
namespace {

const std::string breast_cancer = "checks/data/breast_cancer.csv";

BOOST_AUTO_TEST_SUITE(real_data)

BOOST_AUTO_TEST_CASE(the_file_holds_what_its_source_says) {
    const LabelledData data = read_labelled_csv(breast_cancer);
    BOOST_TEST(data.X.rows() == 30);
    BOOST_TEST(data.X.cols() == 569);
    BOOST_TEST(data.Y.sum() == 357.0);              // benign
    BOOST_TEST(data.X.row(0).minCoeff() == 6.981);  // mean radius
    BOOST_TEST(data.X.row(0).maxCoeff() == 28.11);
    BOOST_TEST(data.X.row(23).maxCoeff() == 4254.0);  // worst area
}

BOOST_AUTO_TEST_CASE(standardised_features_have_mean_0_and_variance_1) {
    const Eigen::MatrixXd X = standardised(read_labelled_csv(breast_cancer).X);
    constexpr double rounding = 569 * 0x1p-53 * 10;
    for (Eigen::Index k = 0; k < X.rows(); ++k) {
        BOOST_TEST(std::abs(X.row(k).mean()) <= rounding);
        BOOST_TEST(std::abs(X.row(k).squaredNorm() / 569 - 1) <= rounding);
    }
    BOOST_TEST(standardised(Eigen::MatrixXd::Constant(1, 4, 7.0)).isZero());
}

// Every entry of every dW, db, dZ and dA at the start, half way and at the end, and with weights of 0.01.
BOOST_AUTO_TEST_CASE(every_gradient_is_confirmed_while_a_network_is_trained) {
    const DataCheck check = check_on_data(read_labelled_csv(breast_cancer), 200);
    BOOST_TEST(check.checkpoints.size() == 4U);
    for (const Checkpoint& checkpoint : check.checkpoints) {
        BOOST_TEST(checkpoint.verdict.outcome() == Outcome::confirmed, checkpoint.moment
                                                                           << "\n"
                                                                           << describe(checkpoint.verdict.tensors));
        std::size_t checked = 0;
        for (const TensorVerdict& tensor : checkpoint.verdict.tensors) checked += tensor.checked();
        // 813 parameters, and 569 examples of 33 pre-activations and of 63 activations.
        BOOST_TEST(checked == 813U + 569U * (33U + 63U));
    }
    BOOST_TEST(check.cost_fell());
    BOOST_TEST(check.checkpoints[2].accuracy > 0.95);
    std::size_t at_kinks = 0;
    for (const TensorVerdict& tensor : check.checkpoints[0].verdict.tensors) at_kinks += tensor.subgradients;
    BOOST_TEST(at_kinks > 90U);
}

// There a plain central difference returns the mean of the two one-sided slopes: 0.0314 for a right gradient of 0.0287,
// at each step from 1e-3 to 1e-8.
BOOST_AUTO_TEST_CASE(plain_central_differences_call_the_right_gradient_wrong, *boost::unit_test::label("negative")) {
    const LabelledData data = read_labelled_csv(breast_cancer);
    const Matrix<double> X = standardised(data.X);
    Network<double> network = course_network({30, 20, 7, 5, 1}, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, 1);
    const double analytic = backward(network, forward(network, X), data.Y).db[3](0);
    for (const double h : {1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8}) {
        const auto cost_at = [&](double by) {
            Network<double> moved = network;
            moved.layer(3).dense.b(0) += by;
            return cost(moved, forward(moved, X), data.Y);
        };
        const double central = (cost_at(h) - cost_at(-h)) / (2 * h);
        BOOST_TEST(std::abs(central - analytic) > 1e-3 * std::abs(analytic));
    }
}

// With weights of 0.01 and zero biases the examples that leave layer 2 dead lie on the kinks of layer 3 and pull to
// different sides. Their own intervals, added up, hold 0.39 to 1.277 times the right value; the cost's 2/3 to 1.
BOOST_AUTO_TEST_CASE(the_sides_of_examples_are_not_those_of_the_cost, *boost::unit_test::label("negative")) {
    const LabelledData data = read_labelled_csv(breast_cancer);
    const Matrix<double> X = standardised(data.X);
    const Network<double> network = course_network({30, 20, 7, 5, 1}, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, 0, 0.01);
    const auto estimates = differentiate_network(network, X, data.Y, {.activations = false});
    const Vector<double> db3 = backward(network, forward(network, X), data.Y).db[3];
    for (Eigen::Index j = 0; j < db3.size(); ++j) {
        const Verdict right = judge(db3(j), estimates.db[3](j, 0));
        BOOST_TEST(right.outcome == Outcome::confirmed, describe(right));
    }
    for (const double factor : {0.39, 0.66, 1.01, 1.27}) {
        const Verdict wrong = judge(factor * db3(3), estimates.db[3](3, 0));
        BOOST_TEST(wrong.outcome == Outcome::refuted, describe(wrong));
    }
}

void refuses(const std::string& content, const std::string& message) {
    const auto file = std::filesystem::temp_directory_path() /
                      ("gradproof_" + std::to_string(std::hash<std::string>{}(content)) + ".csv");
    std::ofstream(file) << content;
    BOOST_CHECK_EXCEPTION(read_labelled_csv(file), std::runtime_error, [&](const std::exception& error) {
        BOOST_TEST(error.what() == file.string() + message);
        return true;
    });
    std::filesystem::remove(file);
}

BOOST_AUTO_TEST_CASE(bad_files_are_refused_with_line_and_column) {
    refuses("", ": holds no example, expected a line of numbers for each");
    refuses("a,b,c\n", ": holds no example, expected a line of numbers for each");
    refuses("1,2,0\n1,2,3,0\n", ":2: holds 4 columns, expected 3 as in the lines before");
    refuses("1,2,0\n1,x,0\n", ":2: column 2 holds 'x', expected a number like 17.99");
    refuses("1,2,0\n1,,0\n", ":2: column 2 holds '', expected a number like 17.99");
    refuses("1,2,0\n1,nan,0\n", ":2: column 2 holds nan, expected a finite number");
    refuses("1,2,0\n1,inf,0\n", ":2: column 2 holds inf, expected a finite number");
    refuses("1,2,0\n1,2,3\n", ":2: the label in column 3 is 3, expected 0 or 1");
    refuses("3,2,no,yes\n1,2,0\n", ":1: the header says 3 examples of 2 features, but the file holds 1 of 2");
    refuses("1\n", ":1: holds 1 column, expected features and a label, separated by commas");
    BOOST_CHECK_THROW(read_labelled_csv("/nonexistent.csv"), std::runtime_error);
    BOOST_CHECK_THROW(read_labelled_csv("/"), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
