// SPDX-License-Identifier: MIT
//
// Notes that nobody would write, judged by all engines in one process: each has to come back within 10 s and 1 GB.
//     build/checks/tests/notes/fuzz/engine_fuzzer FIRST_SEED COUNT checks/tests/notes/fuzz/corpus
// An input that does not is left in FIRST_SEED.failed.md; the slowest are listed at the end.
#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "notes/check.hpp"
#include "notes/engines/engines.hpp"
#include "tests/notes/fuzz/mutated_note.hpp"

namespace {

constexpr unsigned longest = 10;  // seconds

std::string current;  // the input, for the handler of signals
std::string file_of_failure;

void keep_and_leave(int signal) {
    std::ofstream(file_of_failure, std::ios::binary) << current;
    _exit(128 + signal);
}

double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

long megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

}  // namespace

int main(int argc, char** argv) {
    using namespace gradproof;
    if (argc != 4) {
        fmt::print(stderr, "usage: engine_fuzzer FIRST_SEED COUNT CORPUS\n");
        return 2;
    }
    const auto first = static_cast<std::uint64_t>(std::stoull(argv[1]));
    const auto count = static_cast<std::uint64_t>(std::stoull(argv[2]));
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(argv[3])) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> corpus;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    file_of_failure = fmt::format("{}.failed.md", first);
    for (const int signal : {SIGALRM, SIGSEGV, SIGABRT, SIGFPE, SIGBUS}) std::signal(signal, keep_and_leave);
    const auto engines = proof::engines();
    std::size_t claims = 0;
    std::map<std::string_view, std::size_t> verdicts;
    std::multimap<double, std::uint64_t> slowest;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        current = notes::mutated_note(corpus, seed);
        alarm(longest);
        const double begin = seconds();
        notes::Library library;
        try {
            const auto& document = library.read_text(current, "fuzz.md");
            const auto report = notes::check(document, library.symbols(), engines);
            for (const auto& result : report.results) {
                ++claims;
                ++verdicts[result.error.empty() ? notes::name_of(result.verdict.status) : "not expanded"];
                if (!result.green()) static_cast<void>(notes::failure_of(document, result));
            }
        } catch (const notes::NoteError&) {  // of the file as a whole
        }
        slowest.emplace(seconds() - begin, seed);
        if (slowest.size() > 5) slowest.erase(slowest.begin());
        if (megabytes() > 1000) {
            fmt::print("seed {}: {} MB\n", seed, megabytes());
            raise(SIGABRT);
        }
    }
    alarm(0);
    fmt::print("{} notes, {} claims", count, claims);
    for (const auto& [name, number] : verdicts) fmt::print(", {} {}", number, name);
    fmt::print("; at most {} MB\n", megabytes());
    for (const auto& [time, seed] : slowest) fmt::print("seed {}: {:.2f} s\n", seed, time);
    return 0;
}
