// SPDX-License-Identifier: MIT
#include "notes/second_reader/climber.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace gradproof::notes::second {
namespace {

template <std::size_t N>
using Words = std::array<std::string_view, N>;

constexpr Words<8> functions{"\\log", "\\exp", "\\tanh", "\\sinh", "\\cosh", "\\sin", "\\cos", "\\arctan"};
constexpr Words<3> alphabets{"\\mathcal", "\\mathbf", "\\mathrm"};
// Commands that are no letters. All others are: Greek ones.
constexpr Words<38> signs{"\\frac", "\\sqrt",  "\\top",    "\\prime", "\\partial", "\\det",   "\\in",    "\\notin",
                          "\\dots", "\\ldots", "\\mathbb", "\\infty", "\\le",      "\\leq",   "\\ge",    "\\geq",
                          "\\neq",  "\\ne",    "\\approx", "\\lvert", "\\rvert",   "\\lVert", "\\rVert", "\\{",
                          "\\}",    "\\cdot",  "\\times",  "\\odot",  "\\max",     "\\min",   "\\sum",   "\\prod",
                          "\\quad", "\\qquad", "\\\\",     "\\text",  "\\begin",   "\\end"};

template <std::size_t N>
bool is_in(const Words<N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}
bool is_letter(std::string_view piece) {
    return piece.size() == 1 && ((piece[0] >= 'a' && piece[0] <= 'z') || (piece[0] >= 'A' && piece[0] <= 'Z'));
}
bool is_number(std::string_view piece) {
    return !piece.empty() && piece[0] >= '0' && piece[0] <= '9';
}
bool is_greek(std::string_view piece) {
    return piece.size() > 1 && piece[0] == '\\' && piece.find('{') == std::string_view::npos && !is_in(signs, piece) &&
           !is_in(functions, piece) && !is_in(alphabets, piece);
}

struct Operation {
    std::string_view head;
    Climber::Binding binding;
};

std::optional<Operation> operation(std::string_view piece) {
    using enum Climber::Binding;
    if (piece == "+" || piece == "-") return Operation{piece, sum};
    if (piece == "\\odot") return Operation{"odot", entrywise};
    if (piece == "/") return Operation{"/", product};
    if (piece == "\\cdot" || piece == "\\times") return Operation{"*", product};
    return std::nullopt;
}

Climber::Binding tighter(Climber::Binding binding) {
    return static_cast<Climber::Binding>(static_cast<int>(binding) + 1);
}

}  // namespace

std::string Climber::Name::whole() const {
    return base + (subscript.empty() ? "" : "_{" + subscript + "}") +
           (superscript.empty() ? "" : "^{" + superscript + "}");
}

std::string_view Climber::piece(std::size_t ahead) const {
    return at_ + ahead < pieces_.size() ? std::string_view(pieces_[at_ + ahead]) : std::string_view();
}

bool Climber::take(std::string_view expected) {
    if (piece() != expected) return false;
    ++at_;
    return true;
}

void Climber::need(std::string_view expected) {
    if (!take(expected)) refuse(expected);
}

void Climber::refuse(std::string_view expected) const {
    throw Unreadable("expected " + std::string(expected) + " in front of '" + std::string(piece()) + "'");
}

Role Climber::role(std::string_view name) const {
    const auto found = declarations_.find(name);
    return local.contains(name) || found == declarations_.end() ? Role::value : found->second.role;
}

bool Climber::begins_name(std::size_t ahead) const {
    return is_letter(piece(ahead)) || is_greek(piece(ahead)) || is_in(alphabets, piece(ahead));
}

bool Climber::begins_factor() const {
    static constexpr Words<11> openers{"(",     "[",     "{",     "\\frac", "\\sqrt", "\\det",
                                       "\\max", "\\min", "\\sum", "\\prod", "\\lvert"};
    return begins_name() || is_number(piece()) || is_in(functions, piece()) || is_in(openers, piece()) ||
           piece() == "\\lVert" || piece().starts_with("\\begin{");
}

