// SPDX-License-Identifier: MIT
#include "pages/cases/case_note.hpp"

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "notes/reader/note.hpp"

namespace gradproof::cases {
namespace {

std::string without(std::string text, std::string_view part) {
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part)) text.erase(at, part.size());
    return text;
}

// On one line, without blanks at the ends or two in a row.
std::string on_one_line(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    while (line.ends_with(' ') || line.ends_with(',')) line.pop_back();
    return line;
}

// The statements "name := formula" of a fence.
std::vector<std::pair<std::string, std::string>> definitions_in(const notes::Fence& fence) {
    std::vector<std::pair<std::string, std::string>> found;
    std::string_view rest = fence.text;
    while (!rest.empty()) {
        const auto end = rest.find("\\qquad");
        const std::string_view statement = rest.substr(0, end);
        if (const auto sign = statement.find(":="); sign != std::string_view::npos)
            found.emplace_back(on_one_line(statement.substr(0, sign)), on_one_line(statement.substr(sign + 2)));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 6);
    }
    return found;
}

}  // namespace

CaseNote read_case_note(const std::filesystem::path& path) {
    const notes::Note note = notes::read_note(path);
    CaseNote read;
    if (note.headings.empty()) throw std::runtime_error(path.string() + ": the note has no title");
    read.title = note.headings.front().text;
    constexpr std::string_view tag = "\\tag{value}";
    std::vector<std::pair<std::string, std::string>> before;
    for (const notes::Fence& fence : note.fences) {
        auto definitions = definitions_in(fence);
        if (fence.text.find(tag) == std::string::npos) {
            std::ranges::move(definitions, std::back_inserter(before));
            continue;
        }
        if (definitions.empty()) break;
        auto [name, formula] = definitions.front();
        formula = on_one_line(without(formula, tag));
        // A loss is a function of prediction and label first, and then its value for this example.
        const auto as_function = std::ranges::find(before, formula, &std::pair<std::string, std::string>::first);
        if (as_function != before.end()) {
            name = as_function->first;
            formula = as_function->second;
            before.erase(as_function);
        }
        read.formula = name + " = " + formula;
        for (const auto& [other, meaning] : before) {
            const std::string head = other.substr(0, other.find('('));
            // A prediction that the note takes from an activation is free on the page.
            if (head != "a" && head != "a_i" && formula.find(head) != std::string::npos)
                read.definitions.push_back(other + " = " + meaning);
        }
        break;
    }
    if (read.formula.empty()) throw std::runtime_error(path.string() + ": there is no formula tagged value");
    for (auto line = note.lines.begin(); line != note.lines.end(); ++line) {
        if (!line->starts_with("Good for ")) continue;
        for (; line != note.lines.end() && !line->empty(); ++line) read.good_for += *line + "\n";
        break;
    }
    read.good_for = on_one_line(read.good_for);
    if (read.good_for.empty())
        throw std::runtime_error(path.string() + ": a paragraph that starts with \"Good for\" should say what for");
    return read;
}

}  // namespace gradproof::cases
