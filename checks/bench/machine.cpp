// SPDX-License-Identifier: MIT
#include "bench/machine.hpp"

#include <benchmark/benchmark.h>
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <string>

#include "differences/dense/lane_block.hpp"
#include "differences/dense/lanes.hpp"

namespace gradproof::bench {
namespace {

constexpr int repetitions = 7;  // the fastest counts: the others were disturbed

template <class Run>
double fastest_seconds(const Run& run) {
    double fastest = 1e9;
    for (int n = 0; n < repetitions; ++n) {
        const auto begin = std::chrono::steady_clock::now();
        run();
        fastest = std::min(fastest, std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    }
    return fastest;
}

}  // namespace

double seconds_a_multiply_add() {
    using checks::Lanes, checks::broadcast;
    constexpr int rounds = 2'000'000;
    constexpr std::size_t chains = 8;  // independent, so that none waits for its own sum
    const double seconds = fastest_seconds([] {
        Lanes sums[chains];
        for (std::size_t n = 0; n < chains; ++n) sums[n] = broadcast(static_cast<double>(n));
        Lanes factor = broadcast(0.999);
        for (int round = 0; round < rounds; ++round) {
            benchmark::DoNotOptimize(factor);
            for (std::size_t n = 0; n < chains; ++n) sums[n] = sums[n] + factor * factor;
            for (std::size_t n = 0; n < chains; ++n) benchmark::DoNotOptimize(sums[n]);
        }
    });
    return seconds / (static_cast<double>(rounds) * chains * checks::lane_width);
}

double seconds_a_value(const AnyActivation& activation) {
    constexpr Eigen::Index rows = 16;
    constexpr int rounds = 20'000;
    checks::Block block(checks::block_lanes, rows);
    checks::Block z(checks::block_lanes, rows);
    for (Eigen::Index n = 0; n < z.size(); ++n) z.data()[n] = static_cast<double>(n % 61) / 20 - 1.5;
    const double seconds = fastest_seconds([&] {
        for (int round = 0; round < rounds; ++round) {
            block = z;
            checks::activate_block(activation, block, rows);
            benchmark::DoNotOptimize(block.data());
        }
    });
    return seconds / (static_cast<double>(rounds) * static_cast<double>(block.size()));
}

double peak_memory() {
    std::ifstream status("/proc/self/status");
    for (std::string word; status >> word;)
        if (word == "VmHWM:") {
            double kilobytes = 0;
            status >> kilobytes;
            return 1024 * kilobytes;
        }
    return 0;
}

void reset_peak_memory() {
    malloc_trim(0);  // what was freed and kept would hide what is taken again
    std::ofstream("/proc/self/clear_refs") << "5";
}

}  // namespace gradproof::bench