Reading Climber::formula(Binding weakest) {
    if (++depth_ > 2000) refuse("less depth");
    Reading left;
    if (weakest == Binding::sum && take("-")) {
        left = {"-", {formula(Binding::entrywise)}};
    } else {
        if (weakest == Binding::sum) take("+");
        left = weakest == Binding::factor ? factor() : formula(tighter(weakest));
    }
    for (;;) {
        auto next = operation(piece());
        const bool written = next.has_value();
        if (!written && begins_factor()) next = Operation{"*", Binding::product};
        if (!next || next->binding != weakest) break;
        if (written) ++at_;
        left = {std::string(next->head), {std::move(left), formula(tighter(weakest))}};
    }
    --depth_;
    return left;
}

Reading Climber::factor() {
    Reading base = first();
    for (;;) {
        if (take("^")) {
            base = superscript(std::move(base));
        } else if (piece() == "_" && (base.head.starts_with("call ") || base.head == "top")) {
            base = with_entries(std::move(base));
        } else {
            return base;
        }
    }
}

Reading Climber::superscript(Reading base) {
    if (take("\\top")) return {"top", {std::move(base)}};
    if (!take("{")) {
        if (is_number(piece())) return {"^", {std::move(base), {std::string(pieces_[at_++]), {}}}};
        return {"^", {std::move(base), first()}};
    }
    Reading raised;
    if (take("\\top")) {
        raised = {"top", {std::move(base)}};
    } else if (piece() == "(" && (is_letter(piece(1)) || is_number(piece(1))) && piece(2) == ")" && piece(3) == "}") {
        step();
        raised = {"column", {std::move(base), index()}};
        step();
    } else {
        raised = {"^", {std::move(base), formula()}};
    }
    need("}");
    return raised;
}

Reading Climber::first() {
    const auto here = piece();
    if (is_number(here)) return {pieces_[at_++], {}};
    if (take("(")) return group(")");
    if (take("[")) return group("]");
    if (here == "{") return braces();
    if (take("|")) return {"abs", {group("|")}};
    if (take("\\lvert")) return {"abs", {group("\\rvert")}};
    if (take("\\lVert")) {
        Reading norm{"norm", {group("\\rVert")}};
        if (piece() == "_" && piece(1) == "F") step(2);
        return norm;
    }
    if (take("\\sqrt")) {
        need("{");
        return {"sqrt", {group("}")}};
    }
    if (take("\\det")) return {"det", {argument()}};
    if (here == "\\frac") return fraction();
    if (here == "\\sum" || here == "\\prod") return over();
    if (here == "\\max" || here == "\\min") return extremum();
    if (is_in(functions, here)) return elementary();
    if (take("\\begin{cases}")) return cases();
    if (take("\\begin{pmatrix}")) return matrix("\\end{pmatrix}");
    if (take("\\begin{bmatrix}")) return matrix("\\end{bmatrix}");
    if (begins_name()) return name();
    refuse("a formula");
}

Reading Climber::group(std::string_view close) {
    Reading inner = formula();
    need(close);
    return inner;
}

std::size_t Climber::behind_brace(std::size_t open) const {
    int depth = 0;
    for (std::size_t i = open; i < pieces_.size(); ++i) {
        if (pieces_[i] == "{") ++depth;
        if (pieces_[i] == "}" && --depth == 0) return i + 1;
    }
    refuse("a closed brace");
}

// Braces around the name of a function alone, as in {g^{[1]}}'(z), or around a formula.
Reading Climber::braces() {
    const auto start = at_;
    step();
    if (begins_name()) {
        const auto end = behind_brace(start);
        const auto found = longest_declared();
        if (found && found->end + 1 == end && role(found->name) == Role::function) {
            at_ = end;
            return call(found->name);
        }
    }
    at_ = start + 1;
    return group("}");
}

