// SPDX-License-Identifier: MIT
//
// Every kind of set as the condition of a case, inside, outside and at its ends: a claim that is true and its twin that
// is false. A reader that takes one set for another is noticed by one of the two.
#include <boost/test/unit_test.hpp>

#include "tests/notes/families.hpp"
#include "tests/notes/in_memory.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::notes {
namespace {

struct SetCase {
    std::string name;
    std::string set;
    std::vector<std::string> inside;
    std::vector<std::string> outside;
};

std::vector<SetCase> sets() {
    return {
        {"open", R"(\in (0, 1))", {R"(\frac{1}{2})", "0.001", "0.999"}, {"0", "1", "-1", "2"}},
        {"closed", R"(\in [0, 1])", {"0", "1", R"(\frac{1}{2})"}, {"-0.001", "1.001"}},
        {"closed_below", R"(\in [0, 1))", {"0", R"(\frac{1}{2})"}, {"1", "-1"}},
        {"closed_above", R"(\in (0, 1])", {"1", R"(\frac{1}{2})"}, {"0", "2"}},
        {"a_point", R"(\in [2, 2])", {"2"}, {"1", "3"}},
        {"of_negative_numbers", R"(\in (-3, -1])", {"-1", "-2"}, {"-3", "0"}},
        {"of_formulas", R"(\in [\frac{1}{3}, \sqrt{2}))", {R"(\frac{1}{2})", "1"}, {"0", "1.5"}},
        {"to_infinity", R"(\in [0, \infty))", {"0", "1000"}, {"-0.001", "-1000"}},
        {"above", R"(\in (0, \infty))", {"1", "1000"}, {"0", "-1"}},
        {"from_infinity", R"(\in (-\infty, 0))", {"-1", "-1000"}, {"0", "1"}},
        {"from_infinity_closed", R"(\in (-\infty, 0])", {"-1", "0"}, {"0.001", "1000"}},
        {"finite", R"(\in \{0, 1, 3\})", {"0", "1", "3"}, {"2", "0.5", "-1"}},
        {"of_one", R"(\in \{-2\})", {"-2"}, {"2", "0"}},
        {"real", R"(\in \mathbb{R})", {"0", "-7", R"(\frac{1}{3})"}, {}},
        {"whole_line", R"(\in (-\infty, \infty))", {"0", "-7"}, {}},
        {"not_open", R"(\notin (0, 1))", {"0", "1", "2"}, {R"(\frac{1}{2})", "0.999"}},
        {"not_closed", R"(\notin [0, 1])", {"-1", "2"}, {"0", "1", R"(\frac{1}{2})"}},
        {"not_half_open", R"(\notin [0, 1))", {"1", "-1"}, {"0", R"(\frac{1}{2})"}},
        {"not_above", R"(\notin (0, \infty))", {"0", "-1"}, {"1", "1000"}},
        {"not_finite", R"(\notin \{0, 1\})", {"2", "0.5"}, {"0", "1"}},
        {"not_real", R"(\notin \mathbb{R})", {}, {"0", "-7"}},
    };
}

std::string definition(const std::string& set) {
    return R"(\phi(t) := \begin{cases} 1 & t )" + set + R"( \\ 0 & \text{otherwise} \end{cases})";
}

bool is_refuted(const std::string& said) {
    return said.find(" is refuted\n") != std::string::npos && said.find("contradict") == std::string::npos;
}

void expect(const SetCase& one) {
    for (const bool in : {true, false})
        for (const auto& value : in ? one.inside : one.outside) {
            const auto claim = "\\phi(" + value + ") = ";
            const std::vector<std::string> claims{definition(one.set), claim + (in ? "1" : "0"),
                                                  claim + (in ? "0" : "1")};
            for (auto* judge : {verdict_on, verdict_with_engines}) {
                const auto holds = judge({claims[0], claims[1]});
                BOOST_TEST(holds == "green", "of " << one.set << " " << claims[1] << ": " << holds);
                const auto fails = judge({claims[0], claims[2]});
                BOOST_TEST(is_refuted(fails), "of " << one.set << " " << claims[2] << ": " << fails);
            }
        }
}

/// A claim under a membership, true and false.
struct ClaimAndTwin {
    std::string name;
    std::string holds;
    std::string fails;
};

std::vector<ClaimAndTwin> claims_and_twins() {
    return {
        {"open_interval", R"(z > 0 \qquad z \in (0, 1))", R"(z > 0 \qquad z \in [0, 1))"},
        {"closed_interval", R"(z \ge 0 \qquad z \in [0, 1])", R"(z < 1 \qquad z \in [0, 1])"},
        {"infinite_interval", R"(z > 0 \qquad z \in (0, \infty))", R"(z > 0 \qquad z \in (-1, \infty))"},
        {"finite_set", R"(z^3 = z \qquad z \in \{-1, 0, 1\})", R"(z^3 = z \qquad z \in \{-1, 0, 2\})"},
        {"all_numbers", R"(z^2 \ge 0 \qquad z \in \mathbb{R})", R"(z \ge 0 \qquad z \in \mathbb{R})"},
        {"no_member", R"(\frac{z}{z} = 1 \qquad z \notin \{0\})", R"(\frac{z}{z} = 2 \qquad z \notin \{0\})"},
        {"formula_in_an_interval", R"(y > 0 \qquad y + 1 \in (1, 2])", R"(y > 0 \qquad y + 1 \in [1, 2])"},
        {"ends_that_are_formulas", R"(z > \frac{1}{3} \qquad z \in (\frac{1}{3}, \frac{2}{3}))",
         R"(z > \frac{1}{2} \qquad z \in (\frac{1}{3}, \frac{2}{3}))"},
        {"within_the_declared_values", R"(h > 0 \qquad h \in [-1, 1])", R"(h > 1 \qquad h \in [-1, 1])"},
        {"two_memberships", R"(z = 1 \qquad z \in \{0, 1\} \text{ and } z \in (0, 5))",
         R"(z = 1 \qquad z \in \{0, 1\} \text{ and } z \in [0, 5))"},
        {"free_index", R"(u_i = u_1 \qquad i \in \{1\})", R"(u_i = u_1 \qquad i \in \{1, 2\})"},
    };
}

}  // namespace

