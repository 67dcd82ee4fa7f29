// SPDX-License-Identifier: MIT
//
// The exhaustive check of every entry of every W and b: time an entry, peak memory over what network, data and result
// take, and the naive way (two whole forward passes an entry) in the same run. Time is that of all cores together,
// which other work on the machine hardly changes.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/peak_memory.hpp"
#include "bench/workload.hpp"
#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/network_differences.hpp"

namespace gradproof::bench {
namespace {

#if defined(__AVX__)
constexpr auto build = "native";
#else
constexpr auto build = "portable";
#endif

using Sizes = std::vector<Eigen::Index>;

double bytes_of(const Workload& work) {
    const double result = work.parameters() * sizeof(checks::Estimate);
    return result + 8 * (work.parameters() + static_cast<double>(work.X.size() + work.Y.size()));
}

void every_entry(benchmark::State& state, const Sizes& sizes, const AnyActivation& hidden, Eigen::Index m) {
    const Workload work = workload(sizes, hidden, m);
    const auto every_estimate = [&work] {
        return checks::differentiate_network(work.network, work.X, work.Y, {.activations = false});
    };
    reset_peak_memory();
    const double before = peak_memory();
    double own = 0;
    double widest = 0;
    {
        const checks::NetworkEstimates estimates = every_estimate();
        own = peak_memory() - before + bytes_of(work) - work.parameters() * sizeof(checks::Estimate);
        for (const auto* tensors : {&estimates.dW, &estimates.db})
            for (const auto& tensor : *tensors)
                for (const auto& entry : tensor.entries)
                    if (entry.scale > 0) widest = std::max(widest, entry.error_bar / entry.scale);
    }
    for (auto _ : state) benchmark::DoNotOptimize(every_estimate());
    using benchmark::Counter;
    const double runs = static_cast<double>(state.iterations()) * work.parameters();
    state.counters["entries"] = work.parameters();
    state.counters["s_an_entry"] = Counter(runs, Counter::kIsRate | Counter::kInvert);
    state.counters["memory_over_data"] = own / bytes_of(work);
    state.counters["widest_bar"] = widest;
}

// Two whole forward passes for each of a few entries of W[1].
void naive_entry(benchmark::State& state, const Sizes& sizes, const AnyActivation& hidden, Eigen::Index m) {
    Workload work = workload(sizes, hidden, m);
    double& entry = work.network.layer(1).dense.W(0, 0);
    for (auto _ : state) {
        const double unmoved = entry;
        double slope = 0;
        for (const double h : {1e-6, -1e-6}) {
            entry = unmoved + h;
            slope += cost(work.network, forward(work.network, work.X), work.Y) / (2 * h);
        }
        entry = unmoved;
        benchmark::DoNotOptimize(slope);
    }
    state.counters["s_an_entry"] = benchmark::Counter(static_cast<double>(state.iterations()),
                                                      benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

std::string shape_of(const Sizes& sizes, Eigen::Index m) {
    return fmt::format("{}/m:{}", fmt::join(sizes, "-"), m);
}

void add(const std::string& series, const Sizes& sizes, const AnyActivation& hidden, Eigen::Index m) {
    benchmark::RegisterBenchmark(fmt::format("{}/{}/{}", series, name_of(hidden), shape_of(sizes, m)).c_str(),
                                 [=](benchmark::State& state) { every_entry(state, sizes, hidden, m); })
        ->Unit(benchmark::kMillisecond)
        ->MeasureProcessCPUTime();
}

void add_all() {
    const Sizes course{12288, 20, 7, 5, 1};
    for (const AnyActivation& hidden : {AnyActivation(Relu{}), AnyActivation(Tanh{})}) {
        add("course", course, hidden, 209);
        benchmark::RegisterBenchmark(fmt::format("naive/{}/{}", name_of(hidden), shape_of(course, 209)).c_str(),
                                     [=](benchmark::State& state) { naive_entry(state, course, hidden, 209); })
            ->Unit(benchmark::kMillisecond)
            ->MeasureProcessCPUTime();
        for (const Eigen::Index n_x : {1000, 5000, 20000, 50000}) add("features", {n_x, 20, 7, 5, 1}, hidden, 209);
        for (const Eigen::Index m : {20, 60, 209, 600}) add("examples", {2000, 20, 7, 5, 1}, hidden, m);
        for (const Eigen::Index n : {5, 10, 20, 40, 80}) add("width", {1000, n, n, 1}, hidden, 100);
        Sizes deep{1000};
        for (int l = 1; l <= 8; ++l) {
            deep.push_back(10);
            if (l % 2 != 0) continue;
            Sizes sizes = deep;
            sizes.push_back(1);
            add("depth", sizes, hidden, 100);
        }
    }
}

}  // namespace
}  // namespace gradproof::bench

int main(int argc, char* argv[]) {
    benchmark::Initialize(&argc, argv);
    if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
    benchmark::AddCustomContext("build", gradproof::bench::build);
    gradproof::bench::add_all();
    benchmark::RunSpecifiedBenchmarks();
    benchmark::Shutdown();
    return 0;
}
