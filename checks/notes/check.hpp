// SPDX-License-Identifier: MIT
//
// All claims of a note, decided by all engines.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "notes/engines/sample.hpp"
#include "notes/graph/expand.hpp"
#include "notes/reader/document.hpp"
#include "notes/reader/sizes.hpp"
#include "notes/verdict.hpp"

namespace gradproof::notes {

/// An engine besides the 50-digit one, which always runs.
struct NamedEngine {
    std::string name;
    Engine decide;
};

/// What one choice of sizes shares between the claims of a note: the graph and the values on it.
class Workspace {
  public:
    Workspace(const std::vector<Symbol>& all_symbols, const Sizes& at_sizes)
        : symbols(all_symbols), sizes(at_sizes), expander(all_symbols, graph, at_sizes), sampler(graph, all_symbols) {}
    Workspace(const Workspace&) = delete;
    Workspace& operator=(const Workspace&) = delete;

    const std::vector<Symbol>& symbols;
    const Sizes sizes;
    Graph graph;
    Expander expander;
    Sampler sampler;
};

std::vector<std::unique_ptr<Workspace>> workspaces_of(const Document& document, const std::vector<Symbol>& symbols);

/// The 50-digit engine on a workspace, which keeps its values.
using Digits = std::function<Verdict(Workspace& workspace, const Question& question)>;
Verdict decide_with_50_digits(Workspace& workspace, const Question& question);

struct ClaimResult {
    std::size_t claim = 0;  ///< into Document::claims
    Verdict verdict;        ///< of the strongest engine, at the sizes where it is weakest
    std::string error;      ///< if the claim could not be expanded: "file:line:column: ..."
    bool green() const {
        return error.empty() && verdict.status != Status::refuted && verdict.status != Status::undecided;
    }
};

struct NoteReport {
    const Document* document = nullptr;
    std::vector<ClaimResult> results;
    std::size_t count(Status status) const;
    bool green() const;
};

/// Decides every claim at each choice of those sizes that occur in it. Engines that contradict each other make a claim
/// refuted, with both verdicts in the detail.
NoteReport check(const Document& document, const std::vector<Symbol>& symbols, const std::vector<NamedEngine>& engines,
                 const Digits& digits = decide_with_50_digits);

/// The same for many notes, shared between threads; 0 threads are as many as the machine has. The reports come in the
/// order of the notes.
std::vector<NoteReport> check(const std::vector<const Document*>& documents, const std::vector<Symbol>& symbols,
                              const std::vector<NamedEngine>& engines, unsigned threads = 0);

/// What is wrong with a claim, as a person wants to read it: file:line, which relation, both sides, the point, the
/// values, what the difference looks like.
std::string failure_of(const Document& document, const ClaimResult& result);

/// How a claim that holds was decided, in a line: file:line:column, the claim, the status, what the proof needed.
std::string evidence_of(const Document& document, const ClaimResult& result);

}  // namespace gradproof::notes
