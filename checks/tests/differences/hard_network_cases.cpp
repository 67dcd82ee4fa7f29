// SPDX-License-Identifier: MIT
//
// Random networks at points where rounding is magnified: predictions near a pole of the loss, offsets, numbers near the
// smallest, labels that are met. Right gradients, computed in double in several ways, are never refuted; wrong ones,
// off by a millionth and more of the sum of their terms' sizes, never confirmed. The truth comes from dual numbers with
// a 64-bit mantissa, carried through a whole forward pass.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <functional>

#include "gradproof/activations/identity.hpp"
#include "gradproof/activations/log_softmax.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/softmax.hpp"
#include "gradproof/activations/softmin.hpp"
#include "gradproof/activations/softplus.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/activations/tempered_softmax.hpp"
#include "gradproof/checks/dual.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "gradproof/losses/categorical_cross_entropy.hpp"
#include "gradproof/losses/cosine.hpp"
#include "gradproof/losses/cross_entropy_with_logits.hpp"
#include "gradproof/losses/dice.hpp"
#include "gradproof/losses/label_smoothed_cross_entropy.hpp"
#include "gradproof/losses/negative_log_likelihood.hpp"
#include "gradproof/losses/poisson_negative_log_likelihood.hpp"
#include "gradproof/losses/squared_error.hpp"
#include "tests/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

using Number = Dual<long double>;

constexpr std::uint32_t networks_of_each_hard_kind = 24;

struct HardKind {
    std::string name;
    std::function<SmallNetwork(std::uint32_t seed)> network;
    double most_undecided = 0;   // share of the entries of right gradients
    double least_refuted = 0.8;  // share of the wrong entries
};

SmallNetwork with_largest_logit(SmallNetwork small, double largest) {
    DenseWithActivation<double>& last = small.network.layers.back();
    const double factor = largest / forward(small.network, small.X).Z.back().cwiseAbs().maxCoeff();
    last.dense.W *= factor;
    last.dense.b *= factor;
    return small;
}

SmallNetwork with_one_hot_labels(SmallNetwork small, std::uint32_t seed) {
    for (Eigen::Index i = 0; i < small.Y.cols(); ++i) {
        small.Y.col(i).setZero();
        small.Y((i + static_cast<Eigen::Index>(seed)) % small.Y.rows(), i) = 1;
    }
    return small;
}

AnyActivation hidden_of(std::uint32_t seed) {
    const std::array<AnyActivation, 4> choice{Tanh{}, Sigmoid{}, Softplus{}, Identity{}};
    return choice[seed % choice.size()];
}

SmallNetwork with_logits(const AnyActivation& output, const AnyLoss& loss, std::uint32_t seed, double largest) {
    SmallNetwork small = small_network({3, 4, 4}, hidden_of(seed), output, loss, 6, seed % 3 == 0 ? 0.7 : 0, seed);
    if (!is_elementwise(output) || !is_elementwise(loss)) small = with_one_hot_labels(std::move(small), seed);
    return with_largest_logit(std::move(small), largest);
}

SmallNetwork of_residuals(const AnyActivation& hidden, const AnyActivation& output, std::uint32_t seed) {
    return small_network({3, 4, 2}, hidden, output, SquaredError{}, 7, seed % 3 == 0 ? 0.7 : 0, seed);
}

SmallNetwork with_offset_inputs(std::uint32_t seed) {
    SmallNetwork small =
        of_residuals(hidden_of(seed), seed % 5 < 3 ? AnyActivation(Identity{}) : AnyActivation(Tanh{}), seed);
    small.X.array() += 1e4;
    DenseWithActivation<double>& first = small.network.layers.front();
    if (seed % 8 >= 4) first.dense.W *= 1e-3;
    first.dense.b -= first.dense.W * small.X.rowwise().mean();
    return small;
}

SmallNetwork with_offset_labels(std::uint32_t seed) {
    SmallNetwork small = of_residuals(hidden_of(seed), Identity{}, seed);
    small.network.layers.back().dense.b.array() += 1e4;
    small.Y.array() += 1e4;
    return small;
}

