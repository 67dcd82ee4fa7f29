// SPDX-License-Identifier: MIT
//
// The report's parts without a browser: plots, what comes from a file, and what a failed claim looks like.
#include <boost/test/unit_test.hpp>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "claims/pairing.hpp"
#include "pages/report/formulas.hpp"
#include "pages/report/page.hpp"
#include "pages/report/plot.hpp"

namespace gradproof::report {
namespace {

bool has(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

// A file may call itself and its tensors what it likes.
// clang-format off
constexpr auto hostile = R"json({"file": "<script>alert(1)</script>", "verdict": "refuted",
  "formula": "J = <b>a < y</b>",
  "tensors": [{"name": "<img src=x onerror=alert(2)>", "verdict": "refuted", "digits": "nan",
               "worst": {"index": [0, 1], "yours": "nan", "numerical": 1.5, "error_bar": 1e-9},
               "entries": 4, "wrong": 1, "not_exercised": 0, "seen_above": 1, "remark": "{{name}}"}],
  "cache": [{"tensor": "\" onmouseover=\"alert(3)", "explanation": "stale"}],
  "diagnosis": [{"tensor": "dW1", "mistake": "missing-mean", "layer": 1, "explanation": "a & b", "residual": 0,
                 "note": "derivations/network.md", "looks_like": "dW1 = dZ1 @ A0.T", "consequences": ["dA0"]}],
  "warnings": ["{{{style}}}"], "remarks": []
})json";
// clang-format on

BOOST_AUTO_TEST_SUITE(report)

BOOST_AUTO_TEST_CASE(what_comes_from_a_file_is_text) {
    const std::string page = page_of({.submission = hostile});
    BOOST_TEST(!has(page, "<script>alert"));
    BOOST_TEST(has(page, "&lt;script&gt;alert(1)&lt;/script&gt;"));
    BOOST_TEST(!has(page, "<img"));
    BOOST_TEST(!has(page, "\" onmouseover=\"alert"));
    BOOST_TEST(has(page, "{{name}}"));
    BOOST_TEST(has(page, "{{{style}}}"));
    BOOST_TEST(has(page, "a &amp; b"));
    BOOST_TEST(has(page, "gradients of <code>J = &lt;b&gt;a &lt; y&lt;/b&gt;</code>"));
    BOOST_TEST(has(page, "missing-mean in dW1"));
    BOOST_TEST(
        has(page, "[0, 1]: yours <span class=\"unbroken\">nan</span>, numerical <span class=\"unbroken\">1.5</span>"));
    BOOST_TEST(!has(page, "href=\"derivations"));
    BOOST_TEST(has(page_of({.submission = hostile, .book = ".."}), "href=\"../network.html\""));
}

BOOST_AUTO_TEST_CASE(a_page_needs_nothing_beside_it) {
    const std::string page = page_of({.pairings = pairing_evidence()});
    for (const std::string part : {"src=\"", "@import", "fetch(", "href=\"http", "<link rel=\"stylesheet\""})
        BOOST_TEST(!has(page, part), part);
    BOOST_TEST(count(page, "url(") == count(page, "url(data:"));
    // xmlns only names a language; nothing is asked for there.
    BOOST_TEST(count(page, "http") == count(page, "xmlns=\"http"));
    BOOST_TEST(page.size() < 3'000'000U);
    BOOST_TEST(has(page, "all hold"));
    BOOST_TEST(!has(page, "not all hold"));
}

BOOST_AUTO_TEST_CASE(a_claim_that_fails_is_shown) {
    std::vector<PairingEvidence> evidence = pairing_evidence();
    BOOST_REQUIRE(!evidence.empty());
    evidence.front().claims.front().as_expected = false;
    evidence.front().as_expected = false;
    const std::string page = page_of({.pairings = evidence});
    BOOST_TEST(has(page, "✗ not all hold"));
    BOOST_TEST(count(page, "✗ a claim failed") == 1U);
    BOOST_TEST(count(page, ", a claim failed\"") == 1U);
}

// The page says of the faint lines that they are bars; then the curves have to lie below them. The last bits of the
// reference, rounded to double, are all that a bar need not cover.
BOOST_AUTO_TEST_CASE(every_error_lies_within_its_bar) {
    std::size_t checked = 0;
    for (const PairingEvidence& evidence : pairing_evidence())
        for (const StepCurve& curve : evidence.step_curves)
            for (const StepPoint& point : curve.points) {
                // A step as long as the distance over which g bends is outside what the bars promise (differences.hpp).
                if (!curve.has_error_bar || point.step > 0.125) continue;
                const double reference =
                    2 * std::numeric_limits<double>::epsilon() * std::abs(evidence.derivative_there);
                BOOST_TEST(point.error <= point.error_bar + reference,
                           name_of(evidence.pairing.activation)
                               << " with " << name_of(evidence.pairing.loss) << ", " << curve.method << ", step "
                               << point.step << ": error " << point.error << ", bar " << point.error_bar);
                ++checked;
            }
    BOOST_TEST(checked > 1000U);
}

Plot plot_of(std::vector<PlotPoint> points, bool logarithmic) {
    return {.id = "p",
            .title = "a < b",
            .x = {.label = "x"},
            .y = {.label = "y", .logarithmic = logarithmic},
            .series = {{.name = "s", .colour = 0, .drawn = Drawn::line, .points = std::move(points)}},
            .lowest_y = 1e-3};
}

BOOST_AUTO_TEST_CASE(a_value_that_is_not_finite_breaks_the_line) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const std::string svg = svg_of(plot_of({{0, 1}, {1, 2}, {2, nan}, {3, 1}, {4, 2}}, false));
    const std::string path = svg.substr(svg.find("curve c0\" d=\""));
    BOOST_TEST(count(path.substr(0, path.find("/>")), "M") == 2U);
    BOOST_TEST(!has(svg, "nan"));
    BOOST_TEST(has(svg, "a &lt; b"));
    BOOST_TEST(json_of(plot_of({{2, nan}}, false)).at("series").at(0).at("y").at(0).is_null());
    // Nothing to draw is no reason to draw nonsense.
    BOOST_TEST(!has(svg_of(plot_of({{0, nan}}, false)), "nan"));
}

