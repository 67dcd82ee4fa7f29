// SPDX-License-Identifier: MIT
//
// Texts that are no notes: whatever they are, the reader comes back with an error or a result.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>

#include "cases/tree.hpp"
#include "notes/cases/families.hpp"
#include "notes/cases/in_memory.hpp"
#include "notes/links.hpp"
#include "notes/try_note.hpp"

namespace gradproof::notes {
namespace {

std::string text_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

void add_robustness_cases() {
    const auto root = source_root();
    checks::add_case("notes_reader/robust/corpus", [root] {
        std::size_t files = 0;
        std::size_t expanded = 0;
        for (const auto& entry : std::filesystem::directory_iterator(root / "checks" / "notes" / "fuzz" / "corpus")) {
            expanded += try_note(text_of(entry.path()));
            ++files;
        }
        BOOST_TEST(files >= 10U);
        BOOST_TEST(expanded > 0U);
    });
    checks::add_case("notes_reader/robust/truncated_notes", [root] {
        constexpr std::size_t stride = 41;  // a prime, so that the cuts fall everywhere
        std::size_t cuts = 0;
        for (const auto& path : notes_below(root / "derivations")) {
            const auto text = text_of(path);
            for (std::size_t cut = stride; cut < text.size(); cut += stride, ++cuts) try_note(text.substr(0, cut));
        }
        BOOST_TEST(cuts > 100U);
    });
    checks::add_case("notes_reader/robust/notes_with_a_byte_missing", [root] {
        constexpr std::size_t stride = 43;
        std::size_t holes = 0;
        for (const auto& path : notes_below(root / "derivations")) {
            const auto text = text_of(path);
            for (std::size_t hole = stride; hole < text.size(); hole += stride, ++holes)
                try_note(std::string(text).erase(hole, 1));
        }
        BOOST_TEST(holes > 100U);
    });
    checks::add_case("notes_reader/robust/formulas_made_to_hang", [] {
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
    });
}

}  // namespace gradproof::notes
