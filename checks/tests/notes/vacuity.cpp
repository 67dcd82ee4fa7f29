// SPDX-License-Identifier: MIT
#include "tests/notes/vacuity.hpp"

#include <algorithm>
#include <iterator>
#include <memory>

#include "notes/check.hpp"
#include "notes/in_parallel.hpp"
#include "notes/reader/naming.hpp"

namespace gradproof::notes {
namespace {

// The symbols with nothing known of what was defined but its shape, and that its values lie in `domain`.
std::vector<Symbol> without_definitions(const std::vector<Symbol>& symbols, const Domain& domain) {
    const auto is_number = [&](int id) { return symbols[static_cast<std::size_t>(id)].shape.is_number(); };
    auto changed = symbols;
    for (auto& symbol : changed) {
        const bool of_numbers =
            symbol.shape.is_number() && std::all_of(symbol.parameters.begin(), symbol.parameters.end(), is_number);
        if (symbol.kind == SymbolKind::definition) {
            symbol.kind = SymbolKind::variable;
            symbol.domain = domain;
        } else if (symbol.kind == SymbolKind::function && of_numbers) {
            symbol.kind = SymbolKind::opaque;
        }
    }
    return changed;
}

enum class Outcome { holds, fails, untold };

}  // namespace

// With the values of all definitions in one domain.
class WithoutDefinitions::Bare {
  public:
    Bare(const Document& document, const std::vector<Symbol>& symbols, const Domain& domain)
        : document_(document),
          symbols_(without_definitions(symbols, domain)),
          workspaces_(workspaces_of(document, symbols_)) {}

    Outcome outcome_of(const Claim& claim) {
        try {
            for (const auto& workspace : workspaces_) {
                const Question question = workspace->expander.question(claim, document_.note.path);
                const Verdict verdict = workspace->sampler.decide(question);
                if (verdict.status == Status::sampled) continue;
                const auto& witness = verdict.witness;
                const bool both_exist = witness && !witness->difference.empty();
                return both_exist ? Outcome::fails : Outcome::untold;
            }
        } catch (const NoteError&) {
            return Outcome::fails;  // a derivative by what it no longer depends on
        }
        return Outcome::holds;
    }

  private:
    const Document& document_;
    std::vector<Symbol> symbols_;
    std::vector<std::unique_ptr<Workspace>> workspaces_;
};

WithoutDefinitions::WithoutDefinitions(const Document& document, const std::vector<Symbol>& symbols) {
    Domain unit;
    unit.lower = "0";
    unit.upper = "1";
    real_ = std::make_unique<Bare>(document, symbols, Domain{});
    between_ = std::make_unique<Bare>(document, symbols, unit);
}

WithoutDefinitions::~WithoutDefinitions() = default;

bool WithoutDefinitions::hold(const Claim& claim) {
    if (claim.relation == Relation::not_equal) return false;  // that some function differs says nothing of this one
    Outcome outcome = real_->outcome_of(claim);
    if (outcome == Outcome::untold)
        outcome = between_->outcome_of(claim);  // of most real numbers there is no logarithm
    return outcome == Outcome::holds;
}

std::vector<IndependentClaim> independent_claims(const std::vector<const Document*>& documents,
                                                 const std::vector<Symbol>& symbols, unsigned threads) {
    std::vector<std::vector<IndependentClaim>> found(documents.size());
    in_parallel(documents.size(), threads, [&](std::size_t n) {
        const Document& document = *documents[n];
        WithoutDefinitions definitions(document, symbols);
        for (const auto& claim : document.claims)
            if (definitions.hold(claim))
                found[n].push_back({name_of(document), text_of(claim, symbols), claim.where.line});
    });
    std::vector<IndependentClaim> all;
    for (auto& one : found) std::move(one.begin(), one.end(), std::back_inserter(all));
    return all;
}

}  // namespace gradproof::notes
