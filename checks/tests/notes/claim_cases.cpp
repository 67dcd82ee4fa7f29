// SPDX-License-Identifier: MIT
//
// The notes themselves: one case for each note and tagged formula, or section of untagged ones.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>

#include "notes/check.hpp"
#include "notes/engines/engines.hpp"
#include "notes/reader/links.hpp"
#include "notes/status_table.hpp"
#include "tests/notes/families.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::notes {
namespace {

// Checks the claims of the fences with this name, and only those.
void check_named(const std::filesystem::path& path, const std::string& name) {
    Library library;
    const Document& document = library.read(path);
    Document part = document;
    part.claims.clear();
    std::size_t statements = 0;
    for (const auto& fence : document.fences)
        statements += fence.name == name ? static_cast<std::size_t>(fence.statements) : 0;
    for (const auto& claim : document.claims)
        if (document.fences[claim.fence].name == name) part.claims.push_back(claim);
    const auto report = check(part, library.symbols(), proof::engines());
    for (const auto& result : report.results) BOOST_TEST(result.green(), failure_of(part, result));
    BOOST_TEST(statements > 0U);
}

// All notes with all engines: the bars, and the table that says so.
void check_status(const std::filesystem::path& derivations) {
    Library library;
    std::vector<const Document*> documents;
    for (const auto& path : notes_below(derivations)) documents.push_back(&library.read(path));
    const auto reports = check(documents, library.symbols(), proof::engines());
    std::size_t claims = 0;
    std::size_t exact = 0;
    std::size_t sampled = 0;
    for (const auto& report : reports) {
        claims += report.results.size();
        exact += report.count(Status::exact);
        sampled += report.count(Status::sampled);
    }
    BOOST_TEST_MESSAGE(
        fmt::format("{} claims: {} exact, {} certified, {} sampled", claims, exact, claims - exact - sampled, sampled));
    BOOST_TEST(claims > 0U);
    if (proof::engines().empty()) return;  // without FLINT nothing is called exact, and the table is not ours to judge
    BOOST_TEST(exact * 100U >= claims * 80U);
    BOOST_TEST(sampled * 100U <= claims * 5U);
    std::ifstream file(derivations / "README.md", std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    BOOST_TEST(text == with_table(text, status_table(reports, derivations)),
               "the table of derivations/README.md is not up to date: run gradproof notes --write-table");
}

// The notes of the numbered list of a README, in order.
std::vector<std::string> listed_way(const Note& readme) {
    std::vector<std::string> way;
    for (const auto& link : readme.links) {
        const std::string_view line = readme.lines[static_cast<std::size_t>(link.where.line - 1)];
        const auto digits = line.find_first_not_of("0123456789");
        if (digits != 0 && digits != std::string_view::npos && line.substr(digits).starts_with(". [") &&
            link.where.column == static_cast<int>(digits) + 3)
            way.push_back(link.target);
    }
    return way;
}

// Where the line "Next:" of a note leads, if it has one.
std::string next_of(const Note& note) {
    for (const auto& link : note.links)
        if (note.lines[static_cast<std::size_t>(link.where.line - 1)].starts_with("Next:")) return link.target;
    return {};
}

namespace claim_suite {
BOOST_AUTO_TEST_SUITE(notes)

BOOST_AUTO_TEST_CASE(each_note_of_the_way_leads_to_the_next_one) {
    const auto derivations = source_root() / "derivations";
    const auto way = listed_way(read_note(derivations / "README.md"));
    BOOST_TEST(way.size() > 10U);
    std::size_t without = 0;  // the page of all cases ends with a generated part, and the last note has no next one
    for (std::size_t i = 0; i < way.size(); ++i) {
        const auto next = next_of(read_note(derivations / way[i]));
        without += next.empty() ? 1 : 0;
        if (!next.empty())
            BOOST_TEST(next == (i + 1 < way.size() ? way[i + 1] : ""), way[i] << " leads on to " << next);
    }
    BOOST_TEST(without == 2U);
}

BOOST_AUTO_TEST_CASE(status_of_all) {
    check_status(source_root() / "derivations");
}

BOOST_AUTO_TEST_CASE(a_way_is_read_from_numbered_links_and_the_line_of_the_next_note) {
    const Note readme = scan_note("1. [a](a.md): see [c](c.md).\n2 [x](x.md)\n10. [b](b.md)\n", "README.md");
    BOOST_TEST((listed_way(readme) == std::vector<std::string>{"a.md", "b.md"}));
    BOOST_TEST(next_of(scan_note("See [c](c.md).\n\nNext: [b](b.md).\n", "a.md")) == "b.md");
    BOOST_TEST(next_of(scan_note("See [c](c.md).\n", "a.md")).empty());
}

BOOST_AUTO_TEST_CASE(at_least_95_percent_of_the_formulas_are_checked) {
    const auto derivations = source_root() / "derivations";
    Library own;
    std::size_t checked = 0;
    std::size_t prose = 0;
    for (const auto& path : notes_below(derivations)) {
        const Document& document = own.read(path);
        checked += document.fences.size();
        prose += document.not_checked;
    }
    BOOST_TEST_MESSAGE(checked << " fences are checked, " << prose << " are prose");
    BOOST_TEST(checked > 0U);
    BOOST_TEST(prose * 20U <= checked + prose);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace claim_suite

}  // namespace

void add_claim_cases() {
    const auto derivations = source_root() / "derivations";
    Library library;
    std::size_t count = 0;
    for (const auto& path : notes_below(derivations)) {
        const auto base = "notes/" + path.lexically_relative(derivations).replace_extension().string();
        if (!checks::is_asked_for(base)) continue;
        checks::add_case(base + "/can_be_read", [path] {
            Library own;
            const Document& document = own.read(path);
            for (const auto& error : document.errors) BOOST_ERROR(error.what());
            BOOST_TEST(document.note.lines.size() > 0U);
        });
        try {
            std::map<std::string, int> names;
            for (const auto& fence : library.read(path).fences) ++names[fence.name];
            for (const auto& [name, fences] : names) {
                checks::add_case(base + "/" + name, [path, name = name] { check_named(path, name); });
                ++count;
            }
        } catch (const NoteError&) {
            continue;  // can_be_read says why
        }
    }
}

}  // namespace gradproof::notes
