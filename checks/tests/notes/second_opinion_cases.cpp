// SPDX-License-Identifier: MIT
//
// Mistakes of the reader, planted in what it understood, and whether the second opinion notices them.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "notes/check.hpp"
#include "notes/reader/links.hpp"
#include "notes/second_reader/opinion.hpp"
#include "notes/second_reader/tree_reading.hpp"
#include "notes/second_reader/values.hpp"
#include "tests/notes/families.hpp"
#include "tests/notes/fuzz/mutated_note.hpp"
#include "tests/notes/in_memory.hpp"
#include "tests/notes/mutate.hpp"

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

// In memory, what the notes themselves do not have: sets of all kinds, matrices, free indices, conditions.
constexpr std::array<std::string_view, 8> more{
    R"(\phi(t) := \begin{cases} 1 & t \in (0, 1] \\ t^2 & t \notin [-1, 2) \\ -t & t \in \{-1, 0\} \\ 3 & \text{otherwise} \end{cases})",
    R"(\psi(t) := \begin{cases} 1 & t \in [0, \infty) \\ t & t \in (-\infty, -1) \\ 0 & t \in \mathbb{R} \end{cases})",
    R"(W_{ij} X_{jk} = X_{jk} W_{ij}, \qquad -z^2 = -(z z) \qquad z \in (0, 1), \qquad z^{2} / 2 - y - h = z^2 / 2 - (y + h))",
    R"((W X)^{\top} = X^{\top} W^{\top}, \quad \delta_{ij} u_i = \delta_{ij} u_j, \qquad \delta_{ij} u_j = 0 \qquad i \neq j)",
    R"(\log y z = z \log y, \qquad \sum_{k=1}^{K} u_k + z = z + \sum_{k} u_k, \qquad 2^{-z} e^{z} = e^{z} / 2^{z})",
    R"(\frac{\partial^2}{\partial z^2} \left( z^3 y \right) = 6 z y, \qquad g''(z) - g'(z) = -g'(z) + g''(z))",
    R"(p_k := \frac{e^{u_k}}{\sum_{j} e^{u_j}}, \qquad \sum_k p_k = 1, \qquad \max_k u_k \ge u_i)",
    R"(\begin{pmatrix} 1 & z \\ y & 2 \end{pmatrix} = \begin{pmatrix} 1 & z \\ y & 2 \end{pmatrix}, \qquad 0 < \tanh^2 h < 1)"};

struct Notes {
    Library library;
    std::vector<const Document*> documents;
};

