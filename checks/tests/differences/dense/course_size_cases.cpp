// SPDX-License-Identifier: MIT
//
// The course's own network, 12288-20-7-5-1 with 209 examples, every one of its 245,973 parameters.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

SmallNetwork course_network(const AnyActivation& hidden) {
    SmallNetwork small = small_network({12288, 20, 7, 5, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, 209, 0, 1, 1, 0);
    // Pictures: numbers from 0 to 1 in steps of 1/255.
    small.X = small.X.unaryExpr([](double x) { return std::floor(255 * std::abs(std::tanh(x))) / 255; });
    return small;
}

struct Place {
    std::size_t l;
    Eigen::Index row;
    Eigen::Index column;
};

std::vector<Place> refuted_in(const Gradients<double>& gradients, const NetworkEstimates& estimates) {
    std::vector<Place> places;
    for (std::size_t l = 1; l < gradients.dW.size(); ++l) {
        for (Eigen::Index k = 0; k < gradients.dW[l].cols(); ++k)
            for (Eigen::Index j = 0; j < gradients.dW[l].rows(); ++j)
                if (judge(gradients.dW[l](j, k), estimates.dW[l](j, k)).outcome == Outcome::refuted)
                    places.push_back({l, j, k});
    }
    return places;
}

void every_entry(const AnyActivation& hidden) {
    const SmallNetwork small = course_network(hidden);
    Gradients<double> gradients = backward(small.network, forward(small.network, small.X), small.Y);
    const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y, {.activations = false});
    std::size_t checked = 0;
    double widest = 0;
    for (const auto* computed : {&estimates.dW, &estimates.db})
        for (const TensorEstimate& tensor : *computed)
            for (const Estimate& estimate : tensor.entries) {
                ++checked;
                if (estimate.scale > 0) widest = std::max(widest, estimate.error_bar / estimate.scale);
            }
    BOOST_TEST(checked == 245973U);
    BOOST_TEST(widest <= 1e-9);
    Gradients<double> weights = gradients;
    weights.dZ.clear();
    weights.dA.clear();
    const auto tensors = judge_gradients(weights, estimates);
    BOOST_TEST((outcome_of(tensors) == Outcome::confirmed), describe(tensors));

    // One entry off by a millionth, for several entries in turn: found, at its place, and no other.
    for (const Place& place : {Place{1, 3, 7000}, Place{1, 19, 12287}, Place{2, 6, 11}, Place{4, 0, 2}}) {
        double& entry = gradients.dW[place.l](place.row, place.column);
        if (entry == 0) continue;  // a dead unit has nothing to be off by
        const double right = entry;
        entry *= 1 + 1e-6;
        const auto places = refuted_in(gradients, estimates);
        BOOST_TEST(places.size() == 1U);
        BOOST_TEST(
            (places.front().l == place.l && places.front().row == place.row && places.front().column == place.column));
        entry = right;
    }
}

}  // namespace

void add_course_size_cases() {
    for (const AnyActivation& hidden : {AnyActivation(Relu{}), AnyActivation(Tanh{})})
        add_case(fmt::format("speed/course_size/{}/every_entry_and_one_wrong_one", name_of(hidden)),
                 [hidden] { every_entry(hidden); });
}

}  // namespace gradproof::checks