std::string Climber::base() {
    std::string text(piece());
    if (!begins_name()) refuse("a name");
    step();
    if (!is_in(alphabets, text)) return text;
    need("{");
    text += '{';
    while (is_letter(piece()) || is_number(piece())) text += pieces_[at_++];
    need("}");
    return text + '}';
}

// The text of a sub- or superscript as a part of a name; nullopt if it is none.
std::optional<std::string> Climber::script() {
    if (piece() == "{") {
        const auto end = behind_brace(at_);
        std::string text;
        for (++at_; at_ + 1 < end; ++at_) text += pieces_[at_];
        at_ = end;
        return text.empty() ? std::nullopt : std::optional(text);
    }
    const bool one = is_letter(piece()) || (is_number(piece()) && piece().size() == 1) ||
                     (piece().starts_with('\\') && piece() != "\\top" && piece() != "\\prime");
    if (!one) return std::nullopt;
    return pieces_[at_++];
}

Climber::Name Climber::any_name() {
    Name found;
    const bool differential = piece() == "d" && begins_name(1);
    if (differential) step();
    found.base = (differential ? "d" : "") + base();
    for (;;) {
        const bool sub = piece() == "_" && found.subscript.empty();
        const bool sup = piece() == "^" && found.superscript.empty();
        if (!sub && !sup) return found;
        const auto start = at_++;
        const auto text = script();
        if (!text) {
            at_ = start;
            return found;
        }
        (sub ? found.subscript : found.superscript) = *text;
    }
}

std::optional<Climber::Found> Climber::longest_declared() {
    const auto start = at_;
    std::optional<Found> longest;
    const auto consider = [&](const Name& candidate) {
        if (!longest && known(candidate.whole())) longest = Found{candidate.whole(), at_};
    };
    for (const bool differential : {true, false}) {
        at_ = start;
        if (differential && !(piece() == "d" && begins_name(1))) continue;
        if (differential) step();
        Name shortest;
        shortest.base = (differential ? "d" : "") + base();
        const auto behind_base = at_;
        if (piece() == "_" || piece() == "^") {
            const bool sub = piece() == "_";
            step();
            Name with_one = shortest;
            const auto one = script();
            if (one) {
                (sub ? with_one.subscript : with_one.superscript) = *one;
                const auto behind_one = at_;
                if (piece() == (sub ? "^" : "_")) {
                    step();
                    Name with_two = with_one;
                    const auto two = script();
                    if (two) {
                        (sub ? with_two.superscript : with_two.subscript) = *two;
                        consider(with_two);
                    }
                }
                at_ = behind_one;
                consider(with_one);
            }
        }
        at_ = behind_base;
        consider(shortest);
    }
    at_ = start;
    return longest;
}

// W_{ij}^{[1]}, W^{[1]\top}, g^{[1]\prime}(z): the layer in brackets belongs to the name, what stands around it not.
std::optional<Reading> Climber::entries_before_layer() {
    const auto start = at_;
    std::string text = base();
    if (text == "d" && begins_name()) text += base();
    std::size_t subscript = 0;
    if (take("_")) {
        subscript = at_;
        static_cast<void>(script());
    }
    if (piece() == "^" && piece(1) == "{" && piece(2) == "[") {
        const auto end = behind_brace(at_ + 1);
        step(2);
        std::string layer;
        while (at_ < end && layer.find(']') == std::string::npos) layer += pieces_[at_++];
        text += "^{" + layer + "}";
        const bool transposed = take("\\top");
        int dashes = 0;
        while (take("\\prime") || take("'")) ++dashes;
        if (at_ + 1 == end && known(text)) {
            at_ = end;
            if (role(text) == Role::function) {
                at_ = end;
                Reading called = call(text);
                called.head += std::string(static_cast<std::size_t>(dashes), '\'');
                return called;
            }
            Reading reading{(local.contains(text) ? "local " : "") + text, {}};
            if (subscript > 0) {
                at_ = subscript;
                reading.parts = indices();
                reading.parts.insert(reading.parts.begin(), {reading.head, {}});
                reading.head = "entry";
                at_ = end;
            }
            if (piece() == "_") reading = with_entries(std::move(reading));
            if (transposed) reading = {"top", {std::move(reading)}};
            return reading;
        }
    }
    at_ = start;
    return std::nullopt;
}

