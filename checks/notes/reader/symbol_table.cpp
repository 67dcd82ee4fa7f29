// SPDX-License-Identifier: MIT
#include "notes/reader/symbol_table.hpp"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "notes/graph/bounds.hpp"
#include "notes/reader/document.hpp"

namespace gradproof::notes {
namespace {

// A cell such as "simplex in $`\mathbb{R}^{3}`$" taken apart.
struct Parts {
    std::string words;
    std::vector<std::pair<std::string, Position>> formulas;
};

Parts parts_of(const Cell& cell) {
    Parts parts;
    std::string_view text = cell.text;
    std::size_t at = 0;
    while (at < text.size()) {
        if (text.substr(at).starts_with("$`")) {
            const auto close = text.find("`$", at + 2);
            if (close == std::string_view::npos) break;
            parts.formulas.emplace_back(std::string(text.substr(at + 2, close - at - 2)),
                                        Position{cell.where.line, cell.where.column + static_cast<int>(at) + 2});
            at = close + 2;
        } else {
            const char c = text[at++];
            if (c != ' ' || (!parts.words.empty() && parts.words.back() != ' ')) parts.words += c;
        }
    }
    while (parts.words.ends_with(' ') || parts.words.ends_with(',')) parts.words.pop_back();
    return parts;
}

class TableReader {
  public:
    TableReader(const std::filesystem::path& file, std::vector<Symbol>& symbols, Names& names, Names& declared)
        : path_(file), symbols_(symbols), names_(names), declared_(declared) {}

    void declare(const Row& row) {
        const auto symbol_cell = parts_of(row.cells[0]);
        const auto values = parts_of(row.cells[2]);
        if (symbol_cell.formulas.empty() || !symbol_cell.words.empty())
            throw NoteError(path_, row.cells[0].where, "a symbol is written as a formula: $`z`$");
        if (values.formulas.size() > 1)
            throw NoteError(path_, row.cells[2].where, "the values are written as one formula");
        for (const auto& [text, where] : symbol_cell.formulas) {
            Symbol symbol;
            symbol.meaning = row.cells[1].text;
            symbol.where = where;
            const auto tokens = tokens_of(text, path_, where);
            Parser parser(text, path_, where, tokens, symbols_, names_);
            if (tokens[0].type != TokenType::letter && tokens[0].type != TokenType::command)
                throw NoteError(path_, where, "a symbol is a letter, a Greek letter or \\mathrm{name}");
            symbol.name = parser.raw_name().canonical();
            std::vector<std::string> parameters;
            if (parser.skip('(')) {
                do parameters.push_back(parser.raw_name().canonical());
                while (parser.skip(','));
                parser.expect(')', "behind the parameters");
            }
            if (!parser.at_end()) parser.fail_here("a symbol is one name; its sub- and superscripts are part of it");
            const auto [formula, formula_where] =
                values.formulas.empty() ? std::pair(std::string(), row.cells[2].where) : values.formulas.front();
            read_values(symbol, values.words, formula, path_, formula_where, names_, symbols_);
            if (!parameters.empty() && symbol.kind != SymbolKind::opaque)
                throw NoteError(path_, where, "only a smooth or increasing function is declared with parameters");
            for (const auto& parameter : parameters) {
                Symbol one;
                one.name = parameter;
                one.kind = SymbolKind::parameter;
                one.where = where;
                symbol.parameters.push_back(add_symbol(symbols_, std::move(one), path_));
            }
            if (declared_.contains(symbol.name)) throw NoteError(path_, where, symbol.name + " is declared twice");
            if (symbol.kind == SymbolKind::size && symbol.listed.size() > 1) distinct_from_others(symbol, where);
            const auto name = symbol.name;
            const int id = add_symbol(symbols_, std::move(symbol), path_);
            names_.insert_or_assign(name, id);
            declared_.insert_or_assign(name, id);
        }
    }

  private:
    const std::filesystem::path& path_;
    std::vector<Symbol>& symbols_;
    Names& names_;
    Names& declared_;

    void distinct_from_others(const Symbol& size, Position where) {
        for (const auto& [name, id] : declared_) {
            const Symbol& other = symbols_[static_cast<std::size_t>(id)];
            if (other.kind == SymbolKind::size && other.listed == size.listed)
                throw NoteError(path_, where,
                                fmt::format("{} and {} have the same sizes: choose different ones, so that a forgotten "
                                            "transpose cannot fit by luck",
                                            name, size.name));
        }
    }
};

}  // namespace

int add_symbol(std::vector<Symbol>& symbols, Symbol symbol, const std::filesystem::path& file) {
    symbol.file = file.string();
    symbols.push_back(std::move(symbol));
    return static_cast<int>(symbols.size()) - 1;
}

void read_symbol_table(const Table& table, const std::filesystem::path& file, std::vector<Symbol>& symbols,
                       Names& names, Names& declared, std::vector<NoteError>& errors) {
    TableReader reader(file, symbols, names, declared);
    for (const auto& row : table.rows) {
        if (declared.size() >= most_symbols) {
            errors.emplace_back(file, row.cells[0].where,
                                fmt::format("the note is too large: more than {} symbols; split it", most_symbols));
            return;
        }
        try {
            reader.declare(row);
        } catch (const NoteError& error) {
            errors.push_back(error);
        }
    }
}

}  // namespace gradproof::notes
