// SPDX-License-Identifier: MIT
//
// Notes that nobody would write, judged by all engines in one process: each has to come back within 10 s and 1 GB.
//     build/checks/tests/notes/engine_fuzzer FIRST_SEED COUNT checks/tests/notes/fuzz/corpus derivations
// Most begin as one claim of a note with what it builds on, some as a whole note. Formulas that were judged before are
// only read. An input that fails is left in
// FIRST_SEED.failed.md; the slowest are listed at the end.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <exception>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "notes/check.hpp"
#include "notes/engines/engines.hpp"
#include "notes/reader/latex.hpp"
#include "notes/reader/links.hpp"
#include "notes/reader/naming.hpp"
#include "tests/notes/fuzz/claim_notes.hpp"
#include "tests/notes/fuzz/mutated_note.hpp"

namespace {

constexpr time_t longest = 10;                 // seconds of processor time: a busy machine is no fault of a note
constexpr rlim_t most_memory = 1'000'000'000;  // bytes of addresses: more than what is resident

std::string current;  // the input, for the handler of signals
std::string file_of_failure;

void keep_and_leave(int signal) {
    std::ofstream(file_of_failure, std::ios::binary) << current;
    _exit(128 + signal);
}

double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

// Sends SIGPROF when so many seconds have been used from now on; 0 for never.
void limit_seconds(time_t most) {
    const itimerval timer{{0, 0}, {most, 0}};
    setitimer(ITIMER_PROF, &timer, nullptr);
}

long megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr std::uint64_t rarity = 50;  // of whole notes, which take far longer and are rarely hard

struct Seeds {
    std::vector<std::string> claims;  // each with what it builds on
    std::vector<std::string> whole;
};

// The letters that mutations bring in, where a note does not declare them.
std::string with_letters(std::string note) {
    for (const std::string letter : {"z", "y", "h"}) {
        const auto table = note.find("|---|---|---|\n");
        if (table == std::string::npos || note.find("$`" + letter + "`$") != std::string::npos) continue;
        const std::string values = letter == "z" ? "real" : letter == "y" ? "$`[0,1]`$" : "positive";
        note.insert(table + 14, "| $`" + letter + "`$ | any | " + values + " |\n");
    }
    return note;
}

Seeds seeds_from(const std::filesystem::path& corpus, const std::filesystem::path& derivations) {
    using namespace gradproof::notes;
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(corpus)) paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    Seeds seeds;
    for (const auto& path : paths) seeds.claims.push_back(text_of(path));
    Library library;
    for (const auto& path : notes_below(derivations)) {
        const auto& document = library.read(path);
        if (!document.claims.empty()) seeds.whole.push_back(text_of(path));
        for (auto& note : notes_of_claims(library, document)) seeds.claims.push_back(with_letters(std::move(note)));
    }
    return seeds;
}

// The symbols' table and all formulas that could be read.
std::size_t hash_of_formulas(const gradproof::notes::Document& document,
                             const std::vector<gradproof::notes::Symbol>& symbols) {
    using namespace gradproof::notes;
    std::string text = current.substr(0, current.find("```math"));
    for (const auto& definition : document.definitions) {
        const Symbol& symbol = symbols[static_cast<std::size_t>(definition.symbol)];
        text += symbol.name;
        for (const int parameter : symbol.parameters) text += ", " + symbols[static_cast<std::size_t>(parameter)].name;
        text += " := " + latex_of(symbol.body, symbols) + "\n";
    }
    for (const auto& claim : document.claims) {
        text += text_of(claim, symbols);
        for (const auto& condition : claim.conditions) text += ", " + latex_of(condition, symbols) + condition.text;
        text += "\n";
    }
    return std::hash<std::string>{}(text);
}

}  // namespace

int main(int argc, char** argv) {
    using namespace gradproof;
    if (argc != 5) {
        fmt::print(stderr, "usage: engine_fuzzer FIRST_SEED COUNT CORPUS DERIVATIONS\n");
        return 2;
    }
    const auto first = static_cast<std::uint64_t>(std::stoull(argv[1]));
    const auto count = static_cast<std::uint64_t>(std::stoull(argv[2]));
    const auto seeds = seeds_from(argv[3], argv[4]);
    const rlimit memory{most_memory, most_memory};
    if (setrlimit(RLIMIT_AS, &memory) != 0) {
        fmt::print(stderr, "engine_fuzzer: cannot limit the memory\n");
        return 2;
    }
    file_of_failure = fmt::format("{}.failed.md", first);
    for (const int signal : {SIGPROF, SIGSEGV, SIGABRT, SIGFPE, SIGBUS}) std::signal(signal, keep_and_leave);
    const auto engines = proof::engines();
    std::size_t claims = 0;
    std::unordered_set<std::size_t> judged;  // many slips leave the formulas as they were: once is enough
    std::map<std::string_view, std::size_t> verdicts;
    std::multimap<double, std::uint64_t> slowest;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        current = notes::mutated_note(seed % rarity == 0 ? seeds.whole : seeds.claims, seed);
        limit_seconds(longest);
        const double begin = seconds();
        notes::Library library;
        try {
            const auto& document = library.read_text(current, "fuzz.md");
            if (!judged.insert(hash_of_formulas(document, library.symbols())).second) continue;
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
    limit_seconds(0);
    fmt::print("{} notes from {} claims, {} of them different formulas, {} claims", count, seeds.claims.size(),
               judged.size(), claims);
    for (const auto& [name, number] : verdicts) fmt::print(", {} {}", number, name);
    fmt::print("; at most {} MB\n", megabytes());
    for (const auto& [time, seed] : slowest) fmt::print("seed {}: {:.2f} s\n", seed, time);
    return 0;
}