// Tiny predictions and tiny labels: a move of a pre-activation by a half leads to losses far larger than the one it
// comes from.
SmallNetwork with_labels_nearly_met(std::uint32_t seed) {
    SmallNetwork small = of_residuals(hidden_of(seed), Tanh{}, seed);
    small.network.layers.back().dense.W *= 1e-22;
    small.network.layers.back().dense.b *= 1e-22;
    small.Y = (small.Y.array() + 1) * 1e-12;
    return small;
}

SmallNetwork with_subnormal_gradients(std::uint32_t seed) {
    SmallNetwork small = of_residuals(hidden_of(seed), Softplus{}, seed);
    small.network.lambda = 0;
    small.network.layers.back().dense.W *= seed % 2 == 0 ? 1e-306 : 1e-311;
    return small;
}

SmallNetwork with_tiny_weights(std::uint32_t seed) {
    SmallNetwork small = of_residuals(hidden_of(seed), Tanh{}, seed);
    small.network.lambda = 0.7;
    for (auto& layer : small.network.layers) layer.dense.W *= 1e-200;
    return small;
}

const std::vector<HardKind>& hard_kinds() {
    static const std::vector<HardKind> all{
        {"softmax_and_binary_cross_entropy",
         [](std::uint32_t seed) { return with_logits(Softmax{}, BinaryCrossEntropy{}, seed, 8 + seed); }, 0.15},
        {"sigmoid_and_binary_cross_entropy",
         [](std::uint32_t seed) { return with_logits(Sigmoid{}, BinaryCrossEntropy{}, seed, 8 + seed); }, 0.05},
        {"sigmoid_and_poisson",
         [](std::uint32_t seed) { return with_logits(Sigmoid{}, PoissonNegativeLogLikelihood{}, seed, 8 + seed); }},
        {"softmax_and_squared_error",
         [](std::uint32_t seed) { return with_logits(Softmax{}, SquaredError{}, seed, 8 + seed); }},
        {"log_softmax_and_likelihood",
         [](std::uint32_t seed) { return with_logits(LogSoftmax{}, NegativeLogLikelihood{}, seed, 8 + seed); }},
        {"tempered_softmax_and_cross_entropy",
         [](std::uint32_t seed) { return with_logits(TemperedSoftmax{}, CategoricalCrossEntropy{}, seed, 8 + seed); }},
        {"softmin_and_cross_entropy",
         [](std::uint32_t seed) { return with_logits(Softmin{}, CategoricalCrossEntropy{}, seed, 8 + seed); }},
        {"cross_entropy_with_logits",
         [](std::uint32_t seed) { return with_logits(Identity{}, CrossEntropyWithLogits{}, seed, 8 + seed); }},
        {"softmax_and_smoothed_labels",
         [](std::uint32_t seed) { return with_logits(Softmax{}, LabelSmoothedCrossEntropy{}, seed, 8 + seed); }},
        {"identity_and_cosine", [](std::uint32_t seed) { return with_logits(Identity{}, Cosine{}, seed, 8 + seed); }},
        {"sigmoid_and_dice", [](std::uint32_t seed) { return with_logits(Sigmoid{}, Dice{}, seed, 8 + seed); }},
        {"offset_inputs", with_offset_inputs},
        {"offset_labels", with_offset_labels},
        {"labels_nearly_met", with_labels_nearly_met},
        // Others may take these for 0.
        {"subnormal_gradients", with_subnormal_gradients, 0, 0.3},
        {"tiny_weights", with_tiny_weights},
    };
    return all;
}

// As a textbook writes it: slopes from the values, 1 - a² and a(1 - a), everything through dA[L].
Gradients<double> textbook_backward(const SmallNetwork& small) {
    const Network<double>& network = small.network;
    const Cache<double> cache = forward(network, small.X);
    Gradients<double> gradients = backward(network, cache, small.Y, OutputRoute::through_dA);
    for (std::size_t l = network.depth(); l >= 1; --l) {
        const AnyActivation& activation = network.layer(l).activation;
        const auto g = activation.on<double>();
        gradients.dZ[l] = g.has_derivative_from_value()
                              ? entrywise([&g](double da, double a) { return da * g.derivative_from_value(a); },
                                          gradients.dA[l], cache.A[l])
                              : pull_back(activation, cache.Z[l], gradients.dA[l]);
        gradients.dW[l] = weight_gradient(gradients.dZ[l], cache.A[l - 1], network.layer(l).dense.W, network.lambda);
        gradients.db[l] = bias_gradient(gradients.dZ[l]);
        gradients.dA[l - 1] = Dense<double>::dA_prev(network.layer(l).dense.W, gradients.dZ[l]);
    }
    return gradients;
}

