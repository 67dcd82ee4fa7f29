// SPDX-License-Identifier: MIT
//
// Activations moved by themselves agree with the sums over the units behind them, and would not if these were weighted
// by other weights, taken of other units or examples, or off by a factor. Where a unit lies on a kink there is no sum.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

#include "differences/dense/spot_check.hpp"
#include "differences/dense/sums_over_units.hpp"
#include "differences/network/rounding.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_differences.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {
namespace sums_over_units {

constexpr Eigen::Index examples = 11;

// Its second layer is square, so that a transposed W fits, and so does the W of the third.
SmallNetwork network_with(const AnyActivation& hidden, std::uint32_t seed) {
    return small_network({7, 5, 5, 5, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, examples, 0, seed);
}

// Of every entry of A[l - 1], row by row.
struct BothWays {
    std::vector<Estimate> by_moving;
    std::vector<Estimate> by_sums;
};

BothWays both_ways(const SmallNetwork& small, std::size_t l, const Matrix<double>& W, const TensorEstimate& dZ) {
    const RowProbe<double> probe(small.network, small.X, small.Y);
    const auto dual = cast<Dual<double>>(small.network);
    const KinkedExamples kinked(probe, l);
    const LayerDifferences layer(probe, dual, kinked, Row::Of::activation, l - 1);
    const SumsOverUnits sums(W, dZ);
    Examples all(static_cast<std::size_t>(examples));
    std::iota(all.begin(), all.end(), Eigen::Index{0});
    BothWays both;
    for (Eigen::Index k = 0; k < W.cols(); ++k) {
        const RowDerivatives row =
            layer.of_row(fewest_steps, k, all, [](const Estimate& estimate) { return is_narrow(estimate); });
        for (std::size_t n = 0; n < all.size(); ++n)
            both.by_moving.push_back(of_example(row, n, kinked, rounding_of_backward(small.network)));
        for (const Estimate& estimate : sums.of_row(k, 0, examples)) both.by_sums.push_back(estimate);
    }
    return both;
}

TensorEstimate estimates_of_dZ(const SmallNetwork& small, std::size_t l) {
    return differentiate_network(small.network, small.X, small.Y).dZ[l];
}

std::size_t contradicted(const BothWays& both) {
    std::size_t count = 0;
    for (std::size_t n = 0; n < both.by_sums.size(); ++n)
        if (contradiction(both.by_moving[n], both.by_sums[n]) > 0) ++count;
    return count;
}

// Every entry of the network, not only those that the check moves.
void moved_activations_agree_with_the_sums(const AnyActivation& hidden) {
    std::size_t compared = 0;
    for (std::uint32_t seed = 1; seed <= 3; ++seed) {
        const SmallNetwork small = network_with(hidden, seed);
        for (std::size_t l = 1; l <= small.network.depth(); ++l) {
            const BothWays both = both_ways(small, l, small.network.layer(l).dense.W, estimates_of_dZ(small, l));
            for (std::size_t n = 0; n < both.by_sums.size(); ++n) {
                const Estimate& sum = both.by_sums[n];
                const Estimate& moved = both.by_moving[n];
                BOOST_TEST(contradiction(moved, sum) == 0.0, fmt::format("layer {}, entry {}: {:.17g} moved, {:.17g} "
                                                                         "by the sum",
                                                                         l, n, moved.value, sum.value));
                BOOST_TEST((sum.scale == 0 && sum.error_bar == 0) == (moved.scale == 0 && moved.error_bar == 0));
                if (sum.scale > 0 && is_narrow(sum) && is_narrow(moved)) ++compared;
            }
        }
    }
    BOOST_TEST(compared > 300U);
}

void transposed_weights_are_noticed() {
    const SmallNetwork small = network_with(Tanh{}, 1);
    const BothWays both = both_ways(small, 2, small.network.layer(2).dense.W.transpose(), estimates_of_dZ(small, 2));
    BOOST_TEST(contradicted(both) == both.by_sums.size());
}

void weights_of_another_layer_are_noticed() {
    const SmallNetwork small = network_with(Tanh{}, 1);
    const BothWays both = both_ways(small, 2, small.network.layer(3).dense.W, estimates_of_dZ(small, 2));
    BOOST_TEST(contradicted(both) == both.by_sums.size());
}

void derivatives_of_other_examples_are_noticed() {
    const SmallNetwork small = network_with(Tanh{}, 1);
    for (std::size_t l = 1; l <= small.network.depth(); ++l) {
        const TensorEstimate dZ = estimates_of_dZ(small, l);
        TensorEstimate shifted = dZ;
        for (Eigen::Index i = 0; i < examples; ++i)
            for (Eigen::Index j = 0; j < dZ.rows; ++j) shifted(j, i) = dZ(j, (i + 1) % examples);
        const BothWays both = both_ways(small, l, small.network.layer(l).dense.W, shifted);
        BOOST_TEST(contradicted(both) == both.by_sums.size());
    }
}

void a_factor_off_by_a_millionth_is_noticed() {
    const SmallNetwork small = network_with(Tanh{}, 1);
    for (std::size_t l = 1; l <= small.network.depth(); ++l) {
        const BothWays both =
            both_ways(small, l, small.network.layer(l).dense.W * (1 + 1e-6), estimates_of_dZ(small, l));
        BOOST_TEST(contradicted(both) >= both.by_sums.size() * 9 / 10);
    }
}

// Its sides added up to those of the other units are not the sides of the motion.
void a_unit_on_a_kink_is_no_term() {
    TensorEstimate dZ("dZ1", 2, 2);
    dZ(0, 0) = smooth_estimate(0.5, 1e-15, 0.5);
    dZ(1, 0) = smooth_estimate(0.5, 1e-15, 0.5);
    dZ(1, 0).from_above = 0.25;
    dZ(0, 1) = dZ(0, 0);
    dZ(1, 1) = dZ(0, 0);
    const Matrix<double> W{{0.5, 0.5}, {-2.0, 0.0}};
    const SumsOverUnits sums(W, dZ);
    for (Eigen::Index k = 0; k < 2; ++k) {
        const std::vector<Estimate> row = sums.of_row(k, 0, 2);
        BOOST_TEST(std::isinf(row[0].error_bar));
        BOOST_TEST(row[1].value == (k == 0 ? -0.75 : 0.25));
        BOOST_TEST(is_narrow(row[1]));
    }
}

void a_sum_that_cancels_decides_nothing() {
    TensorEstimate dZ("dZ1", 2, 1);
    dZ(0, 0) = dZ(1, 0) = smooth_estimate(0.5, 1e-13, 0.5);
    const Matrix<double> W{{1.0}, {-(1 + 1e-9)}};
    BOOST_TEST(!is_narrow(SumsOverUnits(W, dZ).of_row(0, 0, 1)[0]));
}

// Products that underflow are not taken for units that do not move.
void only_what_nothing_moves_is_dead() {
    TensorEstimate dZ("dZ1", 2, 1);
    dZ(0, 0) = smooth_estimate(1e-200, 1e-215, 1e-200);
    dZ(1, 0) = Estimate{};
    const Matrix<double> W{{1e-200, 0.0}, {1.0, 1.0}};
    const SumsOverUnits sums(W, dZ);
    BOOST_TEST(!is_narrow(sums.of_row(0, 0, 1)[0]));
    const Estimate dead = sums.of_row(1, 0, 1)[0];
    BOOST_TEST((dead.scale == 0 && dead.error_bar == 0));
}

void moved_entries_are_spread() {
    for (const auto& [units, m] : {std::pair<Eigen::Index, Eigen::Index>{400, 30}, {1, 1000}, {3, 4}}) {
        std::set<std::pair<Eigen::Index, Eigen::Index>> places;
        for (const auto& [k, i] : activations_to_move(units, m)) {
            BOOST_TEST((k >= 0 && k < units && i >= 0 && i < m));
            places.insert({k, i});
        }
        BOOST_TEST(places.size() == static_cast<std::size_t>(std::min<Eigen::Index>(units * m, 16)));
    }
}

}  // namespace sums_over_units
}  // namespace

