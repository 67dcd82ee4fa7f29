// SPDX-License-Identifier: MIT
#include "tests/notes/mutation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "notes/check.hpp"
#include "notes/in_parallel.hpp"
#include "notes/reader/latex.hpp"
#include "notes/reader/naming.hpp"
#include "tests/notes/mutate.hpp"
#include "tests/notes/vacuity.hpp"

namespace gradproof::notes {
namespace {

enum class MutantStatus { refuted, unreadable, empty, survives };

// All symbols that a tree builds on, directly or through definitions.
void collect_symbols(const Tree& tree, const std::vector<Symbol>& symbols, std::set<int>& found) {
    if (tree.symbol >= 0 && found.insert(tree.symbol).second)
        collect_symbols(symbols[static_cast<std::size_t>(tree.symbol)].body, symbols, found);
    for (const auto& child : tree.children) collect_symbols(child, symbols, found);
}

// One note with a private copy of the symbols, so that definitions can be changed.
class Bench {
  public:
    Bench(const Document& document, const std::vector<Symbol>& symbols)
        : document_(document), symbols_(symbols), without_definitions_(document, symbols) {
        workspaces_ = workspaces_of(document_, symbols_);
        for (const auto& workspace : workspaces_) {
            for (std::size_t i = 0; i < document_.claims.size(); ++i)
                if (!is_accepted(*workspace, document_.claims[i])) red_.insert(i);
            sizes_.push_back(workspace->graph.size());
        }
    }

    const Document& document() const { return document_; }
    /// Claims that are rejected as they stand, by number: no slip could show there.
    const std::set<std::size_t>& red() const { return red_; }
    std::vector<Symbol>& symbols() { return symbols_; }

    MutantStatus status_of(const Claim& claim) {
        Claim shaped = claim;
        return status_of_shaped(shaped);
    }

    // A slip in a claim that depended on the definitions is also noticed if it leaves one that holds without them:
    // claims_depend_on_the_definitions asks what such a claim is good for, unless it has asked already. One with the
    // same formula on both sides is an error in any case.
    MutantStatus status_of_claim(const Claim& original, const Claim& slipped) {
        Claim shaped = slipped;
        const MutantStatus status = status_of_shaped(shaped);
        if (status == MutantStatus::survives && shaped.left == shaped.right) return MutantStatus::empty;
        if (status != MutantStatus::survives || without_definitions_.hold(original) ||
            !without_definitions_.hold(shaped))
            return status;
        const bool is_known = std::any_of(document_.claims.begin(), document_.claims.end(), [&](const Claim& claim) {
            return claim.left == shaped.left && claim.right == shaped.right;
        });
        return is_known ? MutantStatus::survives : MutantStatus::empty;
    }

    // The body of a definition changed: does a claim of this note that builds on it notice?
    MutantStatus status_of(int symbol, const Tree& body) {
        Symbol& definition = symbols_[static_cast<std::size_t>(symbol)];
        const Tree original = std::exchange(definition.body, body);
        MutantStatus status = MutantStatus::survives;
        try {
            ShapeContext context{symbols_, document_.note.path, {}, {}};
            set_shapes(definition.body, context);
            if (!same_shape(symbols_, definition.body.shape, original.shape)) status = MutantStatus::unreadable;
            for (const auto& [index, range] : context.ranges)
                if (std::find(definition.indices.begin(), definition.indices.end(), index) == definition.indices.end())
                    status = MutantStatus::unreadable;
        } catch (const NoteError&) {
            status = MutantStatus::unreadable;
        }
        for (const auto& workspace : workspaces_) workspace->expander.forget();
        if (status == MutantStatus::survives) status = claims_notice(symbol);
        definition.body = original;
        for (std::size_t i = 0; i < workspaces_.size(); ++i) {
            workspaces_[i]->expander.forget();
            restore(i);
        }
        return status;
    }

    bool same_value(int symbol, int other) {
        const auto key = std::minmax(symbol, other);
        if (const auto known = same_.find(key); known != same_.end()) return known->second;
        Claim claim;
        for (const auto& [side, id] : {std::pair(&claim.left, symbol), std::pair(&claim.right, other)}) {
            side->kind = Kind::symbol;
            side->symbol = id;
            side->shape = symbols_[static_cast<std::size_t>(id)].shape;
        }
        return same_[key] = status_of(claim) == MutantStatus::survives;
    }

  private:
    const Document& document_;
    std::vector<Symbol> symbols_;
    WithoutDefinitions without_definitions_;
    std::map<std::pair<int, int>, bool> same_;
    std::vector<std::unique_ptr<Workspace>> workspaces_;
    std::vector<std::size_t> sizes_;
    std::set<std::size_t> red_;

