// SPDX-License-Identifier: MIT
//
// Would the checks notice? Every formula of the notes changed by one slip at a time.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <set>

#include "notes/cross_checks.hpp"
#include "notes/reader/links.hpp"
#include "tests/notes/families.hpp"
#include "tests/notes/in_memory.hpp"
#include "tests/notes/mutation.hpp"
#include "tests/notes/vacuity.hpp"

namespace gradproof::notes {
namespace {

// One row of derivations/equivalent-mutants.md, and the same of a survivor.
std::string key_of(const std::string& note, const std::string& formula, const std::string& mutation,
                   const std::string& becomes) {
    return note + "\n    " + formula + "\n    " + mutation + ": " + becomes;
}

std::string unquoted(std::string text) {
    if (text.size() > 1 && text.starts_with('`') && text.ends_with('`')) text = text.substr(1, text.size() - 2);
    return text;
}

std::set<std::string> listed_survivors(const std::filesystem::path& file) {
    std::set<std::string> listed;
    for (const auto& table : read_note(file).tables) {
        if (table.header != std::vector<std::string>{"note", "formula", "slip", "becomes", "why it is no mistake"})
            continue;
        for (const auto& row : table.rows) {
            BOOST_TEST(!row.cells[4].text.empty(), file.string() << ":" << row.line << ": no reason is given");
            listed.insert(key_of(row.cells[0].text, unquoted(row.cells[1].text), unquoted(row.cells[2].text),
                                 unquoted(row.cells[3].text)));
        }
    }
    return listed;
}

// The notes say that whoever turns a sign turns a test red.
bool is_sign(const std::string& mutation) {
    static const std::set<std::string> signs{"minus in front", "minus inside", "dropped minus", "+ to -", "- to +"};
    return signs.contains(mutation);
}

void mutate_all_notes(const std::filesystem::path& derivations) {
    Library library;
    std::vector<const Document*> documents;
    for (const auto& path : notes_below(derivations)) documents.push_back(&library.read(path));
    const auto report = mutate(
        library, documents,
        [&](const Document& document, const std::vector<Symbol>& changed) {
            return code_rejects(document, changed, derivations);
        },
        2);
    const auto listed = listed_survivors(derivations / "equivalent-mutants.md");
    std::set<std::string> survived;
    for (const auto& one : report.survivors) {
        const auto key = key_of(one.note, one.place, one.mutation, one.becomes);
        survived.insert(key);
        BOOST_TEST(!is_sign(one.mutation), "a sign is turned and nothing notices: " << key);
        BOOST_TEST(listed.contains(key), "nothing notices this slip, and equivalent-mutants.md does not say why, line "
                                             << one.line << " of " << key);
    }
    for (const auto& key : listed)
        BOOST_TEST(survived.contains(key), "equivalent-mutants.md lists what does not survive: " << key);
    for (const auto& one : report.red)
        BOOST_ERROR("this claim is rejected as it stands, so that no slip shows: " << one);
    for (const auto& one : report.unpinned) BOOST_ERROR("no claim depends on this definition: " << one);
    for (const auto& one : report.vacuous) BOOST_ERROR("this claim says nothing: " << one);
    const auto rejected = static_cast<double>(report.rejected());
    BOOST_TEST_MESSAGE(
        fmt::format("{} slips: {} refuted by a value, {} by shapes or dependence, {} leave a claim that needs no "
                    "definition, {} change nothing ({:.2f} %)",
                    report.mutants, report.refuted, report.unreadable, report.empty, report.survivors.size(),
                    100.0 * static_cast<double>(report.survivors.size()) / static_cast<double>(report.mutants)));
    BOOST_TEST(report.mutants > 1000U);
    BOOST_TEST(rejected >= 0.995 * static_cast<double>(report.mutants));
}

// A claim that holds whatever the definitions are has to be listed with what it is good for.
void find_independent_claims(const std::filesystem::path& derivations) {
    std::set<std::string> listed;
    const auto file = derivations / "equivalent-mutants.md";
    for (const auto& table : read_note(file).tables) {
        if (table.header != std::vector<std::string>{"note", "claim", "what it is good for"}) continue;
        for (const auto& row : table.rows) {
            BOOST_TEST(!row.cells[2].text.empty(), file.string() << ":" << row.line << ": no reason is given");
            listed.insert(row.cells[0].text + ": " + unquoted(row.cells[1].text));
        }
    }
    Library library;
    std::vector<const Document*> documents;
    std::size_t claims = 0;
    for (const auto& path : notes_below(derivations)) {
        documents.push_back(&library.read(path));
        claims += documents.back()->claims.size();
    }
    std::set<std::string> found;
    for (const auto& one : independent_claims(documents, library.symbols(), 2)) {
        const auto key = one.note + ": " + one.claim;
        found.insert(key);
        BOOST_TEST(listed.contains(key),
                   "this holds whatever the definitions are, and equivalent-mutants.md does not say what for: line "
                       << one.line << " of " << key);
    }
    for (const auto& key : listed)
        BOOST_TEST(found.contains(key), "equivalent-mutants.md lists what depends on a definition: " << key);
    BOOST_TEST_MESSAGE(fmt::format("{} claims, {} of them hold whatever the definitions are", claims, found.size()));
    BOOST_TEST(claims > 200U);
}

MutationReport mutants_in(const std::vector<std::string_view>& fences) {
    Library library;
    const Document& document = library.read_text(note_with(fences), "n.md");
    BOOST_TEST(document.errors.empty());
    return mutate(library, {&document}, {}, 1);
}

BOOST_AUTO_TEST_SUITE(notes_mutation)

BOOST_AUTO_TEST_CASE(every_mutation_is_noticed, *boost::unit_test::label("slow")) {
    mutate_all_notes(source_root() / "derivations");
}

BOOST_AUTO_TEST_CASE(claims_depend_on_the_definitions) {
    find_independent_claims(source_root() / "derivations");
}

BOOST_AUTO_TEST_CASE(a_claim_that_needs_no_definition_is_found) {
    const auto found_in = [](std::string_view claim) {
        Library library;
        const Document& document =
            library.read_text(note_with({R"(a := \sigma(z), \qquad L := a^2 - y)", claim}), "n.md");
        BOOST_TEST(document.errors.empty());
        return independent_claims({&document}, library.symbols(), 1).size();
    };
    BOOST_TEST(found_in("a (1 - a) = a - a^2") == 1U);
    BOOST_TEST(found_in("\\log a - \\log(2 a) = -\\log 2") == 1U);
    BOOST_TEST(found_in("L - y = L - y") == 1U);
    BOOST_TEST(found_in("L + y = a^2") == 0U);
    BOOST_TEST(found_in(R"(\frac{\partial L}{\partial a} = 2 a)") == 0U);
    BOOST_TEST(found_in(R"(\sigma(z) + \sigma(-z) = 1)") == 0U);
}

BOOST_AUTO_TEST_CASE(a_definition_without_a_claim_is_named) {
    const auto report = mutants_in({R"(a := \sigma(z), \qquad L := a^2)", R"(\frac{\partial L}{\partial a} = 2 a)"});
    const auto named = [&](std::string_view definition) {
        return std::any_of(report.unpinned.begin(), report.unpinned.end(),
                           [&](const std::string& one) { return one.find(definition) != std::string::npos; });
    };
    BOOST_TEST(named("a := \\sigma(z)"));
    BOOST_TEST(!named("L := "));
}

BOOST_AUTO_TEST_CASE(the_converse_of_the_sigmoid_survives) {
    // 1 / (1 - e^{-t}) has the same slope formula; only a value tells the two apart.
    const auto without = mutants_in({R"(f(t) := \frac{1}{1 + e^{-t}})", R"(f'(z) = f(z) (1 - f(z)) \qquad z \neq 0)"});
    const auto with = mutants_in(
        {R"(f(t) := \frac{1}{1 + e^{-t}})", R"(f'(z) = f(z) (1 - f(z)) \qquad z \neq 0)", R"(f(0) = \frac{1}{2})"});
    const auto turned = [](const MutationReport& report) {
        return std::count_if(report.survivors.begin(), report.survivors.end(), [](const SurvivingMutant& s) {
            return s.mutation == "+ to -" && s.place.starts_with("f :=");
        });
    };
    BOOST_TEST(turned(without) == 1);
    BOOST_TEST(turned(with) == 0);
}

BOOST_AUTO_TEST_CASE(a_claim_with_equal_sides_is_named) {
    BOOST_TEST(mutants_in({"z + y = z + y"}).vacuous.size() == 1U);
    BOOST_TEST(mutants_in({"z + y = y + z"}).vacuous.empty());
}

BOOST_AUTO_TEST_CASE(a_slip_that_leaves_an_empty_claim_is_noticed) {
    const auto dropped = [](const MutationReport& report) {
        return std::count_if(report.survivors.begin(), report.survivors.end(),
                             [](const SurvivingMutant& s) { return s.mutation == "dropped function"; });
    };
    // 3 = 3 needs no definition; b(z) = z for b(b(z)) = z still says something of b.
    const auto empty = mutants_in({R"(b(t) := t, \qquad b(3) = 3)"});
    BOOST_TEST(empty.empty == 1U);
    BOOST_TEST(dropped(empty) == 0);
    const auto says_something = mutants_in({R"(b(t) := t, \qquad b(b(z)) = z, \qquad b(z + 1) = z + 1)"});
    BOOST_TEST(dropped(says_something) >= 1);
}

BOOST_AUTO_TEST_CASE(a_claim_that_is_red_already_rejects_no_slip) {
    BOOST_TEST(mutants_in({"z + y = z - y"}).red.size() == 1U);
    BOOST_TEST(mutants_in({"z + y = z - y"}).mutants < mutants_in({"z + y = y + z"}).mutants);
    BOOST_TEST(mutants_in({"z + y = y + z"}).red.empty());
}

BOOST_AUTO_TEST_CASE(slopes_of_powers_are_told_left_of_0) {
    // Only half of the points were left, which was too few with one more condition: every slip was "rejected".
    BOOST_TEST(mutants_in({R"(f(t) := t^3, \qquad f'(z) = 3 z^2 \qquad z < 0)"}).red.empty());
    BOOST_TEST(mutants_in({R"(f(t) := t^{-3}, \qquad f'(z) = -3 z^{-4} \qquad z < 0)"}).red.empty());
}

BOOST_AUTO_TEST_CASE(a_lost_sign_in_a_logarithm_is_noticed) {
    const auto report = mutants_in({R"(L(p) := \log p, \qquad L'(h) = \frac{1}{h})"});
    for (const auto& one : report.survivors) BOOST_TEST(one.becomes != "\\log(-p)");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::notes