Reading Climber::name() {
    if (is_letter(piece()) && bound.contains(piece()) && piece(1) != "_") return {"index " + pieces_[at_++], {}};
    const auto found = longest_declared();
    const bool layer_follows = found && found->end + 2 < pieces_.size() && pieces_[found->end] == "^" &&
                               pieces_[found->end + 1] == "{" && pieces_[found->end + 2] == "[";
    if (!found || layer_follows)
        if (auto reading = entries_before_layer()) return *reading;
    if (found) return named(*found);
    if (piece() == "e" || piece() == "\\pi") return {"constant " + pieces_[at_++], {}};
    if (piece(1) == "_" && (piece() == "\\delta" || piece() == "I")) {
        const bool identity = piece() == "I";
        step(2);
        auto which = indices();
        return {identity ? "identity" : "delta", std::move(which)};
    }
    if (piece() == "\\mathbf" && piece(2) == "1" && piece(4) == "_") {
        step(5);
        return {"ones", indices()};
    }
    const auto built_in = base();
    if (!take("(")) refuse("a declared name");
    if (built_in == "\\mathrm{diag}") return {"diag", {group(")")}};
    if (built_in == "\\mathrm{tr}") return {"tr", {group(")")}};
    if (built_in == "\\mathrm{erf}") return {"erf", {group(")")}};
    refuse("a declared name");
}

Reading Climber::named(const Found& found) {
    at_ = found.end;
    if (local.contains(found.name)) {
        Reading parameter{"local " + found.name, {}};
        return piece() == "_" ? with_entries(std::move(parameter)) : parameter;
    }
    switch (role(found.name)) {
        case Role::function:
            return call(found.name);
        case Role::index:
            return {"index " + found.name, {}};
        default:
            return piece() == "_" ? with_entries({found.name, {}}) : Reading{found.name, {}};
    }
}

int Climber::primes() {
    int count = 0;
    while (take("'")) ++count;
    if (piece() == "^" && (piece(1) == "\\prime" || (piece(1) == "{" && piece(2) == "\\prime"))) {
        step();
        const bool braced = take("{");
        while (take("\\prime")) ++count;
        if (braced) need("}");
    }
    return count;
}

Reading Climber::call(const std::string& function) {
    const auto dashes = static_cast<std::size_t>(primes());
    Reading reading{"call " + function + std::string(dashes, '\''), {}};
    need("(");
    do reading.parts.push_back(formula());
    while (take(","));
    need(")");
    return reading;
}

Reading Climber::with_entries(Reading base) {
    need("_");
    Reading entry{"entry", indices()};
    entry.parts.insert(entry.parts.begin(), std::move(base));
    return entry;
}

std::vector<Reading> Climber::indices() {
    if (!take("{")) return {index_atom()};
    std::vector<Reading> found;
    while (!take("}")) {
        found.push_back(index());
        take(",");
    }
    return found;
}

Reading Climber::index() {
    Reading left = index_atom();
    while (piece() == "+" || piece() == "-") {
        std::string head(piece());
        step();
        left = {std::move(head), {std::move(left), index_atom()}};
    }
    return left;
}

Reading Climber::index_atom() {
    if (is_number(piece())) return {pieces_[at_++], {}};
    if (!is_letter(piece()) && piece() != "\\ell") refuse("an index");
    const auto& letter = pieces_[at_++];
    const bool size = !bound.contains(letter) && role(letter) == Role::size;
    return {size ? letter : "index " + letter, {}};
}

Reading Climber::elementary() {
    const auto which = pieces_[at_++].substr(1);
    std::optional<Reading> exponent;
    if (take("^")) {
        if (take("{")) {
            exponent = group("}");
        } else {
            exponent = Reading{pieces_.at(at_), {}};
            step();
        }
    }
    Reading value{which, {argument()}};
    if (exponent) return {"^", {std::move(value), std::move(*exponent)}};
    return value;
}