void add_set_cases() {
    for (const auto& one : sets()) checks::add_case("notes_reader/sets_in_cases/" + one.name, [one] { expect(one); });
    for (const auto& pair : claims_and_twins())
        checks::add_case("notes_reader/sets_behind_claims/" + pair.name, [pair] {
            for (auto* judge : {verdict_on, verdict_with_engines}) {
                const auto holds = judge({pair.holds});
                BOOST_TEST(holds == "green", pair.holds << ": " << holds);
                const auto fails = judge({pair.fails});
                BOOST_TEST(is_refuted(fails), pair.fails << ": " << fails);
            }
        });
    const std::vector<ClaimAndTwin> errors{
        {"empty_interval", R"(z = z \qquad z \in (1, 0))", "this interval is empty"},
        {"empty_open_interval", R"(z = z \qquad z \in (1, 1])", "this interval is empty"},
        {"closed_at_infinity", R"(z = z \qquad z \in [0, \infty])", "infinity belongs to no interval"},
        {"infinity_below", R"(z = z \qquad z \in (\infty, 0))", R"(an interval reaches from -\infty to \infty)"},
        {"no_set", R"(z = z \qquad z \in 3)", "expected an interval (0, 1), a set"},
        {"unclosed_set", R"(z = z \qquad z \in \{0, 1)", R"(expected \} behind the members)"},
        {"several_parts", R"(z = z \qquad z \notin (0, 1))", "this leaves several parts"},
        {"no_value_left", R"(h = h \qquad h \in (-1, 0])", "no value of h meets the condition"},
        {"infinity_as_a_number", R"(z = \infty)", R"(expected a formula, found \infty)"},
    };
    for (const auto& [name, fence, message] : errors)
        checks::add_case("notes_reader/set_errors/" + name, [fence = fence, message = message] {
            const auto said = verdict_on({fence});
            BOOST_TEST(said.find(message) != std::string::npos, said);
        });
}

}  // namespace gradproof::notes
