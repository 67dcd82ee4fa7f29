// SPDX-License-Identifier: MIT
//
// Cases proof/engines: what the engines say about small notes, true and wrong, and that an engine which says yes to
// everything is noticed.
#include "tests/proofs/engine_cases.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "notes/engines/engines.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::proof {
namespace {

using notes::NamedEngine;
using notes::Status;

const std::string header = R"(# Note

| symbol | meaning | values |
|---|---|---|
| $`z`$ | pre-activation | real |
| $`y`$ | label | $`[0,1]`$ |
| $`c`$ | class label | $`\{0,1\}`$ |
| $`q`$ | one-hot label | one-hot in $`\mathbb{R}^{3}`$ |
| $`x`$ | column | $`\mathbb{R}^{3}`$ |
| $`W`$ | weights | $`\mathbb{R}^{2 \times 3}`$ |
| $`p`$ | positive number | positive |

```math
\sigma(z) := \frac{1}{1 + e^{-z}}, \qquad
r(z) := \begin{cases} z & z > 0 \\ 0 & z \le 0 \end{cases}, \qquad
\chi(z) := \begin{cases} 1 & z \in (0, 1] \\ 0 & \text{otherwise} \end{cases}, \qquad
a := \sigma(z), \qquad L := -\left( y \log a + (1 - y) \log(1 - a) \right)
```

)";

/// A claim with what the two engines have to say about it.
struct Sample {
    std::string name;
    std::string claim;
    Status exact;
    Status balls;
};

std::vector<Sample> samples() {
    constexpr auto exact = Status::exact;
    constexpr auto certified = Status::certified;
    constexpr auto refuted = Status::refuted;
    constexpr auto undecided = Status::undecided;
    return {
        {"derivative", R"(\sigma'(z) = \sigma(z) (1 - \sigma(z)))", exact, certified},
        {"derivative_with_wrong_sign", R"(\sigma'(z) = \sigma(z) (1 + \sigma(z)))", undecided, refuted},
        {"second_derivative", R"(\sigma''(z) = \sigma(z) (1 - \sigma(z)) (1 - 2 \sigma(z)))", exact, certified},
        {"chain_rule_by_cutting", R"(\frac{\partial L}{\partial z} = a - y)", exact, certified},
        {"chain_rule_with_wrong_sign", R"(\frac{\partial L}{\partial z} = a + y)", undecided, refuted},
        {"slope_of_the_loss", R"(\frac{\partial L}{\partial a} = \frac{a - y}{a (1 - a)})", exact, certified},
        {"logarithms", R"(\log \sigma(z) = -\log(1 + e^{-z}))", exact, certified},
        {"off_by_one_in_1e12", R"(\sigma(z) + \sigma(-z) = 1.000000000001)", undecided, refuted},
        {"on_each_branch", R"(r(z) = \frac{z + |z|}{2})", exact, undecided},
        {"on_one_branch_only", R"(r(z) = z)", undecided, refuted},
        {"under_a_condition", R"(r(z) = z \qquad z > 0)", exact, certified},
        {"derivative_beside_the_kink", R"(r'(z) = 1 \qquad z > 0)", exact, certified},
        {"wrong_derivative_beside_the_kink", R"(r'(z) = 1 \qquad z < 0)", undecided, refuted},
        {"finite_values", R"(c^2 = c)", exact, certified},
        {"not_of_all_finite_values", R"(c^2 = 1)", undecided, refuted},
        {"constraint", R"(q_1 + q_2 + q_3 = 1)", exact, certified},
        {"matrix", R"(\sum_{k=1}^{3} W_{1k} x_k = W_{11} x_1 + W_{12} x_2 + W_{13} x_3)", exact, certified},
        {"wrong_matrix", R"(\sum_{k=1}^{3} W_{1k} x_k = W_{11} x_1 + W_{12} x_2 + W_{13} x_1)", undecided, refuted},
        {"bound_that_is_attained", R"(\sigma(z) (1 - \sigma(z)) \le \frac{1}{4})", exact, certified},
        {"bound_that_is_too_low", R"(\sigma(z) (1 - \sigma(z)) \le 0.2499)", undecided, refuted},
        {"sign", R"(\log(1 + e^{z}) > 0)", exact, certified},
        {"digits", R"(\sigma(1) \approx 0.7311)", undecided, certified},
        {"wrong_digit", R"(\sigma(1) \approx 0.7312)", undecided, refuted},
        {"difference", R"(\sigma(z) \neq a (1 - a))", undecided, certified},
        {"numbers", R"(\frac{1}{3} + \frac{1}{6} = 0.5)", exact, certified},
        {"wrong_numbers", R"(\frac{1}{3} + \frac{1}{6} = 0.6)", refuted, refuted},
        {"error_function", R"(\frac{d}{dz} \mathrm{erf}(z) = \frac{2}{\sqrt{\pi}} e^{-z^2})", exact, certified},
        {"root", R"(\sqrt{2} \cdot \sqrt{8} = 4)", exact, certified},
        {"positive", R"(\log(p^2) = 2 \log p)", exact, certified},
        {"hyperbolic", R"(\tanh(z) = 2 \sigma(2 z) - 1)", exact, certified},
        {"branch_on_one_factor", R"(\max(z, \frac{y z}{2}) = r(z) + \frac{y}{2} (z - r(z)))", exact, undecided},
        {"ends_of_a_closed_interval", R"(|a - y| \le 1)", exact, undecided},
        {"member_of_an_interval", R"(\chi(\frac{1}{2}) = 1)", exact, certified},
        {"no_member_of_an_interval", R"(\chi(0) = 1)", refuted, refuted},
        {"member_at_the_end", R"(\chi(1) = 0)", refuted, refuted},
        {"member_on_each_part", R"(\chi(z)^2 = \chi(z))", exact, undecided},
        {"members_behind_a_claim", R"(\chi(z) = 1 \qquad z \in (0, 1))", exact, certified},
        {"wrong_members_behind_a_claim", R"(\chi(z) = 0 \qquad z \in (0, 1))", undecided, refuted},
        {"members_of_a_finite_set", R"(c^3 = c \qquad c \in \{0\})", exact, certified},
        {"beyond_an_end_of_a_closed_interval", R"(|a - y| < y)", undecided, refuted},
    };
}