// In parentheses, or the next factor.
Reading Climber::argument() {
    if (take("(")) return group(")");
    if (take("[")) return group("]");
    if (piece() == "\\sum" || piece() == "\\prod") return over();
    return factor();
}

Reading Climber::extremum() {
    const auto which = pieces_[at_++].substr(1);
    if (take("_")) {
        const bool braced = take("{");
        const std::string letter(piece());
        step();
        if (braced) need("}");
        const auto inside = bound.insert(letter);
        Reading reading{"max over " + letter, {factor()}};
        bound.erase(inside);
        return over_all(std::move(reading), letter);
    }
    need("(");
    Reading reading{which, {}};
    do reading.parts.push_back(formula());
    while (take(","));
    need(")");
    return reading;
}

Reading Climber::over() {
    Reading reading{pieces_[at_++].substr(1) + " over ", {}};
    need("_");
    const bool braced = take("{");
    const std::string letter(piece());
    step();
    std::vector<Reading> ends;
    if (braced && take("=")) {
        ends.push_back(index());
        need("}");
        need("^");
        if (take("{")) {
            ends.push_back(index());
            need("}");
        } else {
            ends.push_back(index_atom());
        }
    } else if (braced) {
        need("}");
    }
    const auto inside = bound.insert(letter);
    reading.head += letter;
    reading.parts.push_back(formula(Binding::entrywise));
    bound.erase(inside);
    if (ends.empty()) return over_all(std::move(reading), letter);
    for (auto& end : ends) reading.parts.push_back(std::move(end));
    return reading;
}

// Without bounds an index runs over all its values: from 1 to where the subscripts end.
Reading Climber::over_all(Reading reading, std::string_view index) const {
    const auto range = range_of(index, reading.parts[0], declarations_);
    if (!range.empty()) {
        reading.parts.push_back({"1", {}});
        reading.parts.push_back({range, {}});
    }
    return reading;
}

Reading Climber::fraction() {
    if (differentiates()) return derivative();
    step();
    if (is_number(piece()) && piece().size() == 2) {
        const auto both = pieces_[at_++];
        return {"/", {{both.substr(0, 1), {}}, {both.substr(1), {}}}};
    }
    need("{");
    Reading top = group("}");
    need("{");
    return {"/", {std::move(top), group("}")}};
}

// \partial above, or d above and below where the lower one does not begin a declared name such as dZ.
bool Climber::differentiates() const {
    if (piece(1) != "{") return false;
    if (piece(2) == "\\partial") return true;
    if (piece(2) != "d") return false;
    const auto below = behind_brace(at_ + 1);
    if (below + 2 >= pieces_.size() || pieces_[below] != "{" || pieces_[below + 1] != "d") return false;
    return !known("d" + pieces_[below + 2]);
}

int Climber::order() {
    const auto start = at_;
    if (!take("^")) return 1;
    const bool braced = take("{");
    const auto digit = piece();
    if (is_number(digit) && digit.size() == 1) {
        step();
        if (!braced || take("}")) return digit[0] - '0';
    }
    at_ = start;
    return 1;
}

