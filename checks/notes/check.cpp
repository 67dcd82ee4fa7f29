// SPDX-License-Identifier: MIT
#include "notes/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "notes/graph/bounds.hpp"
#include "notes/in_parallel.hpp"
#include "notes/reader/latex.hpp"
#include "notes/second_reader/values.hpp"

namespace gradproof::notes {
namespace {

bool positive(Status status) {
    return status == Status::exact || status == Status::certified || status == Status::sampled;
}

bool has_no_value(const Verdict& verdict) {
    return verdict.witness && !verdict.witness->no_value.empty();
}

// Parts of a claim that could be the factor that is missing: names, calls, fractions, the terms of its sums.
void collect_parts(const Tree& tree, std::vector<const Tree*>& parts) {
    const bool plain = tree.kind == Kind::number || tree.kind == Kind::index || tree.kind == Kind::size;
    if (!plain && parts.size() < 60 &&
        std::none_of(parts.begin(), parts.end(), [&](const Tree* p) { return *p == tree; }))
        parts.push_back(&tree);
    if (tree.kind == Kind::sum_over || tree.kind == Kind::product_over || tree.kind == Kind::max_over) return;
    for (const auto& child : tree.children) collect_parts(child, parts);
}

std::string looks_like(Workspace& workspace, const Document& document, const Claim& claim, const Question& question,
                       std::size_t number) {
    std::vector<const Tree*> trees;
    collect_parts(claim.left, trees);
    collect_parts(claim.right, trees);
    const Instance& instance = question.instances.at(number);
    const std::map<std::string, int> indices(instance.indices.begin(), instance.indices.end());
    const std::size_t entries_of_claim = workspace.expander.entries(claim.left, indices).nodes.size();
    const auto& text = document.note.fences[document.fences[claim.fence].index].text;
    std::vector<std::pair<std::string, NodeId>> parts;
    for (const Tree* tree : trees) {
        try {
            const Entries entries = workspace.expander.entries(*tree, indices);
            const bool number_part = entries.nodes.size() == 1;
            if (!number_part && entries.nodes.size() != entries_of_claim) continue;
            const NodeId node = entries.nodes[number_part ? 0 : instance.entry];
            if (node != instance.left && node != instance.right) parts.emplace_back(source_of(*tree, text), node);
        } catch (const NoteError&) {
            continue;  // a part that makes no sense by itself is no candidate
        }
    }
    std::stable_sort(parts.begin(), parts.end(),
                     [](const auto& a, const auto& b) { return a.first.size() < b.first.size(); });
    return workspace.sampler.looks_like(question, number, parts);
}

// `work` is what the claims of the note may still cost. Each engine leaves as much to every one that comes after it.
Verdict decide(Workspace& workspace, Question& question, const std::vector<NamedEngine>& engines, const Digits& digits,
               long& work) {
    long of_claim = work > 0 ? std::min(work, work_of_claim) : work > -work_of_note / 2 ? least_work : 0;
    const auto share = [&](std::size_t engines_left) {
        question.work = std::max(0L, of_claim) / static_cast<long>(engines_left);
    };
    const auto spent = [&](long amount) {
        of_claim -= amount;
        work -= amount;
    };
    share(2);
    Verdict best = digits(workspace, question);
    spent(best.work);
    std::string best_engine = "50 digits";
    std::string reservation;
    std::string not_seen;
    for (std::size_t i = 0; i < engines.size(); ++i) {
        const NamedEngine& engine = engines[i];
        share(engines.size() - i);
        Verdict one = engine.decide(workspace.graph, workspace.symbols, question);
        spent(one.work);
        // Points without a value are few: an engine that has met none says nothing against one that has.
        const bool has_met_none = has_no_value(best) && one.status != Status::exact;
        const bool contradiction = (positive(one.status) && best.status == Status::refuted && !has_met_none) ||
                                   (one.status == Status::refuted && positive(best.status));
        if (contradiction) {
            best.detail =
                fmt::format("the engines contradict each other: {} says {} ({}), {} says {} ({})", best_engine,
                            name_of(best.status), best.detail, engine.name, name_of(one.status), one.detail);
            best.status = Status::refuted;
            return best;
        }
        const bool stronger = one.status == Status::refuted ||
                              (positive(one.status) && (!positive(best.status) || one.status < best.status));
        if (one.status == Status::undecided && best.status == Status::undecided && one.detail.starts_with("too large"))
            best.detail += fmt::format("; {}: {}", engine.name, one.detail);
        if (!one.reservation.empty()) reservation = one.reservation;
        if (!one.not_seen.empty()) not_seen = one.not_seen;
        if (stronger && !has_no_value(best)) {
            best = std::move(one);
            best_engine = engine.name;
        }
    }
    if (positive(best.status)) {
        best.reservation = std::move(reservation);
        best.not_seen = std::move(not_seen);
    }
    return best;
}

// What the engines have in common, they would all be wrong about: the claim as another reader and evaluator see it.
void hear_second_opinion(const Document& document, std::size_t claim, long& steps, Verdict& verdict) {
    if (!positive(verdict.status) || claim >= document.second.claims.size()) return;
    const auto evaluation = second::evaluate(document.second.claims[claim], document.second.declarations, steps);
    if (evaluation.contradiction.empty()) return;
    verdict.detail = fmt::format("the engines say {} ({}), but evaluated from its source this is {}: please report it",
                                 name_of(verdict.status), verdict.detail, evaluation.contradiction);
    verdict.status = Status::refuted;
}

// Forgets what a claim has added to a graph if that is too much to be carried along.
void forget_if_large(Workspace& workspace, std::size_t size_before) {
    constexpr std::size_t large = most_nodes / 20;
    if (workspace.graph.size() < size_before + large) return;
    workspace.graph.shrink(size_before);
    workspace.expander.shrink(size_before);
    workspace.sampler.shrink(size_before);
}

}  // namespace

std::vector<std::unique_ptr<Workspace>> workspaces_of(const Document& document, const std::vector<Symbol>& symbols) {
    std::vector<std::unique_ptr<Workspace>> workspaces;
    for (const auto& sizes : choices_of_sizes(document, symbols))
        workspaces.push_back(std::make_unique<Workspace>(symbols, sizes));
    return workspaces;
}

std::size_t NoteReport::count(Status status) const {
    return static_cast<std::size_t>(std::count_if(results.begin(), results.end(), [status](const auto& result) {
        return result.error.empty() && result.verdict.status == status;
    }));
}

bool NoteReport::green() const {
    return document->errors.empty() &&
           std::all_of(results.begin(), results.end(), [](const auto& r) { return r.green(); });
}

Verdict decide_with_50_digits(Workspace& workspace, const Question& question) {
    return workspace.sampler.decide(question);
}

NoteReport check(const Document& document, const std::vector<Symbol>& symbols, const std::vector<NamedEngine>& engines,
                 const Digits& digits) {
    NoteReport report{&document, {}};
    const auto workspaces = workspaces_of(document, symbols);
    long work_of_rest = work_of_note;
    long steps_of_second_opinion = second::most_steps_of_note;
    for (std::size_t i = 0; i < document.claims.size(); ++i) {
        const Claim& claim = document.claims[i];
        ClaimResult result;
        result.claim = i;
        const auto dimensions = dimensions_in(claim, symbols);
        const auto is_absent = [&](const auto& size) { return !dimensions.contains(size.first); };
        std::set<Sizes> asked;
        try {
            for (const auto& workspace : workspaces) {
                Sizes sizes = workspace->sizes;
                std::erase_if(sizes, is_absent);
                const bool first = asked.empty();
                if (!asked.insert(sizes).second) continue;
                const std::size_t size_before = workspace->graph.size();
                struct Forget {
                    Workspace& workspace;
                    std::size_t size;
                    ~Forget() { forget_if_large(workspace, size); }
                } const forget{*workspace, size_before};
                Question question = workspace->expander.question(claim, document.note.path);
                std::erase_if(question.sizes, is_absent);
                Verdict verdict = decide(*workspace, question, engines, digits, work_of_rest);
                if (verdict.witness && claim.relation == Relation::equal && !has_no_value(verdict))
                    verdict.witness->looks_like =
                        looks_like(*workspace, document, claim, question, verdict.witness->instance);
                const bool weaker = first || !positive(verdict.status) || verdict.status > result.verdict.status;
                if (weaker) result.verdict = std::move(verdict);
                if (!positive(result.verdict.status)) break;
            }
            hear_second_opinion(document, i, steps_of_second_opinion, result.verdict);
        } catch (const NoteError& error) {
            result.error = error.what();
        }
        report.results.push_back(std::move(result));
    }
    return report;
}

std::vector<NoteReport> check(const std::vector<const Document*>& documents, const std::vector<Symbol>& symbols,
                              const std::vector<NamedEngine>& engines, unsigned threads) {
    std::vector<NoteReport> reports(documents.size());
    in_parallel(documents.size(), threads, [&](std::size_t n) { reports[n] = check(*documents[n], symbols, engines); });
    return reports;
}

std::string evidence_of(const Document& document, const ClaimResult& result) {
    const Claim& claim = document.claims[result.claim];
    const auto& text = document.note.fences[document.fences[claim.fence].index].text;
    return fmt::format("{}:{}:{}: {}  {}  {}: {}, {}{}", document.note.path.string(), claim.where.line,
                       claim.where.column, source_of(claim.left, text), latex_of(claim.relation),
                       source_of(claim.right, text), name_of(result.verdict.status), result.verdict.detail,
                       side_conditions_text(result.verdict));
}

std::string side_conditions_text(const Verdict& verdict) {
    if (!verdict.not_seen.empty()) return fmt::format("; not exact: it is not seen that {}", verdict.not_seen);
    if (!verdict.reservation.empty()) return fmt::format("; not exact: {}", verdict.reservation);
    std::vector<std::string> parts = verdict.side_conditions;
    if (parts.empty()) return {};
    if (verdict.more_side_conditions > 0) parts.push_back(fmt::format("{} more", verdict.more_side_conditions));
    const std::string last = parts.back();
    parts.pop_back();
    if (parts.empty()) return fmt::format("; {} holds on the domain", last);
    return fmt::format("; {} and {} hold on the domain", fmt::join(parts, ", "), last);
}

std::string failure_of(const Document& document, const ClaimResult& result) {
    if (!result.error.empty()) return result.error;
    const Claim& claim = document.claims[result.claim];
    const CheckedFence& fence = document.fences[claim.fence];
    const auto& text = document.note.fences[fence.index].text;
    std::string which = fence.tag.empty() ? "claim" : fmt::format("claim \"{}\"", fence.tag);
    if (claim.steps > 1) which += fmt::format(" (relation {} of {} in its chain)", claim.step, claim.steps);
    std::string message =
        fmt::format("{}:{}:{}: {} is {}\n    {}  {}  {}\n", document.note.path.string(), claim.where.line,
                    claim.where.column, which, name_of(result.verdict.status), source_of(claim.left, text),
                    latex_of(claim.relation), source_of(claim.right, text));
    if (const auto& witness = result.verdict.witness) {
        std::string at;
        for (std::size_t i = 0; i < witness->point.size() && i < 8; ++i)
            at += fmt::format("{}{} = {}", i == 0 ? "" : ", ", witness->point[i].first, witness->point[i].second);
        if (witness->point.size() > 8) at += fmt::format(", ... ({} values)", witness->point.size());
        if (!witness->label.empty()) message += fmt::format("    for         {}\n", witness->label);
        if (!at.empty()) message += fmt::format("    at          {}\n", at);
        if (!witness->no_value.empty()) message += fmt::format("    no value    {}\n", witness->no_value);
        if (!witness->left.empty() || !witness->right.empty())
            message += fmt::format("    left        {}\n    right       {}\n", witness->left, witness->right);
        if (!witness->difference.empty()) message += fmt::format("    difference  {}\n", witness->difference);
        if (!witness->looks_like.empty()) message += fmt::format("    looks like  {}\n", witness->looks_like);
    }
    if (!result.verdict.detail.empty()) message += fmt::format("    {}\n", result.verdict.detail);
    return message;
}

}  // namespace gradproof::notes