notes::NoteReport check(notes::Library& library, const std::string& claim, const std::vector<NamedEngine>& engines,
                        const notes::Digits& digits) {
    const auto& document = library.read_text(header + "```math\n" + claim + "\n```\n", "claim.md");
    for (const auto& error : document.errors) BOOST_ERROR(error.what());
    return notes::check(document, library.symbols(), engines, digits);
}

void expect(const Sample& sample) {
    notes::Library library;
    const auto& document = library.read_text(header + "```math\n" + sample.claim + "\n```\n", "claim.md");
    for (const auto& error : document.errors) BOOST_ERROR(error.what());
    BOOST_REQUIRE(document.claims.size() == 1U);
    for (const auto& workspace : notes::workspaces_of(document, library.symbols())) {
        const auto question = workspace->expander.question(document.claims.front(), document.note.path);
        for (const auto& engine : engines()) {
            const auto expected = engine.name == "exact" ? sample.exact : sample.balls;
            const auto verdict = engine.decide(workspace->graph, workspace->symbols, question);
            BOOST_TEST((verdict.status == expected),
                       engine.name << " says " << notes::name_of(verdict.status) << " (" << verdict.detail << ")");
            if (verdict.status == Status::refuted)
                BOOST_TEST(verdict.witness.has_value(), engine.name << " refutes without a witness");
        }
    }
}

// Every sample that some engine refutes has to stay red when one engine says yes to it.
void expect_noticed(const std::vector<NamedEngine>& used, const notes::Digits& digits) {
    std::size_t wrong = 0;
    for (const auto& sample : samples()) {
        if (sample.balls != Status::refuted) continue;
        ++wrong;
        notes::Library library;
        BOOST_TEST(!check(library, sample.claim, used, digits).green(), sample.name << " is green");
    }
    BOOST_TEST(wrong > 0U);
}

void expect_engine_noticed(std::size_t engine, Status says) {
    auto used = engines();
    used[engine].decide = [says](auto&, const auto&, const auto&) { return notes::Verdict{says, "always", {}}; };
    expect_noticed(used, notes::decide_with_50_digits);
}

namespace engine_suite {
BOOST_AUTO_TEST_SUITE(proof)
BOOST_AUTO_TEST_SUITE(engines)

BOOST_AUTO_TEST_CASE(exact_that_always_agrees_is_noticed) {
    expect_engine_noticed(0, Status::exact);
}

BOOST_AUTO_TEST_CASE(balls_that_always_agree_are_noticed) {
    expect_engine_noticed(1, Status::certified);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace engine_suite

}  // namespace

void add_engine_cases() {
    for (const auto& sample : samples()) checks::add_case("proof/engines/" + sample.name, [sample] { expect(sample); });
    // Begins with a digit, which no BOOST_AUTO_TEST_CASE can.
    checks::add_case("proof/engines/50_digits_that_always_agree_are_noticed", [] {
        const notes::Digits agrees = [](auto&, const auto&) { return notes::Verdict{Status::sampled, "always", {}}; };
        expect_noticed(engines(), agrees);
    });
}

}  // namespace gradproof::proof
