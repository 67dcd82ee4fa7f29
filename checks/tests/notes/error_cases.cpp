// SPDX-License-Identifier: MIT
//
// Every message of the reader, provoked.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include "notes/reader/document.hpp"
#include "tests/notes/families.hpp"
#include "tests/notes/in_memory.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::notes {
namespace {

struct Bad {
    std::string name;
    std::string fence;
    int line;  ///< within the fence, from 1
    int column;
    std::string message;  ///< how it begins
};

const std::vector<Bad>& bad_fences() {
    static const std::vector<Bad> all{
        {"unknown_command", R"(\sgima(z) = 1)", 1, 1, R"(unknown command \sgima: did you mean \sigma?)"},
        {"other_name_for_the_logarithm", R"(\ln h = 1)", 1, 1, R"(unknown command \ln: write \log)"},
        {"command_that_github_refuses", R"(\operatorname{relu}(z) = z)", 1, 1,
         R"(unknown command \operatorname: write \mathrm{...}: GitHub refuses)"},
        {"unicode_letter", "z = \xCF\x83(z)", 1, 5, "unknown character '\xCF\x83': write \\sigma"},
        {"unicode_minus", "z = \xE2\x88\x92z", 1, 5, "unknown character '\xE2\x88\x92': write -"},
        {"undeclared_symbol", "z =\n  b", 2, 3, "undeclared symbol b: declare it in the table"},
        {"undeclared_d_before_an_operator", R"(d \cdot z = z)", 1, 1, "undeclared symbol d: declare it in the table"},
        {"bracket_of_a_name_never_closed", R"(c^{[1]} := z, \qquad c^{[1} = z)", 1, 22,
         "undeclared symbol c^{[1}: did you mean c^{[1]}?"},
        {"undeclared_symbol_with_a_neighbour", R"(W^{[1]} = W)", 1, 2,
         "this name with its superscript is not declared"},
        {"misspelt_name", R"(\mathrm{soft}(t) := t, \qquad \mathrm{sofd}(z) = z)", 1, 31,
         R"(undeclared symbol \mathrm{sofd}: did you mean \mathrm{soft}?)"},
        {"function_without_argument", R"(\sigma + 1 = z)", 1, 8, R"(\sigma is a function: write its argument)"},
        {"wrong_number_of_arguments", R"(\sigma(z, y) = 1)", 1, 1, R"(\sigma takes 1 argument(s), not 2)"},
        {"power_of_a_function", R"(\sigma^2(z) = 1)", 1, 7, "a power of a function can be read in two ways"},
        {"prime_of_a_number", "z' = 1", 1, 2, "only a function has a derivative written with '"},
        {"definition_of_a_derivative", R"(\sigma'(t) := 1)", 1, 7, "a derivative follows from the function"},
        {"slash_then_product", "z / y z = 1", 1, 7, "a / b c can be read in two ways: write \\frac"},
        {"two_numbers", "2 3 = 6", 1, 3, "two numbers next to each other"},
        {"power_of_log", R"(\log(h)^2 = 1)", 1, 8, R"(\log(x)^2 can be read in two ways)"},
        {"claims_nothing", "z", 1, 2, "expected a relation such as = or :="},
        {"empty_fence", ",", 1, 1, "this fence holds no statement"},
        {"unbalanced_parenthesis", R"(\left( z = z)", 1, 10, "expected ) to close the (, found ="},
        {"second_tag", R"(z = z \tag{a} \tag{b})", 1, 15, R"(\tag stands behind everything else)"},
        {"tag_inside_aligned", "\\begin{aligned}\nz &= z \\tag{a}\n\\end{aligned}", 2, 8,
         R"(\tag inside aligned is not)"},
        {"row_outside_of_aligned", R"(z = z \\ y = y)", 1, 7, R"(\\ stands only in aligned)"},
        {"ampersand_outside_of_aligned", "z &= z", 1, 3, "& stands only in aligned"},
        {"aligned_never_closed", R"(\begin{aligned} z &= z)", 1, 23, R"(\begin{aligned} is never closed)"},
        {"sentence_in_a_fence", R"(z = z \text{ obviously })", 1, 7, R"(\text{...} introduces a condition with)"},
        {"condition_on_a_definition", R"(a := z \qquad z > 0)", 1, 15, "a condition stands behind a claim"},
        {"defined_twice", R"(a := z, \qquad a := y)", 1, 16, "a is defined already, in line 25"},
        {"shape_of_a_product", R"(W D = D)", 1, 3, "shape mismatch in the product: W is 3 x 4, D is 3 x m"},
        {"shape_of_a_sum", R"(D + X = D)", 1, 5, "shape mismatch in the sum: D is 3 x m, X is 4 x m"},
        {"shape_of_an_entrywise_product", R"(W \odot D = W)", 1, 9,
         R"(shape mismatch in the product \odot: W is 3 x 4, D is 3 x m)"},
        {"shape_of_two_sides", R"(W^{\top} D = D)", 1, 14, R"(shape mismatch: W^{\top} D is 4 x m, but D is 3 x m)"},
        {"shape_of_an_index", "W_{ij} = W_{ji}", 1, 13,
         "shape mismatch: the index j runs to 3 here, but to 4 elsewhere"},
        {"power_of_a_matrix", "W^2 = W", 1, 1, "a power of a matrix can be read in two ways: write W \\odot W"},
        {"entry_of_a_number", "z_i = y", 1, 1, "a number has no entries: z is a number"},
        {"one_index_of_a_matrix", "W_i = z", 1, 1, "W is 3 x 4, so its entries have two indices"},
        {"index_out_of_range", "W_{4,1} = z", 1, 4, "the index 4 leaves the range 1 to 3"},
        {"sum_that_runs_nowhere", R"(\sum_{k} z = z)", 1, 1, "how far does k run?"},
        {"derivative_by_what_is_computed_later", R"(a := \sigma(z), \qquad \frac{\partial z}{\partial a} = 1)", 1, 24,
         "z does not depend on a: it is the other way round, a is computed from z"},
        {"derivative_by_a_stranger", R"(\frac{\partial z}{\partial y} = 1)", 1, 1,
         "z does not depend on y; if that is the claim, write = 0"},
        {"derivative_by_a_formula", R"(\frac{\partial z}{\partial (z + 1)} = 1)", 1, 28,
         "expected the name to differentiate by"},
        {"orders_that_differ", R"(\frac{\partial^2 z}{\partial z} = 0)", 1, 1, "the order above is 2, below it is 1"},
        {"approximation_of_a_formula", R"(\sigma(1) \approx \sigma(1))", 1, 11,
         R"(\approx compares with a number written in digits)"},
        {"ragged_matrix", R"(D = \begin{pmatrix} 1 & 2 \\ 3 \end{pmatrix})", 1, 32,
         "this row has 1 entries, the first one 2"},
        {"unknown_environment", R"(z = \begin{array} 1 \end{array})", 1, 5, "unknown environment array"},
        {"higher_root", R"(\sqrt[3]{h} = h)", 1, 6, "write a higher root as a power"},
        {"minimum_over_an_index", R"(\min_k u_k = z)", 1, 5, R"(only \max takes an index)"},
        {"limit", R"(\lim z = z)", 1, 1, R"(unknown command \lim: write a limit as two inequalities)"},
        {"factorial", "z! = z", 1, 2, "factorials are not part of the notation"},
    };
    return all;
}

std::string table_error(std::string_view row) {
    Library library;
    const auto text = "| symbol | meaning | values |\n|---|---|---|\n" + std::string(row) + "\n";
    const Document& document = library.read_text(text, "n.md");
    return document.errors.empty() ? "no error" : document.errors.front().what();
}

namespace error_suite {
BOOST_AUTO_TEST_SUITE(notes_reader)
BOOST_AUTO_TEST_SUITE(errors)

BOOST_AUTO_TEST_CASE(deep_nesting_is_refused) {
    const auto said = verdict_on({std::string(100000, '(')});
    BOOST_TEST(said.find("this formula is nested too deeply") != std::string::npos, said);
}

BOOST_AUTO_TEST_CASE(values_that_are_not_understood) {
    BOOST_TEST(
        table_error("| $`z`$ | x | reel |").starts_with("n.md:3:15: these values are not understood: expected real"));
    BOOST_TEST(table_error("| $`z`$ | x | $`(0 1)`$ |").find("separated by a comma") != std::string::npos);
    BOOST_TEST(table_error("| $`z`$ | x | $`\\mathbb{R}^{n}`$ |").find("the size 'n' is not declared above") !=
               std::string::npos);
    BOOST_TEST(table_error("| z | x | real |").find("a symbol is written as a formula: $`z`$") != std::string::npos);
    BOOST_TEST(table_error("| $`z`$ | x | real |\n| $`z`$ | x | real |").find("z is declared twice") !=
               std::string::npos);
    BOOST_TEST(table_error("| $`n`$ | x | $`2, 3`$ |\n| $`k`$ | x | $`2, 3`$ |").find("have the same sizes") !=
               std::string::npos);
    BOOST_TEST(table_error("| $`v`$ | x | one-hot |").find("is a column") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_mistake_in_one_fence_leaves_the_others) {
    Library library;
    const Document& document = library.read_text(note_with({"b = 1", "z = z", "c = 1"}), "n.md");
    BOOST_TEST(document.errors.size() == 2U);
    BOOST_TEST(document.claims.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace error_suite

}  // namespace

void add_error_cases() {
    for (const auto& bad : bad_fences())
        checks::add_case("notes_reader/errors/" + bad.name, [bad] {
            const auto said = verdict_on({bad.fence});
            const auto expected =
                fmt::format("n.md:{}:{}: {}", first_fence_line + bad.line - 1, bad.column, bad.message);
            BOOST_TEST(said.starts_with(expected), "expected " << expected << "\nfound    " << said);
        });
}

}  // namespace gradproof::notes
