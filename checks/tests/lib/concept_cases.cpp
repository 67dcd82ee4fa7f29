// SPDX-License-Identifier: MIT
//
// What the concepts accept and refuse, at compile time: the constraint declares the smoothness.
#include <boost/test/unit_test.hpp>
#include <complex>

#include "gradproof/activations/leaky_relu.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/dual.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/poisson_negative_log_likelihood.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "gradproof/network.hpp"

namespace gradproof::checks {
namespace {

using Complex = std::complex<double>;

static_assert(Scalar<double> && Scalar<float> && Scalar<long double> && Scalar<Complex> && Scalar<Dual<double>>);
static_assert(Ordered<double> && Ordered<Dual<double>> && !Ordered<Complex>);
static_assert(!Scalar<int*> && !Scalar<std::string_view>);

static_assert(ElementwiseActivation<Sigmoid> && !VectorActivation<Sigmoid>);
static_assert(VectorActivation<Softmax> && !ElementwiseActivation<Softmax>);
static_assert(ElementwiseActivation<Tanh, Complex>);
static_assert(!ElementwiseActivation<Relu, Complex> && !ElementwiseActivation<LeakyRelu, Complex>);
static_assert(HasKinks<Relu> && !HasKinks<Softplus>);

struct WithoutDerivative {
    static constexpr std::string_view name = "without_derivative";
    static constexpr Interval range = real_line;
    template <Scalar S>
    S value(const S& z) const {
        return z;
    }
};
static_assert(!Activation<WithoutDerivative>);

struct WithoutName {
    [[maybe_unused]] static constexpr Interval range = real_line;
    template <Scalar S>
    S value(const S& z) const {
        return z;
    }
    template <Scalar S>
    S derivative(const S&) const {
        return S(1);
    }
};
static_assert(!Activation<WithoutName>);

static_assert(Loss<SquaredError> && Loss<BinaryCrossEntropy, Complex> && !Loss<Sigmoid>);
static_assert(is_canonical<Sigmoid, BinaryCrossEntropy> && !is_canonical<Sigmoid, SquaredError>);
static_assert(!compatible<Tanh, BinaryCrossEntropy> && !compatible<Relu, PoissonNegativeLogLikelihood>);

BOOST_AUTO_TEST_SUITE(concepts)

BOOST_AUTO_TEST_CASE(intervals_know_their_ends) {
    BOOST_TEST(open_unit_interval.is_within(closed_unit_interval));
    BOOST_TEST(!closed_unit_interval.is_within(open_unit_interval));
    BOOST_TEST(!open_unit_interval.contains(1.0));
    BOOST_TEST(closed_unit_interval.contains(1.0));
    BOOST_TEST(!real_line.contains(std::nan("")));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::checks
