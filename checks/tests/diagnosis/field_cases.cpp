// SPDX-License-Identifier: MIT
//
// What people bring: files rebuilt from public questions and reports, each checked as its owner would at the first run
// (field/cases.tsv).
#include "tests/diagnosis/field_cases.hpp"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "spelling/trimmed.hpp"
#include "tests/support/run_program.hpp"
#include "tests/support/tree.hpp"
#include "tests/support/unfolded.hpp"

namespace gradproof::diagnosis {
namespace {

struct FieldCase {
    std::string file;
    std::string arguments;
    int exit_status = 0;
    std::vector<std::string> must;
    std::vector<std::string> never;
};

std::vector<std::string> split(const std::string& text, char by) {
    std::vector<std::string> parts;
    std::istringstream stream(text);
    for (std::string part; std::getline(stream, part, by);)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

std::vector<FieldCase> field_cases() {
    const std::string path = "checks/tests/diagnosis/field/cases.tsv";
    std::ifstream table(path);
    if (!table) throw std::runtime_error(path + " is not there");
    std::vector<FieldCase> cases;
    std::string line;
    std::getline(table, line);  // the header
    while (std::getline(table, line)) {
        if (line.empty() || line.front() == '#') continue;
        std::vector<std::string> cells;
        std::istringstream stream(line);
        for (std::string cell; std::getline(stream, cell, '\t');) cells.push_back(cell);
        cells.resize(6);
        cases.push_back({cells[0], cells[1], std::stoi(cells[3]), split(cells[4], ';'), split(cells[5], ';')});
    }
    return cases;
}

// The words of a command line for a shell: leaky_relu(0.3) has brackets, and a formula in quotes blanks.
std::string quoted(const std::string& arguments) {
    std::string text;
    bool is_in_quotes = false;
    for (const std::string& part : split(arguments, '"')) {
        if (is_in_quotes)
            text += "'" + part + "' ";
        else
            for (const std::string& word : split(part, ' ')) text += "'" + word + "' ";
        is_in_quotes = !is_in_quotes;
    }
    return text;
}

// "  wrong-sign at dA2": two blanks, a slug and its place.
bool names_a_mistake(const std::string& line) {
    const std::size_t end_of_slug = line.find(' ', 2);
    return line.starts_with("  ") && end_of_slug > 2 && end_of_slug == line.find(" at ");
}

// A right file, and one with one mistake, on a screen of 80 columns and 24 lines. Code is not folded.
void fits_the_screen(const std::string& output) {
    std::istringstream stream(output);
    std::size_t lines = 0;
    std::size_t mistakes = 0;
    for (std::string line; std::getline(stream, line); ++lines) {
        const bool is_wrong = line.find("    looks like  ") == 0;
        mistakes += names_a_mistake(line);
        const bool is_code = is_wrong || line.find("    right is    ") == 0;
        BOOST_TEST((is_code || line.size() <= 80), line);
    }
    const bool is_simple = mistakes <= 1 && output.find("before any gradient:") == std::string::npos &&
                           output.find("same numbers:") == std::string::npos &&
                           output.find("of every gradient") == std::string::npos;
    if (is_simple) BOOST_TEST(lines <= 24, output);
}

void is_answered(const FieldCase& field) {
    const std::string file = field.file.ends_with(".npz") ? field.file : field.file + ".npz";
    const checks::Run run =
        checks::run_gradproof(fmt::format("check checks/tests/diagnosis/field/{} {}", file, quoted(field.arguments)));
    const std::string answer = checks::unfolded(run.output);
    BOOST_TEST(run.status == field.exit_status, "ended with " << run.status << ", not " << field.exit_status << ":\n"
                                                              << run.output);
    if (run.status < 2) fits_the_screen(run.output);
    for (const std::string& phrase : field.must)
        BOOST_TEST(answer.find(trimmed(phrase)) != std::string::npos, "does not say '" << trimmed(phrase) << "' but:\n"
                                                                                       << run.output);
    for (const std::string& phrase : field.never)
        BOOST_TEST(answer.find(trimmed(phrase)) == std::string::npos, "says '" << trimmed(phrase) << "':\n"
                                                                               << run.output);
}

}  // namespace

void add_field_cases() {
    std::map<std::string, int> runs;
    for (const FieldCase& field : field_cases()) {
        const int run = ++runs[field.file];
        checks::add_case(fmt::format("field/{}{}", field.file, run == 1 ? "" : fmt::format("_{}", run)),
                         [field] { is_answered(field); });
    }
}

}  // namespace gradproof::diagnosis
