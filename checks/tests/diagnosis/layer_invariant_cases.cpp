// SPDX-License-Identifier: MIT
//
// What the derivatives of some layers add up to, whatever the upstream derivative is: sums that need no differences.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <limits>

#include "gradproof/layers/attention.hpp"
#include "gradproof/layers/average_pool2d.hpp"
#include "gradproof/layers/batch_norm.hpp"
#include "gradproof/layers/layer_norm.hpp"
#include "gradproof/layers/max_pool2d.hpp"
#include "tests/diagnosis/layer_examples.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::LayerPoint;
using checks::random_point;

// A sum of n numbers, each the result of some twenty operations, is rounded by less than this.
double rounding_of_sum(const Vector<double>& numbers, Eigen::Index operations = 20) {
    return static_cast<double>(numbers.size() + operations) * std::numeric_limits<double>::epsilon() *
           numbers.cwiseAbs().sum();
}

// The largest sum beyond rounding: of each column, or of each row.
double excess_of_sums(const Matrix<double>& dx, const Matrix<double>& terms) {
    double excess = 0;
    for (Eigen::Index n = 0; n < dx.cols(); ++n)
        excess = std::max(excess, std::abs(dx.col(n).sum()) - rounding_of_sum(terms.col(n)));
    return excess;
}

// What dx is made of: its largest term alone, as the sum of all terms cancels.
Matrix<double> terms_of(const LayerPoint& point) {
    return as_matrix(layer_mistake(point.layer, "statistics-taken-as-constants").derivatives(point)[0]);
}

double excess_of_batch(const LayerPoint& point, const Array<double>& dx) {
    return excess_of_sums(as_matrix(dx), terms_of(point));
}

double excess_of_rows(const LayerPoint& point, const Array<double>& dx) {
    return excess_of_sums(as_matrix(dx).transpose(), terms_of(point).transpose());
}

double excess_of_pooling(const LayerPoint& point, const Array<double>& dA_prev) {
    const Vector<double>& dA = point.d_outputs[0].values();
    return std::abs(dA_prev.values().sum() - dA.sum()) - rounding_of_sum(dA, 2 * dA_prev.size());
}

namespace invariant_suite {
BOOST_AUTO_TEST_SUITE(mistakes_of_layers)
BOOST_AUTO_TEST_SUITE(sums)

// A number added to the whole batch changes nothing.
BOOST_AUTO_TEST_CASE(dx_of_batch_normalisation_sums_to_0_over_the_batch) {
    for (const double ddof : {0., 1.}) {
        const LayerPoint point = random_point(BatchNorm{.ddof = ddof}, {{7, 4}, {4}, {4}}, 1);
        BOOST_TEST(excess_of_batch(point, point.pulled_back()[0]) <= 0);
        for (const char* const wrong : {"statistics-taken-as-constants", "mean-path-left-out", "mean-path-twice"})
            BOOST_TEST(excess_of_batch(point, layer_mistake(point.layer, wrong).derivatives(point)[0]) > 1e-3, wrong);
    }
}

BOOST_AUTO_TEST_CASE(dx_of_layer_normalisation_sums_to_0_over_each_row) {
    const LayerPoint point = random_point(LayerNorm{}, {{4, 7}, {7}, {7}}, 1);
    BOOST_TEST(excess_of_rows(point, point.pulled_back()[0]) <= 0);
    for (const char* const wrong : {"statistics-taken-as-constants", "mean-path-left-out", "mean-path-twice"})
        BOOST_TEST(excess_of_rows(point, layer_mistake(point.layer, wrong).derivatives(point)[0]) > 1e-3, wrong);
}

// Each window hands on what it gets, to one number or in shares; overlapping windows do as well.
BOOST_AUTO_TEST_CASE(pooling_hands_on_all_it_gets) {
    for (const AnyLayer& layer : {AnyLayer(MaxPool2d{}), AnyLayer(AveragePool2d{}), AnyLayer(MaxPool2d{.stride = 1}),
                                  AnyLayer(AveragePool2d{.stride = 1})}) {
        const LayerPoint point = random_point(layer, {{3, 6, 4, 5}}, 1);
        BOOST_TEST(excess_of_pooling(point, point.pulled_back()[0]) <= 0);
        BOOST_TEST(excess_of_pooling(point, layer_mistake(layer, "stops-early").derivatives(point)[0]) > 1e-3);
    }
    const LayerPoint point = random_point(AveragePool2d{}, {{3, 6, 4, 5}}, 1);
    for (const char* const wrong : {"average-divided-by-side", "average-not-divided"})
        BOOST_TEST(excess_of_pooling(point, layer_mistake(point.layer, wrong).derivatives(point)[0]) > 1e-3, wrong);
}

// Each row of a softmax sums to 1 whatever the scores are: a number added to every score of a row changes nothing. The
// keys are made so that dQ shows it: with a last column of ones, dQ has in it the sums of the rows of the scores'
// derivatives.
BOOST_AUTO_TEST_CASE(the_derivatives_in_the_scores_of_attention_sum_to_0_over_each_row) {
    for (const double causal : {0., 1.}) {
        LayerPoint point = random_point(Attention{.causal = causal}, {{4, 3}, {5, 3}, {5, 2}}, 1);
        for (Eigen::Index key = 0; key < 5; ++key) point.inputs[1](key, 2) = 1;
        const auto largest_sum = [](const Array<double>& dQ) { return as_matrix(dQ).col(2).cwiseAbs().maxCoeff(); };
        const auto wrong = layer_mistake(point.layer, "softmax-dot-term-left-out").derivatives(point);
        // The terms of these sums, weights times derivatives, are no larger than those of dQ without the dot term.
        const double bar = 50 * std::numeric_limits<double>::epsilon() * as_matrix(wrong[0]).cwiseAbs().maxCoeff();
        BOOST_TEST(largest_sum(point.pulled_back()[0]) <= bar);
        BOOST_TEST(largest_sum(wrong[0]) > 1e-3);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace invariant_suite

}  // namespace
}  // namespace gradproof::diagnosis
