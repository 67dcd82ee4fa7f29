// SPDX-License-Identifier: MIT
//
// Tables and statements; formulas are read by climber.cpp.
#include "notes/second_reader/reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "notes/second_reader/climber.hpp"
#include "notes/second_reader/pieces.hpp"

namespace gradproof::notes::second {
namespace {

bool mentions(const Reading& reading, std::string_view name) {
    return reading.head == name || reading.head.starts_with("call " + std::string(name)) ||
           std::any_of(reading.parts.begin(), reading.parts.end(),
                       [name](const Reading& part) { return mentions(part, name); });
}

// A name that an imported note builds on keeps its meaning there, although it gets another one here.
void add(const std::string& name, Declaration made, Declarations& declarations) {
    if (declarations.contains(name))
        made.ambiguous = std::any_of(declarations.begin(), declarations.end(), [&](const auto& other) {
            return !other.second.body.empty() && mentions(other.second.body[0], name);
        });
    declarations.insert_or_assign(name, std::move(made));
}

// The formulas in a cell, and what is written around them.
std::pair<std::vector<std::string>, std::string> taken_apart(std::string_view cell) {
    std::vector<std::string> formulas;
    std::string words;
    for (;;) {
        const auto open = cell.find("$`");
        words += cell.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = std::min(cell.find("`$", open + 2), cell.size());
        formulas.emplace_back(cell.substr(open + 2, close - open - 2));
        cell.remove_prefix(std::min(close + 2, cell.size()));
    }
    return {std::move(formulas), std::move(words)};
}

// What the table says a name is: 5 and 2, 3, 4 are sizes, 1, \dots, K is the range of an index.
Role role_of(std::string_view values) {
    const auto [formulas, words] = taken_apart(values);
    if (words.find("function") != std::string::npos) return Role::function;
    if (words.find_first_not_of(" ") != std::string::npos || formulas.empty()) return Role::value;
    const auto pieces = pieces_of(formulas[0]);
    if (std::find(pieces.begin(), pieces.end(), "\\dots") != pieces.end() ||
        std::find(pieces.begin(), pieces.end(), "\\ldots") != pieces.end())
        return Role::index;
    const auto is_size = [](const std::string& piece) {
        return piece == "," || (piece.size() <= 2 && piece[0] > '0' && piece[0] <= '9' && std::stoi(piece) <= 12);
    };
    return std::all_of(pieces.begin(), pieces.end(), is_size) ? Role::size : Role::value;
}

// \mathbb{R}^{3 \times m}, [0,1]^{K}: rows and columns
std::vector<std::string> shape_of(std::string_view values) {
    const auto formulas = taken_apart(values).first;
    if (formulas.empty()) return {};
    const auto pieces = pieces_of(formulas[0]);
    const auto power = std::find(pieces.begin(), pieces.end(), "^");
    if (power == pieces.end()) return {};
    const Declarations none;
    Climber walk({power + 1, pieces.end()}, none);
    walk.take("{");
    std::vector<std::string> shape;
    do {
        const std::string digits(walk.piece());
        const bool number = digits.find_first_not_of("0123456789") == std::string::npos;
        if (number) walk.step();
        shape.push_back(number ? digits : walk.any_name().whole());
    } while (walk.take("\\times"));
    return shape;
}

class FenceReader {
  public:
    FenceReader(std::string_view fence, Declarations& declarations, const std::set<std::string, std::less<>>& own)
        : walk_(pieces_of(fence), declarations), declarations_(declarations), own_(own) {}

    Statements run() {
        for (;;) {
            while (is_between(0)) walk_.step();
            if (walk_.at_end()) return std::move(statements_);
            statement();
        }
    }

  private:
    Climber walk_;
    Declarations& declarations_;
    const std::set<std::string, std::less<>>& own_;
    Statements statements_;

    bool is_wide(std::size_t ahead) const { return walk_.piece(ahead) == "\\quad" || walk_.piece(ahead) == "\\qquad"; }
    bool is_between(std::size_t ahead) const {
        const auto piece = walk_.piece(ahead);
        return piece == "," || piece == "." || piece == "\\\\" || is_wide(ahead);
    }
    bool is_introduction(std::size_t ahead) const {
        static constexpr std::array<std::string_view, 7> words{"\\text{for}",    "\\text{if}",   "\\text{where}",
                                                               "\\text{when}",   "\\text{with}", "\\text{and}",
                                                               "\\text{for all}"};
        return std::find(words.begin(), words.end(), walk_.piece(ahead)) != words.end();
    }

    // Whether := comes before any other relation of this statement.
    bool defines() const {
        int depth = 0;
        for (std::size_t ahead = 0; !walk_.piece(ahead).empty(); ++ahead) {
            const auto piece = walk_.piece(ahead);
            if (piece == "\\\\" || is_wide(ahead)) return false;
            if (piece == "(" || piece == "[" || piece == "{") ++depth;
            if (piece == ")" || piece == "]" || piece == "}") --depth;
            if (depth > 0) continue;
            if (piece == ":" && walk_.piece(ahead + 1) == "=") return true;
            if (piece == "=" || piece == "<" || piece == ">") return false;
        }
        return false;
    }

    void statement() {
        Reading left = defines() ? definition() : walk_.formula();
        std::vector<Reading> chain;
        while (const auto relation = walk_.relation()) {
            Reading right = walk_.formula();
            chain.push_back({*relation, {std::move(left), right}});
            left = std::move(right);
        }
        std::vector<Reading> conditions;
        while (const auto ahead = condition_ahead(!conditions.empty())) {
            walk_.step(*ahead);
            while (is_introduction(0)) walk_.step();
            for (auto& one : walk_.conditions()) conditions.push_back(std::move(one));
        }
        for (auto& claim : chain) {
            claim.parts.insert(claim.parts.end(), conditions.begin(), conditions.end());
            statements_.claims.push_back(std::move(claim));
        }
    }

