// SPDX-License-Identifier: MIT
//
// Weights moved by themselves agree with the means over the examples, and would not if these were multiplied by other
// activations, from other examples or by another factor.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>
#include <set>

#include "differences/dense/spot_check.hpp"
#include "differences/network/rounding.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

constexpr Eigen::Index examples = 23;

SmallNetwork network_with(const AnyActivation& hidden, std::uint32_t seed) {
    return small_network({20, 9, 6, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, examples, 0, seed);
}

// One layer's entries both ways, the means along `A` with a bias at the end.
struct BothWays {
    std::vector<Estimate> by_moving;
    std::vector<Estimate> by_means;
};

BothWays both_ways(const SmallNetwork& small, std::size_t l, const Matrix<double>& A) {
    const RowProbe<double> probe(small.network, small.X, small.Y);
    const auto dual = cast<Dual<double>>(small.network);
    const KinkedExamples kinked(probe, l);
    const LayerDifferences layer(probe, dual, kinked, Row::Of::pre_activation, l);
    const double rounding = rounding_of_backward(small.network);
    Examples all(static_cast<std::size_t>(small.X.cols()));
    std::iota(all.begin(), all.end(), Eigen::Index{0});
    Matrix<double> directions = Matrix<double>::Ones(A.rows() + 1, A.cols());
    directions.topRows(A.rows()) = A;
    BothWays both;
    for (Eigen::Index j = 0; j < small.network.layer(l).dense.W.rows(); ++j) {
        const RowDerivatives row = layer.of_row(narrowest_steps, j, all);
        for (const Estimate& mean : means_along(row, directions, kinked, rounding)) both.by_means.push_back(mean);
        for (Eigen::Index k = 0; k < directions.rows(); ++k)
            both.by_moving.push_back(differentiate_entry(layer, {j, k}, row));
    }
    return both;
}

Matrix<double> activations_below(const SmallNetwork& small, std::size_t l) {
    return forward(small.network, small.X).A[l - 1];
}

// Every entry of the network, not only those that the check moves.
void moved_weights_agree_with_the_means(const AnyActivation& hidden) {
    std::size_t compared = 0;
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
        const SmallNetwork small = network_with(hidden, seed);
        for (std::size_t l = 1; l <= small.network.depth(); ++l) {
            const BothWays both = both_ways(small, l, activations_below(small, l));
            for (std::size_t n = 0; n < both.by_means.size(); ++n) {
                BOOST_TEST(contradiction(both.by_moving[n], both.by_means[n]) == 0.0,
                           fmt::format("layer {}, entry {}: {:.17g} moved, {:.17g} by means", l, n,
                                       both.by_moving[n].value, both.by_means[n].value));
                if (both.by_moving[n].error_bar <= 1e-7 * both.by_moving[n].scale) ++compared;
            }
        }
    }
    BOOST_TEST(compared > 500U);
}

std::size_t contradicted(const BothWays& both) {
    std::size_t count = 0;
    for (std::size_t n = 0; n < both.by_means.size(); ++n)
        if (contradiction(both.by_moving[n], both.by_means[n]) > 0) ++count;
    return count;
}

namespace spot_check_suite {
BOOST_AUTO_TEST_SUITE(speed)
BOOST_AUTO_TEST_SUITE(spot_check)

BOOST_AUTO_TEST_CASE(activations_of_other_examples_are_noticed, *boost::unit_test::label("negative")) {
    const SmallNetwork small = network_with(Tanh{}, 1);
    for (std::size_t l = 1; l <= small.network.depth(); ++l) {
        const Matrix<double> A = activations_below(small, l).rowwise().reverse();
        const BothWays both = both_ways(small, l, A);
        const auto biases = static_cast<std::size_t>(small.network.layer(l).dense.W.rows());
        BOOST_TEST(contradicted(both) == both.by_means.size() - biases);
    }
}

BOOST_AUTO_TEST_CASE(activations_of_other_units_are_noticed, *boost::unit_test::label("negative")) {
    const SmallNetwork small = network_with(Tanh{}, 1);
    for (std::size_t l = 1; l <= small.network.depth(); ++l) {
        const Matrix<double> A = activations_below(small, l);
        Matrix<double> shifted = A;
        shifted << A.bottomRows(A.rows() - 1), A.topRows(1);
        const auto weights = static_cast<std::size_t>(small.network.layer(l).dense.W.size());
        BOOST_TEST(contradicted(both_ways(small, l, shifted)) == weights);
    }
}

BOOST_AUTO_TEST_CASE(a_factor_off_by_a_millionth_is_noticed, *boost::unit_test::label("negative")) {
    const SmallNetwork small = network_with(Tanh{}, 1);
    for (std::size_t l = 1; l <= small.network.depth(); ++l) {
        const BothWays both = both_ways(small, l, activations_below(small, l) * (1 + 1e-6));
        BOOST_TEST(contradicted(both) >= static_cast<std::size_t>(small.network.layer(l).dense.W.size()) * 9 / 10);
    }
}

// What the check does with a layer that was contradicted: no entry of it decides anything.
BOOST_AUTO_TEST_CASE(a_contradicted_layer_is_undecided, *boost::unit_test::label("negative")) {
    const SmallNetwork small = network_with(Tanh{}, 1);
    const Matrix<double> dW = backward(small.network, forward(small.network, small.X), small.Y).dW[1];
    TensorEstimate estimates = differentiate_network(small.network, small.X, small.Y).dW[1];
    BOOST_TEST((judge_tensor(dW, estimates).outcome() == Outcome::confirmed));
    widen(estimates, 1e-3);
    const TensorVerdict verdict = judge_tensor(dW, estimates);
    BOOST_TEST(verdict.confirmed == 0U);
    BOOST_TEST(verdict.refuted == 0U);
}

BOOST_AUTO_TEST_CASE(entries_are_spread_over_the_layer) {
    const SmallNetwork wide = small_network({400, 40, 3, 1}, Tanh{}, Sigmoid{}, BinaryCrossEntropy{}, 2);
    for (std::size_t l = 1; l <= wide.network.depth(); ++l) {
        const Matrix<double>& W = wide.network.layer(l).dense.W;
        const Eigen::Index all = W.rows() * (W.cols() + 1);
        std::set<std::pair<Eigen::Index, Eigen::Index>> places;
        for (const auto& [j, k] : entries_to_move(wide.network, l)) {
            BOOST_TEST((j >= 0 && j < W.rows() && k >= 0 && k <= W.cols()));
            places.insert({j, k});
        }
        BOOST_TEST(static_cast<Eigen::Index>(places.size()) >= std::min<Eigen::Index>(all, 4));
        BOOST_TEST(places.size() <= 16U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace spot_check_suite

}  // namespace

void add_spot_check_cases() {
    for (const AnyActivation& hidden : {AnyActivation(Tanh{}), AnyActivation(Relu{}), AnyActivation(Softmax{})})
        add_case(fmt::format("speed/spot_check/{}/moved_weights_agree_with_the_means", name_of(hidden)),
                 [hidden] { moved_weights_agree_with_the_means(hidden); });
}

}  // namespace gradproof::checks