bool is_finite(const Gradients<double>& gradients) {
    const auto all = [](const auto& tensors) {
        return std::all_of(tensors.begin(), tensors.end(), [](const auto& tensor) { return tensor.allFinite(); });
    };
    return all(gradients.dW) && all(gradients.db) && all(gradients.dZ) && all(gradients.dA);
}

std::vector<Gradients<double>> ways_to_the_right_gradients(const SmallNetwork& small) {
    const Cache<double> cache = forward(small.network, small.X);
    std::vector<Gradients<double>> ways{backward(small.network, cache, small.Y),
                                        backward(small.network, cache, small.Y, OutputRoute::through_dA),
                                        textbook_backward(small)};
    // Where a prediction has rounded to the pole itself the longer ways end in 0 times infinity.
    std::erase_if(ways, [](const Gradients<double>& way) { return !is_finite(way); });
    return ways;
}

void right_gradients_are_not_refuted(const HardKind& kind) {
    std::size_t checked = 0;
    std::size_t undecided = 0;
    for (std::uint32_t seed = 1; seed <= networks_of_each_hard_kind; ++seed) {
        const SmallNetwork small = kind.network(seed);
        const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y);
        for (const Gradients<double>& way : ways_to_the_right_gradients(small))
            for (const TensorVerdict& tensor : judge_gradients(way, estimates)) {
                checked += tensor.checked();
                undecided += tensor.undecided;
                BOOST_TEST(tensor.refuted == 0U, "seed " << seed << "\n" << describe({tensor}));
            }
    }
    BOOST_TEST(checked > 1000U);
    BOOST_TEST(static_cast<double>(undecided) <= kind.most_undecided * static_cast<double>(checked),
               undecided << " of " << checked << " undecided");
}

// dJ/dW[l](j, k), or dJ/db[l](j) for k = the number of columns.
double derivative_of_cost(const SmallNetwork& small, std::size_t l, Eigen::Index j, Eigen::Index k) {
    Network<Number> network = cast<Number>(small.network);
    DenseWithActivation<Number>& layer = network.layer(l);
    (k == layer.dense.W.cols() ? layer.dense.b(j) : layer.dense.W(j, k)).derivative = 1;
    const auto X = Matrix<Number>(small.X.cast<Number>());
    return static_cast<double>(cost(network, forward(network, X), Matrix<Number>(small.Y.cast<Number>())).derivative);
}

// The sum of the sizes of the terms of that derivative, down from dZ[L], which as A - Y has the terms A and Y.
double size_of_terms(const SmallNetwork& small, std::size_t l, Eigen::Index j, Eigen::Index k) {
    const Network<double>& network = small.network;
    const Cache<double> cache = forward(network, small.X);
    Matrix<double> dZ =
        backward(network, cache, small.Y).dZ.back().cwiseAbs().cwiseMax(cache.A.back().cwiseAbs() + small.Y.cwiseAbs());
    for (std::size_t above = network.depth(); above > l; --above)
        dZ = pull_back(network.layer(above - 1).activation, cache.Z[above - 1],
                       Matrix<double>(network.layer(above).dense.W.cwiseAbs().transpose() * dZ));
    const auto m = static_cast<double>(dZ.cols());
    if (k == cache.A[l - 1].rows()) return dZ.row(j).sum() / m;
    return dZ.row(j).dot(cache.A[l - 1].row(k).cwiseAbs()) / m +
           network.lambda / m * std::abs(network.layer(l).dense.W(j, k));
}

