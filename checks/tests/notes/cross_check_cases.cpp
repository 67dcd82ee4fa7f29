// SPDX-License-Identifier: MIT
//
// The notes and the code: formulas compared, links followed.
#include <fmt/format.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

#include "notes/bindings.hpp"
#include "notes/cross_checks.hpp"
#include "notes/engines/engines.hpp"
#include "notes/reader/links.hpp"
#include "tests/notes/families.hpp"

namespace gradproof::notes {
namespace {

// A note whose formula is not the code's must not hold: the same note with one sign changed.
void refutes_a_changed_note(const std::filesystem::path& derivations) {
    const auto folder = std::filesystem::temp_directory_path() / fmt::format("gradproof_ties_{}", ::getpid());
    std::filesystem::create_directories(folder / "activations");
    std::filesystem::copy_file(derivations / "notation.md", folder / "notation.md",
                               std::filesystem::copy_options::overwrite_existing);
    {
        std::ofstream note(folder / "activations" / "tanh.md");
        note << "# tanh\n\n| symbol | meaning | values |\n|---|---|---|\n| $`z`$ | x | real |\n\n"
                "```math\ng(z) := \\tanh z \\tag{value}\n```\n\n```math\ng'(z) = 1 + g(z)^2 \\tag{derivative}\n```\n";
    }
    Library library;
    bool value = false;
    bool derivative = false;
    bool missing = false;
    for (const auto& formula : compare_with_code(library, folder, "activations/tanh")) {
        if (formula.note != "activations/tanh") continue;
        if (formula.tag == "value") value = formula.holds;
        if (formula.tag == "derivative")
            derivative = !formula.holds && formula.message.find("the formula and the code differ") != std::string::npos;
        if (formula.tag == "second_derivative")
            missing = !formula.holds && formula.message.find("no fence has the tag") != std::string::npos;
    }
    std::filesystem::remove_all(folder);
    BOOST_TEST(value);
    BOOST_TEST(derivative);
    BOOST_TEST(missing);
}

BOOST_AUTO_TEST_SUITE(notes_cross_checks)

BOOST_AUTO_TEST_CASE(formulas_equal_the_code) {
    const auto derivations = source_root() / "derivations";
    Library library;
    const auto formulas = compare_with_code(library, derivations, "", proof::distance_bound());
    BOOST_TEST(formulas.size() >= 40U);
    int comparisons = 0;
    int enclosed = 0;
    for (const auto& formula : formulas) {
        BOOST_TEST(formula.holds, formula.note << " (" << formula.tag << "): " << formula.message);
        BOOST_TEST_MESSAGE(
            fmt::format("{} ({}) {}: {} comparisons, {} by balls; in double at worst {:.2f} ulps, {:.0f} % of what its "
                        "roundings allow, at {}",
                        formula.note, formula.tag, formula.left, formula.comparisons, formula.enclosed,
                        formula.worst_ulps, 100 * formula.worst_share, formula.worst_at));
        comparisons += formula.comparisons;
        enclosed += formula.enclosed;
    }
    if (proof::distance_bound()) BOOST_TEST(enclosed * 100 >= comparisons * 95);
}

BOOST_AUTO_TEST_CASE(code_that_is_a_little_off_is_refuted) {
    const auto derivations = source_root() / "derivations";
    // One part in 10^13, far below any tolerance one would choose: of every function the roundings allow less, at
    // some point at least.
    auto wrong = bindings();
    std::erase_if(wrong, [](const Binding& one) { return !one.with_bound; });
    for (auto& one : wrong)
        one.in_double = [right = one.in_double](const Arguments<double>& at) {
            auto values = right(at);
            for (double& value : values) value *= 1 + 1e-13;
            return values;
        };
    Library library;
    const auto formulas = compare_with_code(library, derivations, wrong, proof::distance_bound());
    BOOST_TEST(formulas.size() >= 30U);
    for (const auto& formula : formulas) {
        const bool is_0_everywhere = formula.note == "activations/identity" && formula.tag == "second_derivative";
        BOOST_TEST(formula.holds == is_0_everywhere, formula.note << " (" << formula.tag << ")");
    }
}

BOOST_AUTO_TEST_CASE(a_changed_formula_is_refuted) {
    refutes_a_changed_note(source_root() / "derivations");
}

BOOST_AUTO_TEST_CASE(every_tied_formula_is_cited) {
    const auto root = source_root();
    Library library;
    std::vector<std::pair<std::string, std::string>> formulas;
    for (const auto& formula : compare_with_code(library, root / "derivations"))
        formulas.emplace_back(formula.note, formula.tag);
    // That of a pairing is one function for all of them; it cites the note on the output layer.
    std::erase_if(formulas, [](const auto& formula) { return formula.first.starts_with("pairings/"); });
    BOOST_TEST(formulas.size() > 0U);
    for (const auto& formula : uncited_formulas(root, formulas)) BOOST_ERROR("no code in lib cites " << formula);
    BOOST_TEST(!uncited_formulas(root, {{"network", "no_such_tag"}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()

namespace cross_check_suite {
BOOST_AUTO_TEST_SUITE(notes)

BOOST_AUTO_TEST_CASE(links) {
    const auto root = source_root();
    Library library;
    BOOST_TEST(citations_below(root / "lib").size() >= 40U);
    for (const auto& message : broken_links(library, root)) BOOST_ERROR(message);
}

BOOST_AUTO_TEST_SUITE_END()
}  // namespace cross_check_suite

}  // namespace
}  // namespace gradproof::notes