    // How many pieces stand in front of the next condition, if one comes: behind \text{for}, behind a wide space
    // without a comma, or behind a comma without a wide space if there was a condition before.
    std::optional<std::size_t> condition_ahead(bool one_before) const {
        std::size_t ahead = 0;
        bool comma = false;
        bool wide = false;
        for (; walk_.piece(ahead) == "," || walk_.piece(ahead) == "." || is_wide(ahead); ++ahead) {
            comma = comma || walk_.piece(ahead) == ",";
            wide = wide || is_wide(ahead);
        }
        if (walk_.piece(ahead).empty() || walk_.piece(ahead) == "\\\\") return std::nullopt;
        const bool comes = is_introduction(ahead) || (comma ? !wide && one_before : wide);
        return comes ? std::optional(ahead) : std::nullopt;
    }

    // Returns what a relation behind the definition claims about.
    Reading definition() {
        auto name = walk_.any_name();
        Declaration made;
        Reading left;
        Reading claimed;
        walk_.local.clear();
        if (walk_.take("(")) {
            made.role = Role::function;
            do made.parameters.push_back(walk_.any_name().whole());
            while (walk_.take(","));
            if (!walk_.take(")")) throw Unreadable("the parameters are not closed");
            walk_.local.insert(made.parameters.begin(), made.parameters.end());
            left.head = claimed.head = name.whole();
            for (const auto& parameter : made.parameters) {
                left.parts.push_back({"local " + parameter, {}});
                claimed.parts.push_back({parameter, {}});
            }
            claimed.head.insert(0, "call ");
        } else if (const auto letters = indices_of(name); !letters.empty()) {
            name.subscript.clear();
            left.head = name.whole();
            claimed = {"entry", {{name.whole(), {}}}};
            for (const char letter : letters) {
                walk_.bound.insert(std::string(1, letter));
                left.parts.push_back({"index " + std::string(1, letter), {}});
                claimed.parts.push_back(left.parts.back());
            }
        } else {
            left.head = claimed.head = name.whole();
        }
        if (walk_.relation() != ":=") throw Unreadable("expected := behind " + name.whole());
        Reading body = walk_.formula();
        if (made.role == Role::value)
            for (const auto& index : left.parts)
                made.shape.push_back(range_of(index.head.substr(6), body, declarations_));
        walk_.local.clear();
        walk_.bound.clear();
        for (const auto& part : left.parts)
            if (part.head.starts_with("index ")) made.indices.push_back(part.head.substr(6));
        made.body = {body};
        add(name.whole(), std::move(made), declarations_);
        statements_.definitions.push_back({":=", {std::move(left), std::move(body)}});
        return claimed;
    }

    // The letters of the subscript of p_k := ... if they are indices: one or two, used as subscripts behind, of a name
    // that the table does not have.
    std::string indices_of(const Climber::Name& name) const {
        std::string letters = name.subscript;
        std::erase(letters, ',');
        const bool plain =
            !letters.empty() && letters.size() <= 2 &&
            letters.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos &&
            (letters.size() == 1 || letters[0] != letters[1]);
        if (!plain || own_.contains(name.whole())) return {};
        const auto is_used = [this](const std::string& letter) {
            for (std::size_t ahead = 0; !walk_.piece(ahead).empty() && !is_wide(ahead); ++ahead) {
                if (walk_.piece(ahead) != "_") continue;
                if (walk_.piece(ahead + 1) == letter) return true;
                int depth = 0;
                for (std::size_t inner = ahead + 1; !walk_.piece(inner).empty(); ++inner) {
                    if (walk_.piece(inner) == "{") ++depth;
                    if (walk_.piece(inner) == "}") --depth;
                    if (depth == 0) break;
                    if (walk_.piece(inner) == letter) return true;
                }
            }
            return false;
        };
        const bool all_used =
            std::all_of(letters.begin(), letters.end(), [&](char letter) { return is_used(std::string(1, letter)); });
        return all_used ? letters : std::string();
    }
};

}  // namespace

std::string range_of(std::string_view index, const Reading& body, const Declarations& declarations) {
    if (body.head == "entry") {
        const auto matrix = declarations.find(body.parts[0].head);
        for (std::size_t i = 1; matrix != declarations.end() && i < body.parts.size(); ++i)
            if (body.parts[i].head == "index " + std::string(index) && i <= matrix->second.shape.size() &&
                !matrix->second.shape[i - 1].empty())
                return matrix->second.shape[i - 1];
    }
    for (const auto& part : body.parts)
        if (auto found = range_of(index, part, declarations); !found.empty()) return found;
    return {};
}

std::vector<std::string> declare(std::string_view symbols, std::string_view values, Declarations& declarations) {
    std::vector<std::string> names;
    for (const auto& formula : taken_apart(symbols).first) {
        Climber walk(pieces_of(formula), declarations);
        Declaration made;
        made.role = role_of(values);
        if (made.role == Role::value) made.shape = shape_of(values);
        const auto name = walk.any_name().whole();
        if (walk.take("(")) {
            do made.parameters.push_back(walk.any_name().whole());
            while (walk.take(","));
        }
        const auto [formulas, words] = taken_apart(values);
        made.words = words;
        if (!formulas.empty()) made.values = pieces_of(formulas[0]);
        names.push_back(name);
        add(name, std::move(made), declarations);
    }
    return names;
}

Statements read(std::string_view fence, Declarations& declarations, const std::set<std::string, std::less<>>& own) {
    return FenceReader(fence, declarations, own).run();
}

}  // namespace gradproof::notes::second