void wrong_gradients_are_not_confirmed(const HardKind& kind) {
    std::size_t checked = 0;
    std::size_t refuted = 0;
    for (std::uint32_t seed = 1; seed <= networks_of_each_hard_kind; ++seed) {
        const SmallNetwork small = kind.network(seed);
        const NetworkEstimates estimates =
            differentiate_network(small.network, small.X, small.Y, {.activations = false});
        for (std::size_t l = 1; l <= small.network.depth(); ++l) {
            const Matrix<double>& W = small.network.layer(l).dense.W;
            for (const Eigen::Index k : {Eigen::Index{0}, W.cols() - 1, W.cols()}) {
                const Eigen::Index j = static_cast<Eigen::Index>(seed) % W.rows();
                const Estimate& estimate = k == W.cols() ? estimates.db[l](j, 0) : estimates.dW[l](j, k);
                const double right = derivative_of_cost(small, l, j, k);
                const double terms = size_of_terms(small, l, j, k);
                for (const double off : {1.02e-6, -1e-5, 1e-3, -0.3, 1.0}) {
                    const double wrong = right + off * terms;
                    if (!std::isfinite(wrong) || std::abs(wrong - right) < 1e-6 * terms) continue;  // lost in an ulp
                    if (std::abs(off) * terms < 1e-320) continue;  // less than ten of the smallest numbers
                    const Verdict verdict = judge(wrong, estimate);
                    ++checked;
                    refuted += verdict.outcome == Outcome::refuted;
                    BOOST_TEST((verdict.outcome != Outcome::confirmed),
                               fmt::format("seed {}, layer {} ({}, {}), off by {}: {}", seed, l, j, k, off,
                                           describe(verdict)));
                }
            }
        }
    }
    BOOST_TEST(checked > 300U);
    BOOST_TEST(static_cast<double>(refuted) > kind.least_refuted * static_cast<double>(checked),
               refuted << " of " << checked);
}

BOOST_AUTO_TEST_SUITE(hard_networks)

// dZ = A - Y does not hold for this pairing; the larger the logits, the more of the examples hide it.
BOOST_AUTO_TEST_CASE(a_minus_y_is_not_confirmed_for_softmax_and_binary_cross_entropy,
                     *boost::unit_test::label("negative")) {
    std::size_t checked = 0;
    for (std::uint32_t seed = 1; seed <= networks_of_each_hard_kind; ++seed) {
        SmallNetwork small = small_network({2, 2}, Identity{}, Softmax{}, BinaryCrossEntropy{}, 2, 0, seed);
        small = with_largest_logit(with_one_hot_labels(std::move(small), seed), 28 + seed % 10);
        const NetworkEstimates estimates =
            differentiate_network(small.network, small.X, small.Y, {.activations = false});
        const Vector<double> wrong = bias_gradient(Matrix<double>(forward(small.network, small.X).A.back() - small.Y));
        for (Eigen::Index j = 0; j < wrong.size(); ++j) {
            const double right = derivative_of_cost(small, 1, j, 2);
            if (!(std::abs(wrong(j) - right) > 1e-6 * size_of_terms(small, 1, j, 2))) continue;
            ++checked;
            const Verdict verdict = judge(wrong(j), estimates.db[1](j, 0));
            BOOST_TEST((verdict.outcome != Outcome::confirmed), "seed " << seed << ": " << describe(verdict));
        }
    }
    BOOST_TEST(checked > 10U);
}

// Labels that our own pass meets to the last digit: whoever sums in another order misses them by an ulp, and is right.
BOOST_AUTO_TEST_CASE(labels_met_to_the_last_digit_leave_room_for_an_ulp) {
    std::size_t checked = 0;
    for (std::uint32_t seed = 1; seed <= networks_of_each_hard_kind; ++seed) {
        SmallNetwork small = of_residuals(hidden_of(seed), Identity{}, seed);
        small.Y = forward(small.network, small.X).A.back();
        const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y);
        for (Eigen::Index i = 0; i < small.Y.cols(); ++i) {
            ++checked;
            const double ulp = 0x1p-52 * std::abs(small.Y(0, i));
            BOOST_TEST((judge(ulp, estimates.dZ[2](0, i)).outcome != Outcome::refuted));
            BOOST_TEST((judge(1e-5 * std::abs(small.Y(0, i)), estimates.dZ[2](0, i)).outcome == Outcome::refuted));
        }
    }
    BOOST_TEST(checked > 100U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace

void add_hard_network_cases() {
    for (const HardKind& kind : hard_kinds()) {
        add_case("hard_networks/" + kind.name + "/right_gradients_are_not_refuted",
                 [kind] { right_gradients_are_not_refuted(kind); });
        add_case("hard_networks/" + kind.name + "/wrong_gradients_are_not_confirmed",
                 [kind] { wrong_gradients_are_not_confirmed(kind); }, {"negative"});
    }
}

}  // namespace gradproof::checks
