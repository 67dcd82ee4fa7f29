// SPDX-License-Identifier: MIT
//
// Mistakes of the reader, planted in what it understood, and whether the second opinion notices them.
#include "notes/second/opinion.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "cases/tree.hpp"
#include "notes/cases/families.hpp"
#include "notes/cases/in_memory.hpp"
#include "notes/check.hpp"
#include "notes/fuzz/mutated_note.hpp"
#include "notes/links.hpp"
#include "notes/mutate.hpp"
#include "notes/second/tree_reading.hpp"
#include "notes/second/values.hpp"

namespace gradproof::notes {
namespace {

using second::Reading;

// All that was read from formulas in a note: both sides and the conditions of each claim, the body of each definition,
// with what the second reader understood.
struct Formula {
    const Tree* tree;
    const Reading* reading;
    Position where;
};

std::vector<Formula> formulas_of(const Document& document, const std::vector<Symbol>& symbols) {
    std::vector<Formula> formulas;
    for (std::size_t i = 0; i < document.claims.size(); ++i) {
        const Claim& claim = document.claims[i];
        const Reading& reading = document.second.claims.at(i);
        formulas.push_back({&claim.left, &reading.parts.at(0), claim.where});
        formulas.push_back({&claim.right, &reading.parts.at(1), claim.where});
        for (std::size_t c = 0; c < claim.conditions.size(); ++c)
            formulas.push_back({&claim.conditions[c], &reading.parts.at(2 + c), claim.where});
    }
    for (const auto& definition : document.definitions) {
        const Symbol& symbol = symbols[static_cast<std::size_t>(definition.symbol)];
        auto name = symbol.name;
        std::erase(name, ' ');
        formulas.push_back({&symbol.body, &document.second.declarations.at(name).body.at(0), definition.where});
    }
    return formulas;
}

struct Notes {
    Library library;
    std::vector<const Document*> documents;
};

void read_all(Notes& notes) {
    for (const auto& path : notes_below(source_root() / "derivations")) {
        notes.documents.push_back(&notes.library.read(path));
        for (const auto& error : notes.documents.back()->errors) BOOST_ERROR(error.what());
    }
}

// Every change of one node that a reader could make by mistake, by the name of the change.
class Changes {
  public:
    Changes(const std::vector<Symbol>& symbols, const Names& names) : symbols_(symbols), names_(names) {}

    template <class See>
    void all(Tree& root, const See& see) {
        const auto visit = [&](const auto& self, Tree& node) -> void {
            here(node, [&](const char* change) { see(change, root); });
            for (auto& child : node.children) self(self, child);
        };
        visit(visit, root);
    }

  private:
    const std::vector<Symbol>& symbols_;
    const Names& names_;

