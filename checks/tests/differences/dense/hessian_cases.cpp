// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <stdexcept>

#include "differences/dense/hessian_check.hpp"
#include "tests/differences/dense/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

SmallNetwork network_with(const AnyActivation& hidden, double lambda = 0) {
    return small_network({6, 5, 4, 2}, hidden, Sigmoid{}, BinaryCrossEntropy{}, 9, lambda, 2);
}

void right_products_are_confirmed(const AnyActivation& hidden, double lambda) {
    const SmallNetwork small = network_with(hidden, lambda);
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        const ParameterTensors direction = random_direction(small.network, seed);
        const ParameterTensors product = hessian_times(small.network, small.X, small.Y, direction);
        const auto tensors = check_hessian_times(small.network, small.X, small.Y, direction, product);
        BOOST_TEST((outcome_of(tensors) == Outcome::confirmed), describe(tensors));
    }
}

void one_wrong_entry_is_refuted(const AnyActivation& hidden) {
    const SmallNetwork small = network_with(hidden);
    const ParameterTensors direction = random_direction(small.network, 1);
    ParameterTensors product = hessian_times(small.network, small.X, small.Y, direction);
    Eigen::Index row = 0;
    Eigen::Index column = 0;
    product.W[1].cwiseAbs().maxCoeff(&row, &column);
    product.W[1](row, column) *= 1 + 1e-5;
    for (const TensorVerdict& tensor : check_hessian_times(small.network, small.X, small.Y, direction, product)) {
        const bool is_wrong = tensor.name == "H W1";
        BOOST_TEST((tensor.outcome() == Outcome::refuted) == is_wrong, describe({tensor}));
        if (!is_wrong) continue;
        BOOST_TEST(tensor.refuted == 1U);
        BOOST_TEST(tensor.worst.front().row == row);
        BOOST_TEST(tensor.worst.front().column == column);
    }
}

// Gauss-Newton leaves out g'': a product that is right only for linear networks.
void a_hessian_without_the_curvature_of_the_activation_is_refuted() {
    const SmallNetwork small = network_with(Tanh{});
    Network<double> linear = small.network;
    for (std::size_t l = 1; l < linear.depth(); ++l) linear.layer(l).activation = Identity{};
    const ParameterTensors direction = random_direction(small.network, 1);
    const auto tensors = check_hessian_times(small.network, small.X, small.Y, direction,
                                             hessian_times(linear, small.X, small.Y, direction));
    BOOST_TEST((outcome_of(tensors) == Outcome::refuted));
}

// u · H v = v · H u, whatever formula H came from.
void the_hessian_is_symmetric() {
    const SmallNetwork small = network_with(Softplus{}, 0.4);
    const ParameterTensors u = random_direction(small.network, 1);
    const ParameterTensors v = random_direction(small.network, 2);
    const ParameterTensors Hu = hessian_times(small.network, small.X, small.Y, u);
    const ParameterTensors Hv = hessian_times(small.network, small.X, small.Y, v);
    double uHv = 0;
    double vHu = 0;
    double terms = 0;
    for (std::size_t l = 1; l < u.W.size(); ++l) {
        uHv += u.W[l].cwiseProduct(Hv.W[l]).sum() + u.b[l].dot(Hv.b[l]);
        vHu += v.W[l].cwiseProduct(Hu.W[l]).sum() + v.b[l].dot(Hu.b[l]);
        terms += Hv.W[l].cwiseAbs().sum() + Hu.W[l].cwiseAbs().sum() + Hv.b[l].cwiseAbs().sum();
    }
    BOOST_TEST(std::abs(uHv - vHu) <= 1000 * 0x1p-53 * terms);
    BOOST_TEST(std::abs(uHv) > 1e-6);
}

void unfit_shapes_are_named() {
    const SmallNetwork small = network_with(Tanh{});
    ParameterTensors direction = random_direction(small.network, 1);
    direction.b[2].resize(1);
    BOOST_CHECK_THROW(hessian_times(small.network, small.X, small.Y, direction), std::invalid_argument);
}

}  // namespace

void add_hessian_cases() {
    for (const AnyActivation& hidden :
         {AnyActivation(Tanh{}), AnyActivation(Sigmoid{}), AnyActivation(Softplus{}), AnyActivation(Softmax{})}) {
        const auto path = fmt::format("speed/hessian/{}/", name_of(hidden));
        add_case(path + "right_products_are_confirmed", [hidden] { right_products_are_confirmed(hidden, 0); });
        add_case(path + "regularised_products_are_confirmed", [hidden] { right_products_are_confirmed(hidden, 0.6); });
        add_case(path + "one_wrong_entry_is_refuted", [hidden] { one_wrong_entry_is_refuted(hidden); }, {"negative"});
    }
    add_case("speed/hessian/a_hessian_without_the_curvature_of_the_activation_is_refuted",
             a_hessian_without_the_curvature_of_the_activation_is_refuted, {"negative"});
    add_case("speed/hessian/the_hessian_is_symmetric", the_hessian_is_symmetric);
    add_case("speed/hessian/unfit_shapes_are_named", unfit_shapes_are_named);
}

}  // namespace gradproof::checks
