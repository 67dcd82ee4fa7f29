// SPDX-License-Identifier: MIT
//
// 200 random networks: the right gradient raises no false alarm, kinks included, and one wrong entry is found in each.
#include <fmt/format.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>

#include "differences/dense/row_differences.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/complex_step.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/families.hpp"
#include "tests/support/small_network.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::checks {
namespace {

constexpr std::uint32_t networks_of_each_kind = 17;  // 17 × 12 kinds = 204 networks

struct Kind {
    AnyActivation hidden;
    double weight_scale;
    double bias_scale;

    SmallNetwork network(std::uint32_t seed) const {
        return small_network({6, 5, 4, 1}, hidden, Sigmoid{}, BinaryCrossEntropy{}, 7, 0, seed, weight_scale,
                             bias_scale);
    }
    std::string path() const {
        return fmt::format("random_networks/{}/weights_times_{}/{}", name_of(hidden), weight_scale,
                           bias_scale == 0 ? "zero_biases" : "random_biases");
    }
};

void no_false_alarm(const Kind& kind) {
    std::size_t checked = 0;
    std::size_t undecided = 0;
    for (std::uint32_t seed = 1; seed <= networks_of_each_kind; ++seed) {
        const SmallNetwork small = kind.network(seed);
        const Cache<double> cache = forward(small.network, small.X);
        Gradients<double> gradients = backward(small.network, cache, small.Y);
        gradients.dA.back() = loss_derivative(small.network, cache, small.Y);
        const NetworkVerdict verdict = check_network(small.network, small.X, small.Y, gradients);
        for (const TensorVerdict& tensor : verdict.tensors) {
            checked += tensor.checked();
            undecided += tensor.undecided;
            BOOST_TEST(tensor.refuted == 0U, "seed " << seed << "\n" << describe({tensor}));
            for (const EntryVerdict& entry : tensor.worst)
                if (entry.verdict.outcome == Outcome::undecided)
                    BOOST_TEST((entry.verdict.remark != Remark::none), "undecided without a reason");
        }
    }
    BOOST_TEST(checked > 1000U);
    BOOST_TEST(static_cast<double>(undecided) < 1e-3 * static_cast<double>(checked));
}

struct Entry {
    Eigen::Index row;
    Eigen::Index column;
};

Entry median_entry(const Matrix<double>& dW) {
    std::vector<Eigen::Index> order(static_cast<std::size_t>(dW.size()));
    std::iota(order.begin(), order.end(), Eigen::Index{0});
    std::sort(order.begin(), order.end(),
              [&](Eigen::Index a, Eigen::Index b) { return std::abs(dW.data()[a]) < std::abs(dW.data()[b]); });
    const Eigen::Index median = order[order.size() / 2];
    return {median % dW.rows(), median / dW.rows()};
}

// The median entry of dW1 off by a millionth: refuted, unless the check says of this very entry that it cannot tell.
void one_entry_off_by_1e_minus_6_is_refuted(const Kind& kind) {
    std::size_t refuted = 0;
    for (std::uint32_t seed = 1; seed <= networks_of_each_kind; ++seed) {
        const SmallNetwork small = kind.network(seed);
        const Matrix<double> dW = backward(small.network, forward(small.network, small.X), small.Y).dW[1];
        const Entry entry = median_entry(dW);
        if (dW(entry.row, entry.column) == 0) continue;  // a dead unit: nothing to be off by
        const auto estimates =
            differentiate_network(small.network, small.X, small.Y, {.required_digits = 7, .activations = false});
        const Estimate& estimate = estimates.dW[1](entry.row, entry.column);
        const Verdict right = judge(dW(entry.row, entry.column), estimate, 7);
        const Verdict wrong = judge(dW(entry.row, entry.column) * (1 + 1e-6), estimate, 7);
        if (right.outcome == Outcome::undecided) continue;
        BOOST_TEST(right.outcome == Outcome::confirmed, "seed " << seed << ": " << describe(right));
        // On a kink the interval may be wider than a millionth; the value is then a subgradient.
        if (right.remark == Remark::subgradient) continue;
        BOOST_TEST(wrong.outcome == Outcome::refuted, "seed " << seed << ": " << describe(wrong));
        ++refuted;
    }
    BOOST_TEST(refuted >= networks_of_each_kind / 2);
}

// Off by a billionth: beyond differences, but not beyond the complex step.
void one_entry_off_by_1e_minus_9_is_refuted_by_the_complex_step(const Kind& kind) {
    using Complex = std::complex<double>;
    for (std::uint32_t seed = 1; seed <= networks_of_each_kind; ++seed) {
        const SmallNetwork small = kind.network(seed);
        const Matrix<double> dW = backward(small.network, forward(small.network, small.X), small.Y).dW[1];
        const Entry entry = median_entry(dW);
        auto network = cast<Complex>(small.network);
        network.layers.front().dense.W(entry.row, entry.column) += Complex(0, complex_step_size);
        const Matrix<Complex> Y = small.Y.cast<Complex>();
        const Complex stepped = cost(network, forward(network, Matrix<Complex>(small.X.cast<Complex>())), Y);
        const double known = stepped.imag() / complex_step_size;
        // A few hundred roundings, on terms that cancel to the median entry from at most some tens of its size.
        const Estimate estimate = smooth_estimate(known, 1e-11 * std::abs(known), std::abs(known));
        BOOST_TEST(judge(dW(entry.row, entry.column), estimate).outcome == Outcome::confirmed);
        BOOST_TEST(judge(dW(entry.row, entry.column) * (1 + 1e-9), estimate).outcome == Outcome::refuted);
    }
}

}  // namespace

void add_random_network_cases() {
    for (const AnyActivation& hidden : {AnyActivation(Tanh{}), AnyActivation(Relu{})})
        for (const double weight_scale : {1.0, 0.1, 0.01})
            for (const double bias_scale : {0.0, 0.3}) {
                const Kind kind{hidden, weight_scale, bias_scale * weight_scale};
                add_case(kind.path() + "/no_false_alarm", [kind] { no_false_alarm(kind); });
                add_case(kind.path() + "/one_entry_off_by_1e_minus_6_is_refuted",
                         [kind] { one_entry_off_by_1e_minus_6_is_refuted(kind); }, {"negative"});
                if (hidden.is<Tanh>())
                    add_case(kind.path() + "/one_entry_off_by_1e_minus_9_is_refuted_by_the_complex_step",
                             [kind] { one_entry_off_by_1e_minus_9_is_refuted_by_the_complex_step(kind); },
                             {"negative"});
            }
}

}  // namespace gradproof::checks