BOOST_AUTO_TEST_CASE(an_error_of_zero_is_drawn_at_the_edge) {
    const std::string svg = svg_of(plot_of({{0, 0}, {1, 1}}, true));
    BOOST_TEST(!has(svg, "inf"));
    BOOST_TEST(has(svg, "10<tspan dy=\"-5\" font-size=\".75em\">-3</tspan>"));
    // What is read out is the value, not where it was drawn.
    BOOST_TEST(json_of(plot_of({{0, 0}}, true)).at("series").at(0).at("y").at(0).get<double>() == 0);
}

BOOST_AUTO_TEST_CASE(formulas_come_from_the_notes) {
    BOOST_TEST(find_formula("activations/sigmoid (derivative)").has_value());
    BOOST_TEST(!find_formula("activations/sigmoid (no such tag)").has_value());
    BOOST_TEST(title_of("activations/leaky_relu") == "Leaky ReLU");
    BOOST_TEST(title_of("activations/no_such_note") == "no such note");
    BOOST_TEST(page_of_note("derivations/losses/squared_error.md", "..") == "../losses/squared_error.html");
    BOOST_TEST(page_of_note("derivations/network.md (dZ)", "..") == "../network.html");
}

// A loss's card stands under each activation, so it must not say what a is for one of them.
BOOST_AUTO_TEST_CASE(the_card_of_a_loss_defines_the_loss_and_nothing_else) {
    std::size_t checked = 0;
    for (const checks::Pairing& pairing : checks::swept_pairings()) {
        const std::string key = std::string("losses/") + std::string(name_of(pairing.loss)) + " (value)";
        const std::optional<std::string> formula = find_formula(key);
        BOOST_REQUIRE_MESSAGE(formula.has_value(), key);
        // As MathML, or as TeX in a program that was built without KaTeX.
        BOOST_TEST(count(*formula, "≔") + count(*formula, ":=") == 1U, key);
        ++checked;
    }
    BOOST_TEST(checked >= 12U);
}

// dA ⊙ g'(Z) is the rule of elementwise activations; softmax has no slope for each entry.
BOOST_AUTO_TEST_CASE(the_plots_of_softmax_name_its_jacobian) {
    const std::vector<PairingEvidence> all = pairing_evidence();
    for (const PairingEvidence& evidence : all) {
        const std::string page = page_of({.pairings = {evidence}});
        const bool elementwise = is_elementwise(evidence.pairing.activation);
        BOOST_TEST(has(page, "dA ⊙ g′(Z)") == elementwise, name_of(evidence.pairing.activation));
        BOOST_TEST(has(page, "Jᵀ dA") == !elementwise, name_of(evidence.pairing.activation));
    }
    BOOST_TEST(all.size() >= 12U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace gradproof::report
