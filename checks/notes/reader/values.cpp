// SPDX-License-Identifier: MIT
//
// The column "values" of a symbol table: real, positive, (0,1), \{0,1\}, \mathbb{R}^{3 \times 5}, one-hot in ...
#include <charconv>

#include "notes/reader/document.hpp"

namespace gradproof::notes {
namespace {

constexpr std::string_view expected =
    "expected real, positive, an interval such as $`[0,1]`$ or $`(0,\\infty)`$, a set such as $`\\{0,1\\}`$, "
    "$`\\mathbb{R}^{3 \\times 5}`$, one of these to a power, one-hot or simplex in $`\\mathbb{R}^{3}`$, smooth "
    "function, "
    "increasing function, a size such as $`5`$ or $`2, 3, 4`$, or an index range such as $`1, \\dots, K`$";

class Values {
  public:
    Values(Symbol& symbol, const std::filesystem::path& file, Position where, const std::vector<Token>& tokens,
           const Names& names, const std::vector<Symbol>& symbols)
        : symbol_(symbol), file_(file), where_(where), tokens_(tokens), names_(names), symbols_(symbols) {}

    void read(std::string_view words) {
        if (words == "smooth function" || words == "increasing function") {
            symbol_.kind = SymbolKind::opaque;
            symbol_.increasing = words == "increasing function";
            return finish();
        }
        if (words == "real" || words == "real number") return finish();
        if (words == "positive" || words == "positive in") {
            symbol_.domain.lower = "0";
            if (words == "positive in") space();
            return finish();
        }
        if (words == "one-hot in" || words == "simplex in" || words == "one-hot" || words == "simplex") {
            symbol_.domain.kind = words.starts_with("one") ? Domain::Kind::one_hot : Domain::Kind::simplex;
            space();
            if (symbol_.shape.is_number() || !symbol_.shape.is_column())
                fail("a one-hot vector or simplex is a column: write its size, one-hot in $`\\mathbb{R}^{3}`$");
            return finish();
        }
        if (!words.empty() && words != "real in" && words != "in") fail("these values are not understood");
        if (at().is_command("mathbb")) {
            space();
        } else if (at().is('(') || at().is('[')) {
            interval();
            power();
        } else if (at().is_command("{")) {
            members();
            power();
        } else {
            sizes();
        }
        finish();
    }

  private:
    Symbol& symbol_;
    const std::filesystem::path& file_;
    Position where_;
    const std::vector<Token>& tokens_;
    const Names& names_;
    const std::vector<Symbol>& symbols_;
    std::size_t place_ = 0;

    [[noreturn]] void fail(const std::string& what) const {
        throw NoteError(file_, where_, what + ": " + std::string(expected));
    }
    const Token& at(std::size_t ahead = 0) const { return tokens_[std::min(place_ + ahead, tokens_.size() - 1)]; }
    const Token& next() {
        const Token& token = at();
        if (place_ + 1 < tokens_.size()) ++place_;
        return token;
    }
    void finish() const {
        if (at().type != TokenType::end) fail("these values are not understood from '" + at().text + "' on");
    }

    std::string signed_number() {
        std::string text = at().is('-') ? next().text : "";
        if (at().type != TokenType::number) fail("expected a number in digits, found '" + at().text + "'");
        return text + next().text;
    }

    void interval() {
        symbol_.domain.kind = Domain::Kind::interval;
        symbol_.domain.closed_below = next().is('[');
        const bool from_infinity = at().is('-') && at(1).is_command("infty");
        if (from_infinity) {
            next();
            next();
        } else {
            symbol_.domain.lower = signed_number();
        }
        if (!next().is(',')) fail("the ends of an interval are separated by a comma");
        if (at().is_command("infty")) {
            next();
        } else {
            symbol_.domain.upper = signed_number();
        }
        const Token& close = next();
        if (!close.is(')') && !close.is(']')) fail("an interval ends with ) or ]");
        symbol_.domain.closed_above = close.is(']');
    }

    void members() {
        symbol_.domain.kind = Domain::Kind::finite;
        do {
            next();
            symbol_.domain.members.push_back(signed_number());
        } while (at().is(','));
        if (!at().is_command("}")) fail("a set ends with \\}");
        next();
    }

    // A size: digits, or the name of a size declared above.
    Dimension dimension() {
        if (at().type == TokenType::number) {
            if (at().text.size() > 2 || at().text == "0") fail("a matrix has 1 to 99 rows and columns");
            return next().text;
        }
        std::string name;
        int braces = 0;
        while (at().type != TokenType::end && !at().is_command("times")) {
            if (at().is('{')) ++braces;
            if (at().is('}') && --braces < 0) break;
            const Token& token = next();
            const bool wraps = (token.is('_') || token.is('^')) && !at().is('{');
            name += token.type == TokenType::command ? "\\" + token.text : token.text;
            if (wraps) name += "{" + next().text + "}";
        }
        const auto found = names_.find(name);
        if (found == names_.end() || symbols_[static_cast<std::size_t>(found->second)].kind != SymbolKind::size)
            fail("the size '" + name + "' is not declared above");
        return name;
    }

    void power() {
        if (!at().is('^')) return;
        next();
        if (!at().is('{')) {
            symbol_.shape.rows = dimension();
            return;
        }
        next();
        symbol_.shape.rows = dimension();
        if (at().is_command("times")) {
            next();
            symbol_.shape.columns = dimension();
        }
        if (!next().is('}')) fail("a shape reads \\mathbb{R}^{3 \\times 5}");
    }

    void space() {
        if (at().type == TokenType::end) return;
        if (!at().is_command("mathbb") || !at(1).is('{') || at(2).text != "R" || !at(3).is('}'))
            fail("expected \\mathbb{R}");
        place_ += 4;
        power();
    }

    void sizes() {
        // 5 -> a size; 2, 3, 4 -> a size at which all claims are checked three times; 1, \dots, K -> an index
        std::vector<std::string> numbers;
        for (;;) {
            if (at().is_command("dots") || at().is_command("ldots")) {
                next();
                if (!next().is(',') || numbers.size() != 1 || numbers[0] != "1") fail("an index runs from 1");
                symbol_.kind = SymbolKind::index;
                symbol_.range = dimension();
                return;
            }
            numbers.push_back(signed_number());
            if (!at().is(',')) break;
            next();
        }
        for (const auto& text : numbers) {
            int value = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
            if (error != std::errc{} || end != text.data() + text.size() || value < 1 || value > 12) {
                if (numbers.size() == 1) {  // a fixed number that is no size
                    symbol_.domain.kind = Domain::Kind::finite;
                    symbol_.domain.members = numbers;
                    return;
                }
                fail("sizes are whole numbers from 1 to 12");
            }
            symbol_.listed.push_back(value);
        }
        symbol_.kind = SymbolKind::size;
    }
};

}  // namespace

void read_values(Symbol& symbol, std::string_view words, std::string_view formula, const std::filesystem::path& file,
                 Position where, const Names& names, const std::vector<Symbol>& symbols) {
    const auto tokens = tokens_of(formula, file, where);
    Values(symbol, file, where, tokens, names, symbols).read(words);
}

}  // namespace gradproof::notes
