// SPDX-License-Identifier: MIT
//
// Texts that are no notes: whatever they are, the reader comes back with an error or a result.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "notes/check.hpp"
#include "notes/engines/engines.hpp"
#include "notes/reader/links.hpp"
#include "notes/try_note.hpp"
#include "tests/notes/families.hpp"
#include "tests/notes/fuzz/claim_notes.hpp"
#include "tests/notes/fuzz/mutated_note.hpp"
#include "tests/notes/in_memory.hpp"

namespace gradproof::notes {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

namespace robustness_suite {
BOOST_AUTO_TEST_SUITE(notes_reader)
BOOST_AUTO_TEST_SUITE(robust)

BOOST_AUTO_TEST_CASE(corpus) {
    const auto root = source_root();
    std::size_t files = 0;
    std::size_t expanded = 0;
    for (const auto& entry : std::filesystem::directory_iterator(root / "checks/tests/notes/fuzz/corpus")) {
        expanded += try_note(text_of(entry.path()));
        ++files;
    }
    BOOST_TEST(files >= 10U);
    BOOST_TEST(expanded > 0U);
}

BOOST_AUTO_TEST_CASE(truncated_notes) {
    const auto root = source_root();
    constexpr std::size_t stride = 41;  // a prime, so that the cuts fall everywhere
    std::size_t cuts = 0;
    for (const auto& path : notes_below(root / "derivations")) {
        const auto text = text_of(path);
        for (std::size_t cut = stride; cut < text.size(); cut += stride, ++cuts) try_note(text.substr(0, cut));
    }
    BOOST_TEST(cuts > 100U);
}

BOOST_AUTO_TEST_CASE(notes_with_a_byte_missing) {
    const auto root = source_root();
    constexpr std::size_t stride = 43;
    std::size_t holes = 0;
    for (const auto& path : notes_below(root / "derivations")) {
        const auto text = text_of(path);
        for (std::size_t hole = stride; hole < text.size(); hole += stride, ++holes)
            try_note(std::string(text).erase(hole, 1));
    }
    BOOST_TEST(holes > 100U);
}

BOOST_AUTO_TEST_CASE(formulas_made_to_hang) {
    const auto deep = [](std::string_view open, std::string_view close, int times) {
        std::string text;
        for (int i = 0; i < times; ++i) text += open;
        text += "z";
        for (int i = 0; i < times; ++i) text += close;
        return text + " = z";
    };
    const auto refused = [](const std::string& fence) { return verdict_on({fence}) != "green"; };
    BOOST_TEST(refused(deep("\\frac{1}{", "}", 5000)));
    BOOST_TEST(refused(deep("\\left( ", " \\right)", 5000)));
    BOOST_TEST(refused(deep("e^{", "}", 5000)));
    BOOST_TEST(refused(deep("-z + ", "", 5000)));
    BOOST_TEST(refused(deep("\\sum_{i=1}^{999} ", "", 6)));
    BOOST_TEST(refused(deep("\\frac{d}{dz} \\left( z ", "\\right)", 200)));
    BOOST_TEST(refused("\\mathbf{1}_{99999999} = z"));
    BOOST_TEST(refused("\\sigma''''''''''''''''(z) = z"));
    std::string chain;
    for (int i = 1; i < 400; ++i)
        chain += "x_{" + std::to_string(i) + "} := x_{" + std::to_string(i - 1) + "} x_{" + std::to_string(i - 1) +
                 "}, \\qquad ";
    verdict_on({"x_{0} := z, \\qquad " + chain + "x_{399} = z"});
    BOOST_TEST(true);  // came back
}

BOOST_AUTO_TEST_CASE(a_formula_too_large_to_expand_is_said_to_be) {
    const auto said = [](const std::string& fence) {
        const auto verdict = verdict_with_engines({fence});
        return verdict.starts_with("n.md:") && verdict.find("the formula is too large to expand: ") != verdict.npos;
    };
    BOOST_TEST(said("z^{999999999} = z"));
    BOOST_TEST(said("z^{-999999999} = z"));
    BOOST_TEST(said("(z + y)^{10000} = (y + z)^{10000}"));
    BOOST_TEST(said("10^{10^{10}} = z"));
    BOOST_TEST(said("h^{10^{10}} = h"));
    BOOST_TEST(said("{({({(z + 1)}^{100})}^{100})}^{100} = z"));
    BOOST_TEST(said("{\\left(1 + \\frac{1}{1000000}\\right)}^{10000000} \\approx 2.718"));
    BOOST_TEST(said("\\sum_{i=1}^{1000} \\sum_{j=1}^{1000} z^{i} = z"));
    std::string names = "x_{1} := z";
    for (int i = 2; i <= 1000; ++i)
        names += ", \\qquad x_{" + std::to_string(i) + "} := x_{" + std::to_string(i - 1) + "} + z";
    BOOST_TEST(said(names));
    BOOST_TEST(said(std::string(1'000'001, ' ') + "z = z"));
}

BOOST_AUTO_TEST_CASE(a_large_formula_leaves_the_others_alone) {
    const auto verdict = verdict_with_engines({"z + y = y + z", "z^{999999999} = z", "z + 1 = 2 + z"});
    BOOST_TEST(std::count(verdict.begin(), verdict.end(), '\n') > 1);
    BOOST_TEST(verdict.find("too large to expand") != verdict.npos);
    BOOST_TEST(verdict.find("is refuted") != verdict.npos);
}

BOOST_AUTO_TEST_CASE(a_note_of_too_many_claims_is_judged_in_front) {
    std::vector<std::string> claims(2500, "z + y = y + z");
    claims[0] = "z + 1 = z";
    const std::vector<std::string_view> fences(claims.begin(), claims.end());
    const auto verdict = verdict_on(fences);
    BOOST_TEST(verdict.find("more than 2000 definitions and claims") != verdict.npos);
    BOOST_TEST(verdict.find("z + 1  =  z") != verdict.npos);
}

BOOST_AUTO_TEST_CASE(what_is_too_large_to_prove_is_sampled) {
    // Beyond what the exact engine writes out, and still true or false.
    std::string squares = "x_{0} := z + y";
    for (int i = 1; i < 40; ++i)
        squares += ", \\qquad x_{" + std::to_string(i) + "} := \\tanh(x_{" + std::to_string(i - 1) + "} x_{" +
                   std::to_string(i - 1) + "} + z)";
    BOOST_TEST(verdict_with_engines({squares, "x_{39} - x_{39} z = x_{39} (1 - z)"}) == "green");
    BOOST_TEST(verdict_with_engines({squares, "x_{39} - x_{39} z = x_{39} (1 + z)"}).find("refuted") !=
               std::string::npos);
    BOOST_TEST(verdict_with_engines({"\\sqrt{2} \\log(10^{60} + 7) > 0"}) == "green");
    BOOST_TEST(verdict_with_engines({"(z + y)^{300} (z - y) = (z - y) (y + z)^{300}"}) == "green");
    BOOST_TEST(verdict_with_engines({"h^{4097} > 0"}) != "green");
}

BOOST_AUTO_TEST_CASE(any_relation_behind_a_definition) {
    // Only behind := and = there was a left side; behind the others a number without digits, which ended the run.
    BOOST_TEST(verdict_with_engines({"b := z^2 \\ge 0", "b + 1 = z^2 + 1"}) == "green");
    BOOST_TEST(verdict_with_engines({"b := z^2 < 0"}).find("refuted") != std::string::npos);
    BOOST_TEST(verdict_with_engines({"b := \\frac{1}{8} \\approx 0.125"}) == "green");
    BOOST_TEST(verdict_with_engines({"P := W X \\neq 0 W X"}) == "green");
}

BOOST_AUTO_TEST_CASE(roots_of_very_high_order) {
    // The order was cut to 64 bits: 2^{64} to 0, and 2^{64} + 3 to 3.
    BOOST_TEST(verdict_with_engines({"\\tanh(z) + e^{z 2^{-244}} > -1"}).find("exact") == std::string::npos);
    BOOST_TEST(
        verdict_with_engines({"e^{z} e^{\\frac{z}{18446744073709551619}} = e^{z} e^{\\frac{z}{3}}"}).find("refuted") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(high_powers_on_long_series) {
    BOOST_TEST(verdict_with_engines({"\\log \\left( (h + y)^{236} + \\frac{\\sqrt{2 + z^2}}{h + 2} \\right) = z"}) !=
               "green");
}

BOOST_AUTO_TEST_CASE(polynomials_of_few_terms_and_high_degree) {
    // Three terms, and minutes to factor.
    BOOST_TEST(verdict_with_engines({"\\log(e^{63 h} + e^{63 y} + e^{63 z}) = z"}) != "green");
}

BOOST_AUTO_TEST_CASE(slopes_of_periodic_functions_at_0) {
    // Half an angle that became 0 has no sign to be taken out: this ended the run.
    BOOST_TEST(verdict_with_engines({"b(t) := \\sin t", "b'(0) = 1, \\qquad b''(0) = 0"}) == "green");
    BOOST_TEST(verdict_with_engines({"b(t) := \\tanh \\cos t", "b'(0) = 0"}) == "green");
    BOOST_TEST(verdict_with_engines({"b(t) := \\tanh \\cos t", "b'(0) = 1"}).find("refuted") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(functions_of_functions_of_functions) {
    // The names of these held all names below them: 1 GB at 20 sines.
    for (const std::string function : {"\\sin(x_{#} y + h)", "\\tanh(y x_{#} + h)", "\\log(x_{#}^2 + 2)", "e^{-x_{#}}",
                                       "\\frac{1}{x_{#}^2 + h + y x_{#}}", "\\max(x_{#}, y - x_{#})"}) {
        std::string chain = "x_{0} := z";
        for (int i = 1; i < 60; ++i) {
            std::string step = function;
            for (std::size_t at = step.find('#'); at != step.npos; at = step.find('#'))
                step.replace(at, 1, std::to_string(i - 1));
            chain += ", \\qquad x_{" + std::to_string(i) + "} := " + step;
        }
        BOOST_TEST(verdict_with_engines({chain, "x_{59} = z + 1000"}) != "green");
    }
}

BOOST_AUTO_TEST_CASE(a_definition_that_cannot_be_read_is_named_once) {
    std::vector<std::string> chain{"x_{0} := z"};
    for (int i = 1; i < 1900; ++i)
        chain.push_back("x_{" + std::to_string(i) + "} := x_{" + std::to_string(i - 1) + "} + z");
    chain.emplace_back("x_{1899} = z");
    const auto lines = [](const std::string& text) { return std::count(text.begin(), text.end(), '\n'); };
    const auto verdict = verdict_on({chain.begin(), chain.end()});
    BOOST_TEST(lines(verdict) == 1);
    BOOST_TEST(verdict.find("is defined through more than") != verdict.npos);
    const auto wrong = verdict_on({"b := z +, \\qquad c := 2 z", "b + c = z", "b^2 = z", "w = z"});
    BOOST_TEST(lines(wrong) == 2, wrong);  // the definition, and w
    const auto misspelt = verdict_on({"b := z + 1", "B = z"});
    BOOST_TEST(misspelt.find("undeclared symbol B") != misspelt.npos);
}

BOOST_AUTO_TEST_CASE(a_device_is_no_note_without_end) {
    if (!std::filesystem::exists("/dev/zero")) return;
    try {
        static_cast<void>(read_note("/dev/zero"));
        BOOST_ERROR("read to its end");
    } catch (const NoteError& error) {
        BOOST_TEST(error.message() == "the note is too large: more than 32000000 characters");
    }
}

BOOST_AUTO_TEST_CASE(each_claim_is_a_note_with_what_it_builds_on) {
    const auto root = source_root();
    std::size_t notes = 0;
    Library library;
    for (const auto& path : notes_below(root / "derivations")) {
        const auto& document = library.read(path);
        const auto alone = notes_of_claims(library, document);
        BOOST_TEST(alone.size() == document.claims.size());
        for (const auto& text : alone) {
            Library fresh;
            const auto& one = fresh.read_text(text, "one.md");
            const bool is_whole =
                one.errors.empty() && one.claims.size() == 1 && check(one, fresh.symbols(), {}).green();
            BOOST_TEST(is_whole, path.string() << " in\n" << text);
            ++notes;
        }
    }
    BOOST_TEST(notes > 200U);
}

BOOST_AUTO_TEST_CASE(mutated_notes_are_judged) {
    const auto root = source_root();
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::directory_iterator(root / "checks/tests/notes/fuzz/corpus"))
        paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<std::string> corpus;
    for (const auto& path : paths) corpus.push_back(text_of(path));
    std::size_t judged = 0;
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        Library library;
        try {
            const auto& document = library.read_text(mutated_note(corpus, seed), "fuzz.md");
            const auto report = check(document, library.symbols(), proof::engines());
            for (const auto& result : report.results) {
                if (!result.green()) static_cast<void>(failure_of(document, result));
                ++judged;
            }
        } catch (const NoteError&) {
            continue;  // no note at all
        }
    }
    BOOST_TEST(judged > 30U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace robustness_suite

}  // namespace
}  // namespace gradproof::notes