Reading Climber::derivative() {
    const auto above_end = behind_brace(at_ + 1);
    step(2);
    const std::string sign(piece());
    step();
    const int times = order();
    const auto above = at_;
    at_ = above_end;
    need("{");
    std::vector<Reading> by;
    while (!take("}")) {
        need(sign);
        const Reading one = piece() == "{" ? first() : name();
        for (int i = order(); i > 0; --i) by.push_back(one);
    }
    if (by.empty() || static_cast<int>(by.size()) != times) refuse("one order above and below");
    Reading reading{"derivative", {}};
    if (above + 1 == above_end) {
        reading.parts.push_back(factor());
    } else {
        const auto behind = at_;
        at_ = above;
        const auto found = begins_name() ? longest_declared() : std::nullopt;
        if (found && found->end + 1 == above_end && role(found->name) == Role::function &&
            !declarations_.find(found->name)->second.parameters.empty()) {
            const auto& parameters = declarations_.find(found->name)->second.parameters;
            Reading called{"call " + found->name, {}};
            for (const auto& parameter : parameters)
                called.parts.push_back(parameters.size() == 1 && by[0].head != "entry" ? by[0]
                                                                                       : Reading{parameter, {}});
            reading.parts.push_back(std::move(called));
        } else {
            reading.parts.push_back(group("}"));
            if (at_ != above_end) refuse("the end of the numerator");
        }
        at_ = behind;
    }
    for (auto& one : by) reading.parts.push_back(std::move(one));
    return reading;
}

std::optional<std::string> Climber::relation() {
    if (piece() == ":" && piece(1) == "=") {
        step(2);
        return ":=";
    }
    struct Spelling {
        std::string_view written, meant;
    };
    static constexpr std::array<Spelling, 10> spellings{{{"=", "="},
                                                         {"<", "<"},
                                                         {">", ">"},
                                                         {"\\le", "<="},
                                                         {"\\leq", "<="},
                                                         {"\\ge", ">="},
                                                         {"\\geq", ">="},
                                                         {"\\neq", "!="},
                                                         {"\\ne", "!="},
                                                         {"\\approx", "~"}}};
    for (const auto& [written, meant] : spellings)
        if (take(written)) return std::string(meant);
    return std::nullopt;
}

std::vector<Reading> Climber::conditions() {
    const auto side = [this]() -> Reading {
        if (is_letter(piece()) && !known(piece()) && piece() != "e") return index();
        return formula();
    };
    Reading left = side();
    if (piece() == "\\in" || piece() == "\\notin") {
        const auto which = pieces_[at_++].substr(1);
        return {{which, {std::move(left), set()}}};
    }
    std::vector<Reading> found;
    while (auto which = relation()) {
        Reading right = side();
        found.push_back({*which, {std::move(left), right}});
        left = std::move(right);
    }
    if (found.empty()) refuse("a condition");
    return found;
}

Reading Climber::set() {
    if (take("\\{")) {
        Reading members{"set", {}};
        do members.parts.push_back(formula());
        while (take(","));
        need("\\}");
        return members;
    }
    if (piece() == "\\mathbb") {
        step(4);
        return {"reals", {}};
    }
    Reading interval{"interval " + std::string(piece()), {}};
    step();
    for (const std::string_view behind : {",", ""}) {
        const bool minus = piece() == "-" && piece(1) == "\\infty";
        if (minus) step();
        if (minus && behind.empty()) refuse("infinity without a minus");
        if (!minus && !behind.empty() && piece() == "\\infty") refuse("a minus");
        interval.parts.push_back(take("\\infty") ? Reading{"infinity", {}} : formula());
        if (!behind.empty()) need(behind);
    }
    if (piece() != ")" && piece() != "]") refuse(") or ]");
    interval.head += piece();
    step();
    return interval;
}

Reading Climber::cases() {
    Reading reading{"cases", {}};
    while (!take("\\end{cases}")) {
        reading.parts.push_back(formula());
        take(",");
        need("&");
        while (take("\\quad") || take("\\qquad")) continue;
        if (take("\\text{otherwise}")) {
            reading.parts.push_back({"otherwise", {}});
        } else {
            if (!take("\\text{if}")) take("\\text{for}");
            for (auto& condition : conditions()) reading.parts.push_back(std::move(condition));
        }
        take(",");
        take("\\\\");
    }
    return reading;
}

Reading Climber::matrix(std::string_view end) {
    std::vector<Reading> rows;
    while (!take(end)) {
        Reading row{"row", {}};
        do row.parts.push_back(formula());
        while (take("&"));
        take("\\\\");
        rows.push_back(std::move(row));
    }
    return {"matrix", std::move(rows)};
}

}  // namespace gradproof::notes::second
