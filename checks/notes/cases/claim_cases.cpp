// SPDX-License-Identifier: MIT
//
// The notes themselves: one case for each note and tagged formula, or section of untagged ones.
#include <boost/test/unit_test.hpp>
#include <map>

#include "cases/tree.hpp"
#include "notes/cases/families.hpp"
#include "notes/check.hpp"
#include "notes/links.hpp"

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
    const auto report = check(part, library.symbols(), {});
    for (const auto& result : report.results) BOOST_TEST(result.green(), failure_of(part, result));
    BOOST_TEST(statements > 0U);
}

}  // namespace

void add_claim_cases() {
    const auto derivations = source_root() / "derivations";
    Library library;
    std::size_t count = 0;
    for (const auto& path : notes_below(derivations)) {
        const auto base = "notes/" + path.lexically_relative(derivations).replace_extension().string();
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
                checks::add_case(base + "/" + name, [path, name] { check_named(path, name); });
                ++count;
            }
        } catch (const NoteError&) {
            continue;  // can_be_read says why
        }
    }
    checks::add_case("notes/at_least_95_percent_of_the_formulas_are_checked", [derivations] {
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
    });
}

}  // namespace gradproof::notes