void read_all(Notes& notes) {
    for (const auto& path : notes_below(source_root() / "derivations")) {
        notes.documents.push_back(&notes.library.read(path));
        for (const auto& error : notes.documents.back()->errors) BOOST_ERROR(error.what());
    }
    notes.documents.push_back(&notes.library.read_text(note_with({more.begin(), more.end()}), "more.md"));
    for (const auto& error : notes.documents.back()->errors) BOOST_ERROR(error.what());
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

    // (a b) c to a (b c), a (b c) to (a b) c, f(x) y to f(x y), -x^2 to (-x)^2: the parent takes the place of its
    // child.
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
    for (const auto& [kind, count] : tally.kinds)
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", kind, count);
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

BOOST_AUTO_TEST_SUITE(notes_second_opinion)

BOOST_AUTO_TEST_CASE(every_formula_is_read_alike) {
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
}

BOOST_AUTO_TEST_CASE(every_mutation_is_noticed) {
    Notes notes;
    read_all(notes);
    const auto& symbols = notes.library.symbols();
    Tally tally;
    for (const Document* document : notes.documents) {
        std::vector<int> candidates;
        for (const auto& [name, id] : document->names) candidates.push_back(id);
        for (const auto& formula : formulas_of(*document, symbols))
            for (const auto& mutation :
                 mutations_of(*formula.tree, symbols, candidates, [](int, int) { return false; })) {
                const auto kind =
                    mutation.mutation.find(" to ") != std::string::npos && mutation.mutation.find('-') != 0
                        ? "x to y"
                        : mutation.mutation;
                expect_noticed(formula, mutation.tree, kind, symbols, tally);
            }
    }
    BOOST_TEST(tally.planted > 5000U);
    BOOST_TEST_MESSAGE(fmt::format("{} slips, all noticed: {}", tally.planted, all_kinds(tally)));
}

BOOST_AUTO_TEST_CASE(every_change_of_a_node_is_noticed) {
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
}

// Every character of every fence is left out once, as if the first reader had read a sign that is not there: what it
// understood stays, the second reader sees the changed text. Only what has no meaning may go unnoticed.
BOOST_AUTO_TEST_CASE(characters_left_out_are_noticed) {
    Notes notes;
    read_all(notes);
    const auto& symbols = notes.library.symbols();
    std::size_t edits = 0;
    std::map<std::string, std::size_t> unnoticed;
    for (const Document* document : notes.documents) {
        second::Opinion before;
        for (const auto& path : document->imports) before.import(notes.library.find(path)->second.declarations);
        for (const auto& table : document->note.tables)
            if (table.header == std::vector<std::string>{"symbol", "meaning", "values"}) before.declare_table(table);
        Document part;
        for (std::size_t f = 0; f < document->fences.size(); ++f) {
            part.claims.clear();
            part.definitions.clear();
            for (const auto& claim : document->claims)
                if (claim.fence == f) part.claims.push_back(claim);
            for (const auto& definition : document->definitions)
                if (definition.fence == f) part.definitions.push_back(definition);
            const auto& text = document->note.fences[document->fences[f].index].text;
            for (std::size_t at = 0; at < text.size(); ++at) {
                // A tag is a name that no formula uses, and one wide space is like another.
                const auto tag = text.find("\\tag{");
                if (text[at] == ' ' || text[at] == '\n' || at >= tag) continue;
                if (text.compare(at, 5, "qquad") == 0 || text.compare(at, 4, "quad") == 0) continue;
                auto edited = text;
                edited.erase(at, 1);
                ++edits;
                auto opinion = before;
                if (opinion.disagreement(edited, part, symbols, 0, 0)) continue;
                const auto begin = text.find_last_of(" \n", at) + 1;
                ++unnoticed[std::string(1, text[at]) + " of " +
                            text.substr(begin, text.find_first_of(" \n", at) - begin)];
            }
            BOOST_TEST(!before.disagreement(text, part, symbols, 0, 0).has_value());
        }
    }
    // Marks of alignment, a space that is another space, and another spelling of \neq.
    const std::set<std::string> meaningless{"& of &=", ", of \\,", "\\ of \\\\", "q of \\neq"};
    std::size_t count = 0;
    std::string kinds;
    for (const auto& [what, times] : unnoticed) {
        BOOST_TEST(meaningless.contains(what), what);
        count += times;
        kinds += fmt::format("\n    {} ({})", what, times);
    }
    BOOST_TEST_MESSAGE(fmt::format("{} characters left out, {} unnoticed:{}", edits, count, kinds));
    BOOST_TEST(edits > 10'000U);
}

BOOST_AUTO_TEST_CASE(what_binds_how_tightly) {
    // By hand, from the rules of derivations/notation.md.
    const std::pair<std::string_view, std::string_view> pairs[] = {
        {"-z^2 = y", "(= (- (^ z 2)) y)"},
        {"z - y - h = 0", "(= (- (- z y) h) 0)"},
        {"-z + y = 0", "(= (+ (- z) y) 0)"},
        {"z y / h = 0", "(= (/ (* z y) h) 0)"},
        {"2 z^2 y = 0", "(= (* (* 2 (^ z 2)) y) 0)"},
        {"y \\log z^2 h = 0", "(= (* (* y (log (^ z 2))) h) 0)"},
        {"\\log(z) y = 0", "(= (* (log z) y) 0)"},
        {"\\arctan z y = 0", "(= (* (arctan z) y) 0)"},
        {"\\tanh^2 z y = 0", "(= (* (^ (tanh z) 2) y) 0)"},
        {"e^{-z} y = 0", "(= (* (^ constant e (- z)) y) 0)"},
        {"\\sum_{k} u_k v_k + z = 0", "(= (+ (sum over k (* (entry u index k) (entry v index k)) 1 K) z) 0)"},
        {"W^{\\top} D \\odot X = X", "(= (odot (* (top W) D) X) X)"},
        {"\\frac{z - y}{h} y = 0", "(= (* (/ (- z y) h) y) 0)"},
        {"z(1 - z) = 0", "(= (* z (- 1 z)) 0)"},
        {"g(1 - z)^2 = 0", "(= (^ (call g (- 1 z)) 2) 0)"},
        {"g''(z) = 0 \\qquad z \\in [0, 1)", "(= (call g'' z) 0 (in z (interval [) 0 1)))"},
    };
    for (const auto& [source, meaning] : pairs) BOOST_TEST(spelled(second_reading(source)) == meaning);
}

BOOST_AUTO_TEST_CASE(statements_and_conditions_are_counted) {
    Library library;
    const Document& document = library.read_text(note_with({"z = z, \\qquad z^2 \\ge 0 \\qquad z > 1"}), "n.md");
    const auto& text = document.note.fences.back().text;
    const auto notices = [&](const auto& mistake) {
        Document wrong = document;
        mistake(wrong);
        second::Opinion opinion;
        opinion.import(document.second.declarations);
        return opinion.disagreement(text, wrong, library.symbols(), wrong.definitions.size(), 0).has_value();
    };
    BOOST_TEST(!notices([](Document&) {}));
    BOOST_TEST(notices([](Document& d) { d.claims.pop_back(); }));
    BOOST_TEST(notices([](Document& d) { d.claims.push_back(d.claims.back()); }));
    BOOST_TEST(notices([](Document& d) { std::swap(d.claims[0], d.claims[1]); }));
    BOOST_TEST(notices([](Document& d) { std::swap(d.claims[1].left, d.claims[1].right); }));
    BOOST_TEST(notices([](Document& d) { d.claims[1].conditions.clear(); }));
    BOOST_TEST(notices([](Document& d) { d.claims[0].conditions = d.claims[1].conditions; }));
    BOOST_TEST(notices([](Document& d) { d.claims[1].relation = Relation::greater; }));
}

BOOST_AUTO_TEST_CASE(a_command_is_no_parameter) {
    // Found by the disagreement: the first reader took \sqrt{2} for a name.
    BOOST_TEST(verdict_on({R"(k(\sqrt{2}) := 1)"}).find("expected a name") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_fools_every_engine_is_noticed) {
    // All engines believe everything here, as they did when a membership was taken for an equation.
    const auto is_noticed = [](std::string_view claim) {
        std::vector<std::string_view> fences{more.begin(), more.end()};
        fences.push_back(claim);
        return verdict_of_believers(fences).find("evaluated from its source") != std::string::npos;
    };
    BOOST_TEST(verdict_of_believers({more.begin(), more.end()}) == "green");
    for (const auto* claim : {"\\phi(0) = 1",
                              "\\phi(1) = 3",
                              "\\phi(2) = 3",

                              "\\psi(0) = 0",
                              "\\psi(-1) = -1",
                              "\\phi(\\frac{1}{2}) = 3",
                              "\\phi(z) = 1 \\qquad z \\in \\{0, 1\\}",
                              "z^2 = 0",
                              "-2^2 = 4",
                              "7 - 2 - 1 = 6",
                              "W_{ij} = W_{12}",
                              "\\sigma'(z) = \\sigma(z)",
                              "g'(z) = g(z)",
                              "f(z) = f(-z)",
                              "\\frac{\\partial p_i}{\\partial u_j} = p_i (\\delta_{ij} - p_i)",
                              "\\sum_{k=1}^{K} k = K",
                              "\\sigma(1) \\approx 0.7411",
                              "h < 1",
                              "u^{\\top} u = 0",
                              "\\max(z, 0) = z",
                              "q_i = 1"})
        BOOST_TEST(is_noticed(claim), claim);
    for (const auto* claim :
         {"\\phi(0) = 0", "\\phi(1) = 1", "\\phi(2) = 4", "\\phi(-1) = 1 - 0 \\qquad z > 100", "\\psi(-1) = 0",
          "-2^2 = -4", "7 - 2 - 1 = 4", "\\sigma(1) \\approx 0.7311", "\\sum_k q_k = 1",
          "\\frac{\\partial p_i}{\\partial u_j} = p_i (\\delta_{ij} - p_j)", "g(z) = g(z)"})
        BOOST_TEST(!is_noticed(claim), claim);
}

BOOST_AUTO_TEST_CASE(slips_of_claims_are_refuted_in_doubles) {
    Notes notes;
    read_all(notes);
    const auto& symbols = notes.library.symbols();
    std::size_t slips = 0;
    std::size_t refuted = 0;
    for (const Document* document : notes.documents)
        for (std::size_t i = 0; i < document->claims.size(); i += 4) {
            const Claim& claim = document->claims[i];
            if (claim.relation != Relation::equal) continue;
            for (const auto& mutation : mutations_of(claim.right, symbols, {}, [](int, int) { return false; })) {
                Claim wrong = claim;
                wrong.right = mutation.tree;
                long steps = 20'000;
                const auto evaluation =
                    second::evaluate(second::reading_of(wrong, symbols), document->second.declarations, steps);
                if (evaluation.points == 0 && evaluation.contradiction.empty()) continue;
                ++slips;
                refuted += evaluation.contradiction.empty() ? 0 : 1;
            }
        }
    BOOST_TEST_MESSAGE(fmt::format("{} of {} wrong claims are refuted in doubles", refuted, slips));
    BOOST_TEST(slips > 500U);
    BOOST_TEST(100 * refuted > 95 * slips);
}

BOOST_AUTO_TEST_CASE(both_readers_agree_on_what_fuzzing_leaves_readable) {
    std::vector<std::filesystem::path> paths = notes_below(source_root() / "derivations");
    for (const auto& entry : std::filesystem::directory_iterator(source_root() / "checks/tests/notes/fuzz/corpus"))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> corpus;
    for (const auto& path : paths) {
        std::ifstream file(path, std::ios::binary);
        corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    std::size_t claims = 0;
    const char* many = std::getenv("GRADPROOF_FUZZED_NOTES");
    const std::uint64_t last = many ? std::strtoull(many, nullptr, 10) : 2000;
    for (std::uint64_t seed = 1; seed <= last; ++seed) {
        Library library;
        try {
            const auto& document = library.read_text(mutated_note(corpus, seed), "fuzz.md");
            claims += document.claims.size();
            for (const auto& error : document.errors)
                BOOST_TEST(error.message().find("two readers") == std::string::npos,
                           "seed " << seed << ": " << error.what());
        } catch (const NoteError&) {
            continue;  // no note at all
        }
    }
    BOOST_TEST_MESSAGE(fmt::format("{} claims of {} fuzzed notes read alike", claims, last));
    BOOST_TEST(claims > 1000U);
}

BOOST_AUTO_TEST_CASE(how_many_claims_are_evaluated) {
    Notes notes;
    read_all(notes);
    std::size_t claims = 0;
    std::size_t evaluated = 0;
    long steps_of_all = 0;
    std::map<std::string, std::size_t> reasons;
    for (const Document* document : notes.documents)
        for (std::size_t i = 0; i < document->claims.size(); ++i) {
            ++claims;
            long steps = second::most_steps_of_claim;
            const auto evaluation = second::evaluate(document->second.claims[i], document->second.declarations, steps);
            steps_of_all += second::most_steps_of_claim - steps;
            BOOST_TEST(evaluation.contradiction == "", document->note.path.string()
                                                           << ":" << document->claims[i].where.line);
            if (evaluation.points > 0) {
                ++evaluated;
            } else {
                ++reasons[evaluation.reason];
                BOOST_TEST_MESSAGE(document->note.path.string()
                                   << ":" << document->claims[i].where.line << ": " << evaluation.reason);
            }
        }
    std::string why;
    for (const auto& [reason, count] : reasons) why += fmt::format("; {}: {}", reason, count);
    BOOST_TEST_MESSAGE(
        fmt::format("{} of {} claims evaluated from their source, {} steps{}", evaluated, claims, steps_of_all, why));
    BOOST_TEST(100 * evaluated > 95 * claims);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::notes