    bool is_accepted(Workspace& workspace, const Claim& claim) const {
        try {
            return !workspace.sampler.rejects(workspace.expander.question(claim, document_.note.path));
        } catch (const NoteError&) {
            return false;
        }
    }

    // Sets the claim's shapes, too.
    MutantStatus status_of_shaped(Claim& claim) {
        MutantStatus status = MutantStatus::survives;
        for (std::size_t i = 0; i < workspaces_.size() && status == MutantStatus::survives; ++i) {
            try {
                ShapeContext context{symbols_, document_.note.path, {}, claim.free_indices};
                set_shapes(claim.left, context);
                set_shapes(claim.right, context);
                require_related(claim.left, claim.right, context);
                claim.free_indices = context.ranges;
                Workspace& workspace = *workspaces_[i];
                const Question question = workspace.expander.question(claim, document_.note.path);
                if (workspace.sampler.rejects(question)) status = MutantStatus::refuted;
            } catch (const NoteError&) {
                status = MutantStatus::unreadable;
            }
            restore(i);
        }
        return status;
    }

    void restore(std::size_t i) {
        workspaces_[i]->expander.shrink(sizes_[i]);
        workspaces_[i]->sampler.shrink(sizes_[i]);
        workspaces_[i]->graph.shrink(sizes_[i]);
    }

    MutantStatus claims_notice(int symbol) {
        for (std::size_t i = 0; i < document_.claims.size(); ++i) {
            if (red_.contains(i)) continue;
            const Claim& claim = document_.claims[i];
            std::set<int> used;
            collect_symbols(claim.left, symbols_, used);
            collect_symbols(claim.right, symbols_, used);
            if (!used.contains(symbol)) continue;
            for (const auto& workspace : workspaces_) {
                try {
                    const Question question = workspace->expander.question(claim, document_.note.path);
                    if (workspace->sampler.rejects(question)) return MutantStatus::refuted;
                } catch (const NoteError&) {
                    return MutantStatus::unreadable;
                }
            }
        }
        return MutantStatus::survives;
    }
};

class Run {
  public:
    Run(const Library& library, const std::vector<const Document*>& documents, const ExtraJudge& extra)
        : library_(library), documents_(documents), extra_(extra) {}

    MutationReport run(unsigned threads) {
        std::vector<MutationReport> reports(documents_.size());
        in_parallel(documents_.size(), threads, [&](std::size_t n) { reports[n] = one(*documents_[n]); });
        MutationReport total;
        for (auto& report : reports) {
            total.mutants += report.mutants;
            total.refuted += report.refuted;
            total.unreadable += report.unreadable;
            total.empty += report.empty;
            std::move(report.survivors.begin(), report.survivors.end(), std::back_inserter(total.survivors));
            std::move(report.red.begin(), report.red.end(), std::back_inserter(total.red));
            std::move(report.unpinned.begin(), report.unpinned.end(), std::back_inserter(total.unpinned));
            std::move(report.vacuous.begin(), report.vacuous.end(), std::back_inserter(total.vacuous));
        }
        return total;
    }

  private:
    const Library& library_;
    const std::vector<const Document*>& documents_;
    const ExtraJudge& extra_;

    MutationReport one(const Document& document) {
        MutationReport report;
        if (document.claims.empty() && document.definitions.empty()) return report;
        Bench bench(document, library_.symbols());
        std::vector<int> candidates;  // what a symbol can be mistaken for: symbols of this note
        for (const auto& [name, id] : document.names)
            if (library_.symbols()[static_cast<std::size_t>(id)].file == document.note.path.string())
                candidates.push_back(id);
        for (std::size_t i = 0; i < document.claims.size(); ++i) {
            const Claim& claim = document.claims[i];
            if (bench.red().contains(i))
                report.red.push_back(fmt::format("{}:{}: {}", document.note.path.string(), claim.where.line,
                                                 text_of(claim, library_.symbols())));
            else
                mutate_claim(bench, claim, candidates, report);
        }
        for (const auto& definition : document.definitions) mutate_definition(bench, definition, candidates, report);
        return report;
    }

    void count(MutationReport& report, MutantStatus status, const std::function<SurvivingMutant()>& survivor) {
        ++report.mutants;
        if (status == MutantStatus::refuted) ++report.refuted;
        if (status == MutantStatus::unreadable) ++report.unreadable;
        if (status == MutantStatus::empty) ++report.empty;
        if (status == MutantStatus::survives) report.survivors.push_back(survivor());
    }