void add_sums_over_units_cases() {
    using namespace sums_over_units;
    for (const AnyActivation& hidden : {AnyActivation(Tanh{}), AnyActivation(Relu{}), AnyActivation(Softmax{})})
        add_case(fmt::format("speed/sums_over_units/{}/moved_activations_agree_with_the_sums", name_of(hidden)),
                 [hidden] { moved_activations_agree_with_the_sums(hidden); });
    const std::string family = "speed/sums_over_units/";
    add_case(family + "transposed_weights_are_noticed", transposed_weights_are_noticed, {"negative"});
    add_case(family + "weights_of_another_layer_are_noticed", weights_of_another_layer_are_noticed, {"negative"});
    add_case(family + "derivatives_of_other_examples_are_noticed", derivatives_of_other_examples_are_noticed,
             {"negative"});
    add_case(family + "a_factor_off_by_a_millionth_is_noticed", a_factor_off_by_a_millionth_is_noticed, {"negative"});
    add_case(family + "a_unit_on_a_kink_is_no_term", a_unit_on_a_kink_is_no_term, {"negative"});
    add_case(family + "a_sum_that_cancels_decides_nothing", a_sum_that_cancels_decides_nothing, {"negative"});
    add_case(family + "only_what_nothing_moves_is_dead", only_what_nothing_moves_is_dead);
    add_case(family + "moved_entries_are_spread", moved_entries_are_spread);
}

}  // namespace gradproof::checks
