// SPDX-License-Identifier: MIT
//
// A claim is made only where both sides have values: every division, logarithm and root once at a point of the domain
// where it has none, and once with that point left out. A checker that cancels first misses the former, one that
// suspects every division refuses the latter.
#include <boost/test/unit_test.hpp>

#include "tests/notes/families.hpp"
#include "tests/notes/in_memory.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::notes {
namespace {

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

struct ValueCase {
    std::string name;
    std::string fails;
    std::string at;  // the point that is named
    std::string reason;
    std::string holds;
};

std::vector<ValueCase> all() {
    const std::string halves = R"(\rho(t) := \begin{cases} \frac{t}{t} & t \ge 0 \\ 1 & \text{otherwise} \end{cases})";
    const std::string apart =
        R"(\rho(t) := \begin{cases} \frac{t}{t} & t > 0 \\ \frac{t - 1}{t - 1} & t \le 0 \end{cases})";
    return {
        {"quotient", R"(\frac{y z}{z} = y)", "z = 0", R"(\frac{y z}{z} divides by z = 0)",
         R"(\frac{y z}{z} = y \qquad z \neq 0)"},
        {"label", R"(\frac{r}{r} = 1)", "r = 0", "divides by r = 0", R"(\frac{r + 1}{r + 1} = 1)"},
        {"inside_the_domain", R"(\frac{z}{z - 1} = 1 + \frac{1}{z - 1})", "z = 1", "z - 1 = 0",
         R"(\frac{z}{z - 1} = 1 + \frac{1}{z - 1} \qquad z \neq 1)"},
        {"between_the_points_tried", R"(\frac{z - 7}{z - 7} = 1)", "z = 7", "z - 7 = 0",
         R"(\frac{z - 7}{z - 7} = 1 \qquad z \neq 7)"},
        {"at_an_irrational_number", R"(\frac{z^2 - 2}{z^2 - 2} = 1)", "z = -1.414213562", "z^{2} - 2 = 0",
         R"(\frac{z^2 + 2}{z^2 + 2} = 1)"},
        {"of_an_exponential", R"(\frac{e^{z} - 1}{e^{z} - 1} = 1)", "z = ", "e^{z} - 1 = 0",
         R"(\frac{e^{z} - 1}{e^{z} - 1} = 1 \qquad z \neq 0)"},
        {"of_two_symbols", R"(\frac{z - h - 5}{z - h - 5} = 1)", ", h = ", "z - h - 5 = 0",
         R"(\frac{z - h - 5}{z - h - 5} = 1 \qquad z < h)"},
        {"of_entries", R"(\frac{u_1 - u_2}{u_1 - u_2} = 1)", "u_{1} = ", "u_{1} - u_{2} = 0",
         R"(\frac{u_1 - u_2}{u_1 - u_2} = 1 \qquad u_1 \neq u_2)"},
        {"end_of_an_interval", R"(\frac{1 - y}{1 - y} = 1)", "y = 1", "1 - y = 0",
         R"(\frac{1 - y}{1 - y} = 1 \qquad y < 1)"},
        {"open_end_of_an_interval", R"(\frac{y}{y} = 1 \qquad y \in [0, 1))", "y = 0", "y = 0",
         R"(\frac{y}{y} = 1 \qquad y \in (0, 1])"},
        {"corner_of_one_hot_vectors", R"(\frac{v_1}{v_1} = 1)", "v_{1} = 0", "v_{1} = 0",
         R"(\frac{1 + v_1}{1 + v_1} = 1)"},
        {"corner_of_a_simplex", R"(\frac{q_1}{q_1} = 1)", "q_{1} = 0", "q_{1} = 0", R"(\frac{1 + q_1}{1 + q_1} = 1)"},
        {"square", R"(\frac{z^2}{z^2} = 1)", "z = 0", R"(divides by z^{2}, and z = 0)",
         R"(\frac{z^2}{z^2} = 1 \qquad z \neq 0)"},
        {"product", R"(\frac{h (z - 7)^2}{h (z - 7)^2} = 1)", "z = 7", "z - 7 = 0",
         R"(\frac{h (z^2 + 7)}{h (z^2 + 7)} = 1)"},
        {"negative_power", R"(z^{-1} z = 1)", "z = 0", "divides by z = 0", R"(z^{-1} z = 1 \qquad z \neq 0)"},
        {"power_of_a_label", R"(z^{-r} z^{r} = 1)", "z = 0", "divides by z = 0", R"(z^{r} = z^{r})"},
        {"power_with_any_exponent", R"(z^{y} = z^{y})", "z = ", "z^{y} needs z > 0", R"(h^{y} = h^{y})"},
        {"logarithm_at_0", R"(\log(y) = \log(y))", "y = 0", R"(\log(y) needs y > 0)",
         R"(\log(y) = \log(y) \qquad y > 0)"},
        {"logarithm_of_negative_numbers", R"(\log(z) = \log(z))", "z = -", R"(\log(z) needs z > 0)",
         R"(\log(1 + z^2) = \log(1 + z^2))"},
        {"root_of_negative_numbers", R"(\sqrt{z} = \sqrt{z})", "z = -", R"(\sqrt{z} needs z \ge 0)",
         R"(\sqrt{4 h^2} = 2 h)"},
        {"slope_of_a_root", R"(\frac{d}{dz} \left( \sqrt{z^2} \right) = \frac{d}{dz} \left( \sqrt{z^2} \right))",
         "z = 0", R"(\sqrt{z^{2}} needs z^{2} > 0)", R"(\frac{d}{dh} \left( \sqrt{h^2} \right) = 1)"},
        {"condition_on_something_else", R"(\frac{z}{z} = 1 \qquad h \neq 1)", "z = 0", "z = 0",
         R"(\frac{z}{z} = 1 \qquad z^3 \neq 0)"},
        {"branch_of_cases", halves + R"(, \qquad \rho(z) = 1)", "z = 0", "divides by z = 0",
         apart + R"(, \qquad \rho(z) = 1)"},
        {"definition", R"(A := \frac{y}{z}, \qquad A z = y)", "z = 0", R"(\frac{y}{z} divides by z = 0)",
         R"(A := \frac{y}{z}, \qquad A z = y \qquad z \neq 0)"},
        {"below_a_derivative", R"(\frac{d}{dz} \left( \frac{z^2}{z} \right) = 1)", "z = 0", "divides by z = 0",
         R"(\frac{d}{dz} \left( \frac{z^2}{z} \right) = 1 \qquad z \neq 0)"},
        {"below_a_sum", R"(\sum_{k=1}^{K} \frac{u_k}{u_k} = K)", " = 0", "divides by u_",
         R"(\sum_{k=1}^{K} \frac{1 + u_k^2}{1 + u_k^2} = K)"},
        {"times_0", R"(0 \cdot \frac{1}{z} = 0)", "z = 0", "divides by z = 0",
         R"(0 \cdot \frac{1}{z} = 0 \qquad z \neq 0)"},
        {"order", R"(\frac{1}{z} < \frac{1}{z} + 1)", "z = 0", "divides by z = 0",
         R"(\frac{1}{z} < \frac{1}{z} + 1 \qquad z \neq 0)"},
    };
}

void expect(const ValueCase& one) {
    for (auto* judge : {verdict_on, verdict_with_engines}) {
        const auto said = judge({one.fails});
        const bool is_refuted = has(said, "is refuted\n") && !has(said, "contradict");
        const bool names_the_point = has(said, "    at  ") && has(said, one.at) && has(said, one.reason);
        const bool gives_a_hint = has(said, " out: in the table of symbols, or with \\qquad ");
        BOOST_TEST((is_refuted && names_the_point && gives_a_hint), one.fails << ": " << said);
    }
    BOOST_TEST(verdict_on({one.holds}) == "green");
    const auto evidence = evidence_with_engines({one.holds});
    BOOST_TEST(has(evidence, ": exact, for all values"), evidence);
    BOOST_TEST(!has(evidence, "contradict"), evidence);
}

/// Divisors that are nowhere 0.
std::vector<std::pair<std::string, std::string>> nowhere_zero() {
    return {
        {"exponential", "1 + e^{z}"},
        {"sum_of_exponentials", R"(\sum_{k=1}^{K} e^{u_k})"},
        {"factors_in_the_unit_interval", R"(\sigma(z) (1 - \sigma(z)))"},
        {"hyperbolic_functions", R"(1 - \tanh(z) \tanh(z))"},
        {"closed_interval", "(1 + y) (2 - y)"},
        {"square_and_a_rest", "z^2 - 2 z + 2"},
        {"quadratic_form", "z^2 + z h + h^2"},
        {"size", "1 + |z|"},
        {"larger_one", R"(1 + \max(z, 0))"},
        {"error_function", R"((1 + \mathrm{erf}(z)) (1 - \mathrm{erf}(z)))"},
        {"exponential_beyond_0", "e^{h} - 1"},
        {"sigmoid_beyond_0", R"(\sigma(h) - \frac{1}{2})"},
        {"root", R"(\sqrt{2} + h)"},
    };
}

namespace value_suite {
BOOST_AUTO_TEST_SUITE(notes_reader)
BOOST_AUTO_TEST_SUITE(values_everywhere)

BOOST_AUTO_TEST_CASE(what_is_used_is_listed) {
    const auto evidence = [](std::string_view fence) { return evidence_with_engines({fence}); };
    BOOST_TEST(has(evidence(R"(\frac{y z}{z} = y \qquad z \neq 0)"),
                   R"(exact, for all values; z \neq 0 holds on the domain)"));
    BOOST_TEST(has(evidence(R"(a := \sigma(z), \qquad \frac{1}{a^2 (1 - a)} a (1 - a) = \frac{1}{a})"),
                   R"(a \neq 0, 1 - a \neq 0 and 1 + e^{-z} \neq 0 hold on the domain)"));
    BOOST_TEST(has(evidence(R"(\log(h^2) = 2 \log(h))"), R"(h > 0 and h^{2} > 0 hold on the domain)"));
    BOOST_TEST(has(evidence(R"(1 + z = z + 1)"), "exact, for all values\n"));
}

BOOST_AUTO_TEST_CASE(what_is_not_seen_is_said) {
    const std::string divisor = "(e^{z} - 1 - z)";
    const auto claim = "\\frac{" + divisor + "}{" + divisor + R"(} = 1 \qquad z > 0)";
    const auto evidence = evidence_with_engines({claim});
    BOOST_TEST((has(evidence, ": certified, ") || has(evidence, ": sampled, ")), evidence);
    BOOST_TEST(has(evidence, R"(; not exact: it is not seen that e^{z} - 1 - z \neq 0)"), evidence);
}

BOOST_AUTO_TEST_CASE(everywhere_no_value) {
    for (auto* judge : {verdict_on, verdict_with_engines}) {
        const auto said = judge({R"(\frac{1}{0} = \frac{1}{0})"});
        BOOST_TEST(has(said, R"(no value    \frac{1}{0} divides by 0)"), said);
        const auto cases = judge({R"(\rho(t) := \begin{cases} 1 & t > 0 \end{cases}, \qquad \rho(z) = \rho(z))"});
        BOOST_TEST((has(cases, "is refuted\n") && has(cases, "neither side has a value there")), cases);
    }
}

BOOST_AUTO_TEST_CASE(an_engine_that_cancels_first_is_noticed) {
    const NamedEngine cancels{"cancels", [](Graph&, const std::vector<Symbol>&, const Question&) {
                                  return Verdict{Status::exact, "for all values", {}, {}};
                              }};
    const auto said = verdict_with({R"(\frac{y (z - 7)}{z - 7} = y)"}, {cancels});
    BOOST_TEST(has(said, "the engines contradict each other"), said);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace value_suite

}  // namespace

void add_value_cases() {
    const std::string family = "notes_reader/values_everywhere/";
    for (const auto& one : all()) checks::add_case(family + one.name, [one] { expect(one); });
    for (const auto& [name, divisor] : nowhere_zero())
        checks::add_case(family + "nowhere_zero/" + name, [divisor = divisor] {
            const auto claim = "\\frac{1}{" + divisor + "} \\left( " + divisor + " \\right) = 1";
            const auto evidence = evidence_with_engines({claim});
            BOOST_TEST(has(evidence, ": exact, for all values"), evidence);
        });
}

}  // namespace gradproof::notes
