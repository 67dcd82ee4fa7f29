// SPDX-License-Identifier: MIT
#include "notes/second_reader/opinion.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "notes/second_reader/tree_reading.hpp"

namespace gradproof::notes::second {
namespace {

std::string without_blanks(std::string text) {
    std::erase(text, ' ');
    return text;
}

// A parameter or a definition without indices can hide how far an index runs; the first reader knows it from the
// shapes. Then all that can be said is that it runs from 1 to some size.
bool runs_over_all(const Reading& first) {
    const auto& end = first.parts[2];
    return first.parts[1] == Reading{"1", {}} && end.parts.empty() && !end.head.starts_with("index ");
}

template <class Read>
std::optional<std::string> first_difference(const std::vector<Reading>& second, const std::vector<Read>& first,
                                            std::size_t begin, const std::vector<Symbol>& symbols) {
    for (std::size_t i = 0; i < std::max(second.size(), first.size() - begin); ++i) {
        const bool both = i < second.size() && begin + i < first.size();
        if (both && agree(second[i], reading_of(first[begin + i], symbols))) continue;
        return fmt::format("    one:   {}\n    other: {}",
                           begin + i < first.size() ? spelled(reading_of(first[begin + i], symbols)) : "nothing",
                           i < second.size() ? spelled(second[i]) : "nothing");
    }
    return std::nullopt;
}

// W_{12} is one entry of a column or W_{1,2}: that takes the shape of W.
bool are_two_digits(const Reading& second, const Reading& first) {
    return second.head == "entry" && first.parts.size() == 3 && second.parts.size() == 2 &&
           second.parts[1].head.size() == 2 && second.parts[1].parts.empty() && first.parts[1].parts.empty() &&
           first.parts[2].parts.empty() && second.parts[1].head == first.parts[1].head + first.parts[2].head;
}

}  // namespace

bool agree(const Reading& second, const Reading& first) {
    if (second.head != first.head) return false;
    if (are_two_digits(second, first)) return agree(second.parts[0], first.parts[0]);
    const bool open = second.head.find(" over ") != std::string::npos && second.parts.size() == 1;
    if (open ? first.parts.size() != 3 || !runs_over_all(first) : first.parts.size() != second.parts.size())
        return false;
    for (std::size_t i = 0; i < second.parts.size(); ++i)
        if (!agree(second.parts[i], first.parts[i])) return false;
    return true;
}

void Opinion::import(const Declarations& declarations) {
    for (const auto& [name, declaration] : declarations) account_.declarations.insert_or_assign(name, declaration);
}

void Opinion::follow(const Names& names, const std::vector<Symbol>& symbols, std::size_t claims) {
    account_.claims.resize(std::min(claims, account_.claims.size()));
    for (const auto& [name, id] : names) {
        const Symbol& symbol = symbols[static_cast<std::size_t>(id)];
        Declaration declaration;
        if (symbol.kind == SymbolKind::function || symbol.kind == SymbolKind::opaque) declaration.role = Role::function;
        if (symbol.kind == SymbolKind::size) declaration.role = Role::size;
        if (symbol.kind == SymbolKind::index) declaration.role = Role::index;
        for (const int parameter : symbol.parameters)
            declaration.parameters.push_back(without_blanks(symbols[static_cast<std::size_t>(parameter)].name));
        account_.declarations.emplace(without_blanks(name), std::move(declaration));
    }
}

void Opinion::declare_table(const Table& table) {
    for (const auto& row : table.rows) {
        try {
            for (const auto& name : declare(row.cells[0].text, row.cells[2].text, account_.declarations))
                own_.insert(name);
        } catch (const Unreadable&) {
            continue;  // its name is unknown then, and whatever uses it is not agreed upon
        }
    }
}

std::optional<std::string> Opinion::disagreement(std::string_view fence, const Document& document,
                                                 const std::vector<Symbol>& symbols, std::size_t first_definition,
                                                 std::size_t first_claim) {
    try {
        const auto statements = read(fence, account_.declarations, own_);
        account_.claims.insert(account_.claims.end(), statements.claims.begin(), statements.claims.end());
        if (auto found = first_difference(statements.definitions, document.definitions, first_definition, symbols))
            return found;
        return first_difference(statements.claims, document.claims, first_claim, symbols);
    } catch (const Unreadable& error) {
        return fmt::format("    one:   can read it\n    other: {}", error.what());
    }
}

}  // namespace gradproof::notes::second