    // Changes the node, shows it, and changes it back.
    template <class Show>
    void here(Tree& node, const Show& show) {
        const Tree original = node;
        const auto changed = [&](const char* change) {
            if (!(node == original)) show(change);
            node = original;
        };
        for (int kind = 0; kind <= static_cast<int>(Kind::derivative); ++kind) {
            node.kind = static_cast<Kind>(kind);
            // Not mistakes of meaning: a size is a symbol that the table calls one, a minus has one part or two, and a
            // function that is called 2 does not exist.
            const auto family = [](Kind k) {
                if (k == Kind::size) return Kind::symbol;
                if (k == Kind::negate) return Kind::subtract;
                if (k == Kind::elementary) return Kind::number;
                return k;
            };
            if (family(node.kind) == family(original.kind)) node = original;
            changed("kind");
        }
        if (original.kind == Kind::compare)
            for (int relation = 0; relation <= static_cast<int>(Relation::approximately); ++relation) {
                node.relation = static_cast<Relation>(relation);
                changed("relation");
            }
        if (original.kind == Kind::interval) {
            node.ends.lower = !node.ends.lower;
            changed("lower bracket");
            node.ends.upper = !node.ends.upper;
            changed("upper bracket");
            std::swap(node.ends.lower, node.ends.upper);
            changed("brackets swapped");
        }
        if (original.symbol >= 0) {
            for (const auto& [name, id] : names_) {
                const Symbol& other = symbols_[static_cast<std::size_t>(id)];
                const Symbol& own = symbols_[static_cast<std::size_t>(original.symbol)];
                const bool differs = other.name != own.name ||
                                     (other.kind == SymbolKind::parameter) != (own.kind == SymbolKind::parameter);
                if (differs) node.symbol = id;
                changed("one name for another");
            }
        }
        if (original.kind == Kind::call) {
            ++node.primes;
            changed("a prime more");
            if (original.primes > 0) --node.primes;
            changed("a prime less");
        }
        if (!original.text.empty()) {
            node.text += node.kind == Kind::number ? "0" : "x";
            changed("text");
            node.text = original.text.substr(1);
            changed("text cut");
        }
        for (std::size_t i = 0; i < original.children.size(); ++i) {
            node = Tree(original.children[i]);
            changed("only a part");
            node.children.erase(node.children.begin() + static_cast<std::ptrdiff_t>(i));
            changed("a part dropped");
            node.children.insert(node.children.begin() + static_cast<std::ptrdiff_t>(i), original.children[i]);
            changed("a part twice");
            if (i > 0) std::swap(node.children[i - 1], node.children[i]);
            changed("parts swapped");
            Tree negated;
            negated.kind = Kind::negate;
            negated.children = {original.children[i]};
            node.children[i] = negated;
            changed("a sign more");
            rotate(node, original, i);
            changed("wrong precedence");
        }
        if (original.kind == Kind::transpose) {
            node.children[0].children = {original};
            changed("a transpose more");
        }
    }

