// SPDX-License-Identifier: MIT
//
// Threads, progress and stopping: none of them shows in a digit.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <stdexcept>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/checks/network_check.hpp"
#include "gradproof/losses/binary_cross_entropy.hpp"
#include "tests/support/small_network.hpp"

namespace gradproof::checks {
namespace {

SmallNetwork network_with_kinks() {
    return small_network({70, 9, 6, 1}, Relu{}, Sigmoid{}, BinaryCrossEntropy{}, 40, 0.3, 5, 0.3, 0);
}

std::vector<const TensorEstimate*> tensors_of(const NetworkEstimates& estimates) {
    std::vector<const TensorEstimate*> all;
    for (const auto* tensors : {&estimates.dW, &estimates.db, &estimates.dZ, &estimates.dA})
        for (const TensorEstimate& tensor : *tensors) all.push_back(&tensor);
    return all;
}

bool same_digits(const Estimate& a, const Estimate& b) {
    const auto same = [](double x, double y) { return std::memcmp(&x, &y, sizeof x) == 0; };
    return same(a.value, b.value) && same(a.error_bar, b.error_bar) && same(a.scale, b.scale) &&
           same(a.from_below, b.from_below) && same(a.from_above, b.from_above) && a.method == b.method;
}

namespace sharing_suite {
BOOST_AUTO_TEST_SUITE(speed)
BOOST_AUTO_TEST_SUITE(sharing)

BOOST_AUTO_TEST_CASE(threads_do_not_show) {
    const SmallNetwork small = network_with_kinks();
    const auto with_threads = [&](unsigned threads) {
        return differentiate_network(small.network, small.X, small.Y, {.threads = threads});
    };
    const NetworkEstimates alone = with_threads(1);
    std::size_t compared = 0;
    for (const unsigned threads : {2U, 3U}) {
        const NetworkEstimates shared = with_threads(threads);
        const auto a = tensors_of(alone);
        const auto b = tensors_of(shared);
        BOOST_REQUIRE(a.size() == b.size());
        for (std::size_t t = 0; t < a.size(); ++t)
            for (std::size_t n = 0; n < a[t]->entries.size(); ++n, ++compared)
                if (!same_digits(a[t]->entries[n], b[t]->entries[n])) BOOST_ERROR(a[t]->name << " differs");
    }
    BOOST_TEST(compared > 1000U);
}

BOOST_AUTO_TEST_CASE(progress_counts_every_entry) {
    const SmallNetwork small = network_with_kinks();
    std::size_t last = 0;
    std::size_t whole = 0;
    const auto progress = [&](std::size_t done, std::size_t total) {
        BOOST_TEST(done >= last);
        last = done;
        whole = total;
    };
    const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y, {.progress = progress});
    std::size_t entries = 0;
    for (const TensorEstimate* tensor : tensors_of(estimates)) entries += tensor->entries.size();
    BOOST_TEST(whole == entries);
    BOOST_TEST(last == entries);
}

BOOST_AUTO_TEST_CASE(a_stop_leaves_the_rest_unchecked) {
    const SmallNetwork small = network_with_kinks();
    const Gradients<double> gradients = backward(small.network, forward(small.network, small.X), small.Y);
    std::stop_source stop;
    const auto progress = [&](std::size_t done, std::size_t) {
        if (done > 0) stop.request_stop();
    };
    const DifferenceOptions options{.activations = false, .threads = 1, .progress = progress, .stop = stop.get_token()};
    const NetworkEstimates estimates = differentiate_network(small.network, small.X, small.Y, options);
    std::size_t known = 0;
    std::size_t unknown = 0;
    for (Eigen::Index k = 0; k < gradients.dW[1].cols(); ++k) {
        const Verdict verdict = judge(gradients.dW[1](0, k), estimates.dW[1](0, k));
        if (verdict.remark == Remark::not_checked) {
            BOOST_TEST((verdict.outcome == Outcome::undecided));
            ++unknown;
        } else {
            BOOST_TEST((verdict.outcome == Outcome::confirmed));
            ++known;
        }
    }
    BOOST_TEST(known > 0U);
    BOOST_TEST(unknown > 0U);
    // A stop never turns into a green tensor.
    BOOST_TEST((judge_tensor(gradients.dW[3], estimates.dW[3]).outcome() == Outcome::undecided));
}

BOOST_AUTO_TEST_CASE(a_stop_is_answered_in_the_middle_of_a_task) {
    std::stop_source stop;
    TaskLoop loop(
        2, stop.get_token(), [&](std::size_t, std::size_t) { stop.request_stop(); }, 1);
    std::atomic<bool> given_up = false;
    loop.for_each(1, [&](std::size_t) { given_up = !loop.keep_going(); });
    BOOST_TEST(given_up);
}

BOOST_AUTO_TEST_CASE(an_exception_in_a_task_is_thrown_on) {
    TaskLoop loop(2, {}, {}, 8);
    const auto failing = [](std::size_t task) {
        if (task == 3) throw std::runtime_error("task 3");
    };
    BOOST_CHECK_THROW(loop.for_each(8, failing), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace sharing_suite

}  // namespace
}  // namespace gradproof::checks