    void mutate_claim(Bench& bench, const Claim& claim, const std::vector<int>& candidates, MutationReport& report) {
        const Document& document = bench.document();
        if (claim.left == claim.right)
            report.vacuous.push_back(fmt::format("{}:{}: {}", document.note.path.string(), claim.where.line,
                                                 text_of(claim, library_.symbols())));
        const SameValue same_value = [&bench](int symbol, int other) { return bench.same_value(symbol, other); };
        // A slip in an inequality mostly leaves a weaker one that is still true: only the relation is turned there.
        const bool equation = claim.relation == Relation::equal || claim.relation == Relation::approximately;
        for (const bool right : {true, false}) {
            if (!equation || (!right && claim.step > 1)) continue;  // the left is the right side of the claim before
            const Tree& side = right ? claim.right : claim.left;
            const Tree& other = right ? claim.left : claim.right;
            const bool vanishes = other.kind == Kind::number && other.text == "0";
            for (const auto& mutation : mutations_of(side, bench.symbols(), candidates, same_value)) {
                // -x = 0 and 2 x = 0 are the same equation as x = 0
                const bool at_root = mutation.tree.children.size() > 0 && mutation.tree.children.back() == side;
                if (vanishes && at_root && (mutation.mutation == "minus in front" || mutation.mutation == "factor 2"))
                    continue;
                Claim mutant = claim;
                (right ? mutant.right : mutant.left) = mutation.tree;
                count(report, bench.status_of_claim(claim, mutant), [&] {
                    return SurvivingMutant{name_of(document), text_of(claim, library_.symbols()), mutation.mutation,
                                           latex_of(mutation.tree, library_.symbols()), claim.where.line};
                });
            }
        }
        using enum Relation;
        Claim turned = claim;
        switch (claim.relation) {
            case less:
                turned.relation = greater;
                break;
            case greater:
                turned.relation = less;
                break;
            case less_equal:
                turned.relation = greater_equal;
                break;
            case greater_equal:
                turned.relation = less_equal;
                break;
            case not_equal:
                turned.relation = equal;
                break;
            default:
                return;
        }
        count(report, bench.status_of(turned), [&] {
            return SurvivingMutant{name_of(document), text_of(claim, library_.symbols()), "turned relation",
                                   text_of(turned, library_.symbols()), claim.where.line};
        });
    }

    void mutate_definition(Bench& bench, const Definition& definition, const std::vector<int>& candidates,
                           MutationReport& report) {
        const Document& document = bench.document();
        const Symbol original = bench.symbols()[static_cast<std::size_t>(definition.symbol)];
        const SameValue same_value = [&bench](int symbol, int other) { return bench.same_value(symbol, other); };
        std::vector<int> earlier;  // a definition cannot build on what comes later
        std::copy_if(candidates.begin(), candidates.end(), std::back_inserter(earlier),
                     [&](int id) { return id < definition.symbol; });
        std::size_t rejected = 0;
        for (const auto& mutation : mutations_of(original.body, bench.symbols(), earlier, same_value)) {
            MutantStatus status = bench.status_of(definition.symbol, mutation.tree);
            if (status == MutantStatus::survives) status = elsewhere(document, definition.symbol, mutation.tree);
            rejected += status == MutantStatus::survives ? 0 : 1;
            count(report, status, [&] {
                return SurvivingMutant{
                    name_of(document),
                    fmt::format("{} := {}", original.name, latex_of(original.body, library_.symbols())),
                    mutation.mutation, latex_of(mutation.tree, library_.symbols()), definition.where.line};
            });
        }
        if (rejected == 0)
            report.unpinned.push_back(fmt::format("{}:{}: {} := {}", document.note.path.string(), definition.where.line,
                                                  original.name, latex_of(original.body, library_.symbols())));
    }

    // The code, and notes that take their notation from this one.
    MutantStatus elsewhere(const Document& document, int symbol, const Tree& body) {
        if (extra_) {
            auto changed = library_.symbols();
            changed[static_cast<std::size_t>(symbol)].body = body;
            if (extra_(document, changed)) return MutantStatus::refuted;
        }
        for (const Document* other : documents_) {
            const bool imports = std::any_of(other->imports.begin(), other->imports.end(),
                                             [&](const std::string& path) { return library_.find(path) == &document; });
            if (!imports) continue;
            Bench bench(*other, library_.symbols());
            if (const MutantStatus status = bench.status_of(symbol, body); status != MutantStatus::survives)
                return status;
        }
        return MutantStatus::survives;
    }
};

}  // namespace

MutationReport mutate(const Library& library, const std::vector<const Document*>& documents, const ExtraJudge& extra,
                      unsigned threads) {
    return Run(library, documents, extra).run(threads);
}

}  // namespace gradproof::notes