    // (a b) c to a (b c), a (b c) to (a b) c, f(x) y to f(x y), -x^2 to (-x)^2: the parent takes the place of its child.
    static void rotate(Tree& node, const Tree& original, std::size_t i) {
        if (original.children[i].children.empty()) return;
        const std::size_t inner = i == 0 ? original.children[i].children.size() - 1 : 0;
        Tree outer = original.children[i];
        Tree below = original;
        below.children[i] = outer.children[inner];
        outer.children[inner] = below;
        node = outer;
    }
};

struct Tally {
    std::size_t planted = 0;
    std::map<std::string, std::size_t> kinds;
};

// Does the second reading differ from this tree?
void expect_noticed(const Formula& formula, const Tree& wrong, const std::string& change,
                    const std::vector<Symbol>& symbols, Tally& tally) {
    ++tally.planted;
    ++tally.kinds[change];
    if (!agree(*formula.reading, second::reading_of(wrong, symbols))) return;
    BOOST_ERROR(fmt::format("nobody notices {} in {}", change, spelled(second::reading_of(wrong, symbols))));
}

std::string all_kinds(const Tally& tally) {
    std::string text;
    for (const auto& [kind, count] : tally.kinds) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", kind, count);
    return text;
}

// An engine that believes everything, as all would if the reader had fooled them.
Verdict believe() {
    Verdict verdict;
    verdict.status = Status::exact;
    return verdict;
}

std::string verdict_of_believers(const std::vector<std::string_view>& fences) {
    Library library;
    const Document& document = library.read_text(note_with(fences), "n.md");
    std::string said;
    for (const auto& error : document.errors) said += std::string(error.what()) + "\n";
    const auto report = check(document, library.symbols(), {}, [](Workspace&, const Question&) { return believe(); });
    for (const auto& result : report.results)
        if (!result.green()) said += failure_of(document, result);
    return said.empty() ? "green" : said;
}

Reading second_reading(std::string_view claim) {
    Library library;
    const Document& document = library.read_text(note_with({claim}), "n.md");
    for (const auto& error : document.errors) BOOST_ERROR(error.what());
    return document.second.claims.empty() ? Reading{"nothing", {}} : document.second.claims[0];
}

void add_reading_cases() {
    checks::add_case("notes_second_opinion/every_formula_is_read_alike", [] {
        Notes notes;
        read_all(notes);
        std::size_t formulas = 0;
        for (const Document* document : notes.documents) {
            BOOST_TEST(document->claims.size() == document->second.claims.size());
            for (const auto& formula : formulas_of(*document, notes.library.symbols())) {
                ++formulas;
                const auto first = second::reading_of(*formula.tree, notes.library.symbols());
                BOOST_TEST(agree(*formula.reading, first), document->note.path.string()
                                                               << ":" << formula.where.line << ": " << spelled(first));
            }
        }
        BOOST_TEST(formulas > 500U);
        BOOST_TEST_MESSAGE(fmt::format("{} formulas, read alike by both readers", formulas));
    });
    checks::add_case("notes_second_opinion/every_slip_is_noticed", [] {
        Notes notes;
        read_all(notes);
        const auto& symbols = notes.library.symbols();
        Tally tally;
        for (const Document* document : notes.documents) {
            std::vector<int> candidates;
            for (const auto& [name, id] : document->names) candidates.push_back(id);
            for (const auto& formula : formulas_of(*document, symbols))
                for (const auto& slip :
                     slips_of(*formula.tree, symbols, candidates, [](int, int) { return false; })) {
                    const auto kind = slip.slip.find(" to ") != std::string::npos && slip.slip.find('-') != 0 ? "x to y" : slip.slip;
                    expect_noticed(formula, slip.tree, kind, symbols, tally);
                }
        }
        BOOST_TEST(tally.planted > 5000U);
        BOOST_TEST_MESSAGE(fmt::format("{} slips, all noticed: {}", tally.planted, all_kinds(tally)));
    });
    checks::add_case("notes_second_opinion/every_change_of_a_node_is_noticed", [] {
        Notes notes;
        read_all(notes);
        const auto& symbols = notes.library.symbols();
        Tally tally;
        for (const Document* document : notes.documents)
            for (const auto& formula : formulas_of(*document, symbols)) {
                Tree tree = *formula.tree;
                Changes(symbols, document->names).all(tree, [&](const char* change, const Tree& wrong) {
                    expect_noticed(formula, wrong, change, symbols, tally);
                });
            }
        BOOST_TEST(tally.planted > 100'000U);
        BOOST_TEST_MESSAGE(fmt::format("{} changes, all noticed: {}", tally.planted, all_kinds(tally)));
    });
}

}  // namespace

void add_second_opinion_cases() {
    add_reading_cases();
    checks::add_case("notes_second_opinion/how_many_claims_are_evaluated", [] {
        Notes notes;
        read_all(notes);
        std::size_t claims = 0;
        std::size_t evaluated = 0;
        std::map<std::string, std::size_t> reasons;
        for (const Document* document : notes.documents)
            for (std::size_t i = 0; i < document->claims.size(); ++i) {
                ++claims;
                const auto evaluation = second::evaluate(document->second.claims[i], document->second.declarations);
                BOOST_TEST(evaluation.contradiction == "", document->note.path.string()
                                                               << ":" << document->claims[i].where.line);
                if (evaluation.points > 0) {
                    ++evaluated;
                } else {
                    ++reasons[evaluation.reason];
                    BOOST_TEST_MESSAGE(document->note.path.string() << ":" << document->claims[i].where.line << ": " << evaluation.reason);
                }
            }
        std::string why;
        for (const auto& [reason, count] : reasons) why += fmt::format("; {}: {}", reason, count);
        BOOST_TEST_MESSAGE(fmt::format("{} of {} claims evaluated from their source{}", evaluated, claims, why));
        BOOST_TEST(evaluated > 0U);
    });
}

}  // namespace gradproof::notes
