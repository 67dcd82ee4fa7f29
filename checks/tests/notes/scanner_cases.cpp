// SPDX-License-Identifier: MIT
#include <boost/test/unit_test.hpp>

#include "notes/reader/note.hpp"
#include "tests/support/tree.hpp"

namespace gradproof::notes {
namespace {

using checks::add_case;

constexpr auto sample_note = R"(# Title

Text with [a link](other.md) and $`a + b`$ and `code | [no](link)`.

| z | value |
|---|------:|
| 0 | $`\frac{1}{2}`$ |
| 1 \| 2 | x |

## Section

```math
a = b
c = d
```

```cpp
[not](a link) | not | a table
|---|---|
```

<!-- not checked: a limit -->

```math
e = f
```
)";

std::string message_of(std::string_view text) {
    try {
        scan_note(text, "n.md");
    } catch (const NoteError& error) {
        return error.what();
    }
    return "no error";
}

namespace scanner_suite {
BOOST_AUTO_TEST_SUITE(notes_reader)
BOOST_AUTO_TEST_SUITE(scanner)

BOOST_AUTO_TEST_CASE(fences_have_lines_headings_and_reasons) {
    const Note note = scan_note(sample_note, "n.md");
    BOOST_TEST_REQUIRE(note.fences.size() == 2U);
    BOOST_TEST(note.fences[0].text == "a = b\nc = d\n");
    BOOST_TEST(note.fences[0].line == 13);
    BOOST_TEST(note.fences[0].heading == "Section");
    BOOST_TEST(!note.fences[0].not_checked);
    BOOST_TEST_REQUIRE(note.fences[1].not_checked.has_value());
    BOOST_TEST(*note.fences[1].not_checked == "a limit");
}

BOOST_AUTO_TEST_CASE(tables_have_cells_with_places) {
    const Note note = scan_note(sample_note, "n.md");
    BOOST_TEST_REQUIRE(note.tables.size() == 1U);
    const Table& table = note.tables[0];
    BOOST_TEST(table.heading == "Title");
    BOOST_TEST(table.header == (std::vector<std::string>{"z", "value"}), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(table.rows.size() == 2U);
    BOOST_TEST(table.rows[0].cells[1].text == "$`\\frac{1}{2}`$");
    BOOST_TEST(table.rows[0].cells[1].where.line == 7);
    BOOST_TEST(table.rows[0].cells[1].where.column == 7);
    BOOST_TEST(table.rows[1].cells[0].text == "1 | 2");
}

BOOST_AUTO_TEST_CASE(links_and_inline_formulas_outside_of_code) {
    const Note note = scan_note(sample_note, "n.md");
    BOOST_TEST_REQUIRE(note.links.size() == 1U);
    BOOST_TEST(note.links[0].target == "other.md");
    BOOST_TEST(note.links[0].where.column == 11);
    BOOST_TEST_REQUIRE(note.inline_math.size() >= 1U);
    BOOST_TEST(note.inline_math[0].text == "a + b");
}

BOOST_AUTO_TEST_CASE(carriage_returns_are_no_text) {
    const Note note = scan_note("```math\r\na = b\r\n```\r\n", "n.md");
    BOOST_TEST_REQUIRE(note.fences.size() == 1U);
    BOOST_TEST(note.fences[0].text == "a = b\n");
}

BOOST_AUTO_TEST_CASE(open_fence_is_an_error) {
    BOOST_TEST(message_of("text\n```math\na = b\n") == "n.md:2:1: this fence is never closed");
}

BOOST_AUTO_TEST_CASE(indented_fence_is_an_error) {
    BOOST_TEST(message_of("    ```math\n    a\n    ```\n") ==
               "n.md:1:5: a math fence indented by four or more is a code block on GitHub: move it to the margin");
}

BOOST_AUTO_TEST_CASE(double_dollar_is_an_error) {
    BOOST_TEST(message_of("so $$a$$\n") ==
               "n.md:1:4: $$ loses backslashes on GitHub: write a ```math fence, or $`...`$ inside a sentence");
}

BOOST_AUTO_TEST_CASE(row_of_wrong_length_is_an_error) {
    BOOST_TEST(message_of("| a | b |\n|---|---|\n| 1 |\n") == "n.md:3:1: this row has 1 cells, the table's header 2");
}

BOOST_AUTO_TEST_CASE(reason_without_text_or_fence_is_an_error) {
    BOOST_TEST(message_of("<!-- not checked: -->\n") ==
               "n.md:1:1: 'not checked:' needs a reason: <!-- not checked: a limit, not a value -->");
    BOOST_TEST(message_of("<!-- not checked: x -->\n") ==
               "n.md:1:1: this 'not checked' mark is not followed by a math fence");
}

BOOST_AUTO_TEST_CASE(missing_file_is_an_error) {
    BOOST_CHECK_EXCEPTION(read_note("no/such.md"), NoteError, [](const NoteError& error) {
        return error.what() == std::string("no/such.md:1:1: this note cannot be read");
    });
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
}  // namespace scanner_suite

}  // namespace
}  // namespace gradproof::notes
