// SPDX-License-Identifier: MIT
//
//   note_evidence DERIVATIONS FILE.json
//
// Decides every claim of every note and writes what came out, by note and by the line of the fence:
// {"activations/sigmoid": [{"line": 13, "tag": "value", "definitions": 1, "claims": [{"left": "...", ...}]}, ...]}.
// A claim that is refuted or undecided, or a note that cannot be read, is said on stderr; the book is made all the
// same, and shows it.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "notes/check.hpp"
#include "notes/engines/engines.hpp"
#include "notes/graph/shapes.hpp"
#include "notes/in_parallel.hpp"
#include "notes/reader/latex.hpp"
#include "notes/reader/links.hpp"

namespace {

using namespace gradproof::notes;
using nlohmann::json;

json json_of(const Document& document, const ClaimResult& result) {
    const Claim& claim = document.claims[result.claim];
    const std::string& text = document.note.fences[document.fences[claim.fence].index].text;
    json conditions = json::array();
    for (const Tree& condition : claim.conditions) conditions.push_back(source_of(condition, text));
    json one{{"left", source_of(claim.left, text)},
             {"relation", latex_of(claim.relation)},
             {"right", source_of(claim.right, text)},
             {"conditions", conditions},
             {"line", claim.where.line},
             {"green", result.green()},
             {"status", result.error.empty() ? std::string(name_of(result.verdict.status)) : "not expanded"},
             {"detail", result.verdict.detail},
             {"not_seen", result.verdict.not_seen},
             {"reservation", result.verdict.reservation},
             {"side_conditions", result.verdict.side_conditions},
             {"more_side_conditions", result.verdict.more_side_conditions}};
    if (!result.green()) one["failure"] = failure_of(document, result);
    return one;
}

json json_of(const NoteReport& report) {
    const Document& document = *report.document;
    std::vector<json> fences;
    for (const CheckedFence& fence : document.fences)
        fences.push_back({{"line", fence.line},
                          {"tag", fence.tag},
                          {"name", fence.name},
                          {"definitions", 0},
                          {"claims", json::array()}});
    for (const Definition& definition : document.definitions)
        fences[definition.fence]["definitions"] = fences[definition.fence]["definitions"].get<int>() + 1;
    for (const ClaimResult& result : report.results)
        fences[document.claims[result.claim].fence]["claims"].push_back(json_of(document, result));
    for (const Fence& fence : document.note.fences)
        if (fence.not_checked) fences.push_back({{"line", fence.line - 1}, {"not_checked", *fence.not_checked}});
    return fences;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: note_evidence DERIVATIONS FILE.json\n");
        return 2;
    }
    try {
        const std::filesystem::path folder = argv[1];
        const std::vector<std::filesystem::path> files = notes_below(folder);
        std::vector<json> evidence(files.size());
        in_parallel(files.size(), 0, [&](std::size_t n) {
            Library library;
            const Document& document = library.read(files[n]);
            const NoteReport report = check(document, library.symbols(), gradproof::proof::engines());
            for (const NoteError& error : document.errors) fmt::print(stderr, "{}\n", error.what());
            for (const ClaimResult& result : report.results)
                if (!result.green()) fmt::print(stderr, "{}\n", failure_of(document, result));
            evidence[n] = json_of(report);
        });
        json notes = json::object();
        for (std::size_t n = 0; n < files.size(); ++n)
            notes[std::filesystem::path(files[n]).replace_extension().lexically_relative(folder).string()] =
                std::move(evidence[n]);
        std::ofstream out(argv[2]);
        if (!(out << notes.dump(1, ' ', false, json::error_handler_t::replace) << "\n").flush())
            throw std::runtime_error(fmt::format("{}: cannot be written", argv[2]));
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "note_evidence: {}\n", error.what());
        return 2;
    }
}
