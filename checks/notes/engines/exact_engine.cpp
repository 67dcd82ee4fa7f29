// SPDX-License-Identifier: MIT
#include "notes/engines/exact_engine.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <string>

#include "notes/algebra/branches.hpp"
#include "notes/engines/claim_problem.hpp"
#include "notes/engines/defined_everywhere.hpp"
#include "notes/engines/graph_formulas.hpp"
#include "notes/engines/work.hpp"

namespace gradproof::proof {
namespace {

using notes::Instance;
using notes::Question;
using notes::Relation;
using notes::Status;
using notes::Verdict;

// What is given up on: the other engines take over.
constexpr std::size_t few_functions = 32;
constexpr std::size_t most_functions = 300;

/// Thrown where one instance is not proved, with the reason; `numbers` if both sides are numbers that differ.
struct NotProved : std::runtime_error {
    using std::runtime_error::runtime_error;
    bool numbers = false;
    notes::Witness witness;
};

std::string shortened(const std::string& text) {
    return text.size() <= 120 ? text : text.substr(0, 120) + " ...";
}

bool is_proved(Relation relation, const Symbol& left, const Symbol& right, const Instance& instance) {
    Field& field = Field::current();
    const Symbol difference = field.under_assumptions(right - left);
    switch (relation) {
        case Relation::equal:
            return difference.is_zero();
        case Relation::less:
            return field.is_positive(difference);
        case Relation::greater:
            return field.is_positive(-difference);
        case Relation::less_equal:
            return field.is_nonnegative(difference);
        case Relation::greater_equal:
            return field.is_nonnegative(-difference);
        case Relation::approximately: {
            const Symbol margin = exact_number(instance.margin);
            return field.is_number(difference) && field.is_nonnegative(margin - difference) &&
                   field.is_nonnegative(margin + difference);
        }
        case Relation::not_equal:
            return field.is_number(difference) && !difference.is_zero();
        case Relation::defines:
            break;
    }
    throw std::logic_error("a definition is no claim");
}

void prove_instance(GraphFormulas& formulas, const Question& question, const Instance& instance) {
    const Symbol left = formulas.of(instance.left);
    const Symbol right = formulas.of(instance.right);
    if (is_proved(question.relation, left, right, instance)) return;
    Field& field = Field::current();
    const Symbol difference = field.under_assumptions(left - right);
    NotProved failure("left - right = " + shortened(difference.str()) + " is not what is claimed" +
                      (instance.label.empty() ? "" : " for " + instance.label));
    // Under assumptions, which are decisions here, it may be a branch that cannot be.
    failure.numbers = field.is_number(left) && field.is_number(right) && field.assumptions().empty();
    failure.witness.instance = static_cast<std::size_t>(&instance - question.instances.data());
    failure.witness.label = instance.label;
    failure.witness.left = shortened(left.str());
    failure.witness.right = shortened(right.str());
    failure.witness.difference = shortened(difference.str());
    throw failure;
}

// Proves one instance on all branches, in a field of its own. Returns the number of branches on which it claims
// something: its conditions hold and its derivatives exist.
std::size_t prove_on_all_branches(const Problem& problem, const EntryValues& entries, const Instance& instance,
                                  std::size_t capacity) {
    std::size_t covered = 0;
    const auto body = [&] {
        const Field field(capacity, most_terms, charge_of(problem));
        GraphFormulas formulas(problem.graph, problem.symbols, entries, problem.compares);
        for (const auto& condition : problem.question.conditions)
            if (!formulas.holds(condition.relation, formulas.of(condition.left), formulas.of(condition.right))) return;
        try {
            prove_instance(formulas, problem.question, instance);
            ++covered;
        } catch (const AtKink&) {
            // Neither side says anything about a derivative that does not exist.
        }
    };
    for_each_branch(body, {.with_ties = true, .limit = most_branches});
    if (covered == 0) throw NotProved("its conditions never hold, or its derivatives never exist");
    return covered;
}

// Most formulas need few functions of the entries, and small fields are fast.
std::size_t prove_on_all_branches(const Problem& problem, const EntryValues& entries, const Instance& instance) {
    for (const std::size_t functions : {few_functions, 3 * few_functions}) {
        try {
            return prove_on_all_branches(problem, entries, instance, entries.size() + functions);
        } catch (const FieldFull&) {
            continue;
        }
    }
    return prove_on_all_branches(problem, entries, instance, entries.size() + most_functions);
}

// Without branches the instances share a field as long as it has room.
std::size_t prove_without_branches(const Problem& problem, const EntryValues& entries) {
    const auto& instances = problem.question.instances;
    std::size_t functions = few_functions;
    for (std::size_t done = 0; done < instances.size();) {
        const std::size_t before = done;
        try {
            const Field field(entries.size() + functions, most_terms, charge_of(problem));
            GraphFormulas formulas(problem.graph, problem.symbols, entries, problem.compares);
            for (; done < instances.size(); ++done) prove_instance(formulas, problem.question, instances[done]);
        } catch (const FieldFull&) {
            if (done > before) continue;
            if (functions >= most_functions) throw;
            functions = std::min(3 * functions, most_functions);
        }
    }
    return 1;
}

// Proves a claim. Returns the largest number of branches that an instance has.
std::size_t prove_all(const Problem& problem, const EntryValues& entries) {
    if (!problem.compares && problem.question.relation != Relation::not_equal)
        return prove_without_branches(problem, entries);
    std::size_t branches = 0;
    for (const auto& instance : problem.question.instances) {
        if (problem.question.relation != Relation::not_equal) {
            branches = std::max(branches, prove_on_all_branches(problem, entries, instance));
            continue;
        }
        try {
            return prove_on_all_branches(problem, entries, instance);  // one that differs is enough
        } catch (const NotProved&) {
            continue;
        }
    }
    if (branches == 0) throw NotProved("no instance is seen to differ");
    return branches;
}

std::string sizes_of(const Question& question) {
    std::string text;
    for (const auto& [name, value] : question.sizes)
        text += (text.empty() ? " at " : ", ") + name + " = " + std::to_string(value);
    return text;
}

// An equation of continuous functions holds at the ends of a closed interval if it does inside, where no order decides.
Ends ends_of(const Problem& problem) {
    const auto relation = problem.question.relation;
    const bool inside_is_enough =
        !problem.compares &&
        (relation == Relation::equal || relation == Relation::less_equal || relation == Relation::greater_equal);
    return inside_is_enough ? Ends::left_out : Ends::included;
}

Verdict exact(const std::string& values, const Question& question, std::size_t branches) {
    std::string detail = values + sizes_of(question);
    if (branches > 1) detail += ", on " + std::to_string(branches) + " branches";
    return {Status::exact, detail, {}};
}

Verdict prove(const Problem& problem) {
    const Question& question = problem.question;
    Verdict verdict;
    if (problem.entries().size() > most_entries) {
        verdict.detail = "too large to prove exactly: more than " + std::to_string(most_entries) + " entries";
        return verdict;
    }
    const auto attempt = [&](const EntryValues& entries) -> std::size_t {
        try {
            return prove_all(problem, entries);
        } catch (const NotProved& failure) {
            verdict.detail = failure.what();
            if (failure.numbers) verdict.witness = failure.witness;
        } catch (const std::exception& reason) {
            verdict.detail = reason.what();
        }
        return 0;
    };
    if (const std::size_t branches = attempt(widest(problem, ends_of(problem))); branches > 0)
        return exact("for all values", question, branches);
    const bool numbers_differ = verdict.witness && problem.entries().empty();
    if (numbers_differ && question.conditions.empty() && question.relation != Relation::not_equal) {
        verdict.status = Status::refuted;
        return verdict;
    }
    // The number of branches of all parts together, 0 if one of them is not proved.
    const auto one_by_one = [&](ClosedIntervals closed) {
        std::size_t branches = 0;
        for (const auto& entries : choices(problem, closed, ends_of(problem))) {
            const std::size_t more = attempt(entries);
            if (more == 0) return more;
            branches += more;
        }
        return branches;
    };
    if (const std::size_t branches = one_by_one(ClosedIntervals::whole); branches > 0)
        return exact("for all values, one by one where they are finitely many", question, branches);
    if (const std::size_t branches = one_by_one(ClosedIntervals::in_parts); branches > 0)
        return exact("for all values, the ends of closed intervals by themselves", question, branches);
    verdict.witness.reset();
    return verdict;
}

}  // namespace

Verdict prove_exactly(notes::Graph& graph, const std::vector<notes::Symbol>& symbols, const Question& question) {
    notes::Work work(question.work);
    Verdict verdict = prove(Problem(graph, symbols, question, work));
    if (verdict.status == Status::exact) {
        DefinedEverywhere defined = has_values_everywhere(graph, symbols, question, work);
        if (defined.not_seen.empty() && defined.not_decided.empty()) {
            verdict.side_conditions = std::move(defined.conditions);
            verdict.more_side_conditions = defined.more;
        } else {
            verdict = {Status::undecided, "it holds wherever there are values", {}};
            verdict.reservation = std::move(defined.not_decided);
            verdict.not_seen = std::move(defined.not_seen);
        }
    }
    verdict.work = work.spent();
    return verdict;
}

}  // namespace gradproof::proof
