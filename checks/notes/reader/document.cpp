// SPDX-License-Identifier: MIT
#include "notes/reader/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <system_error>

#include "notes/graph/bounds.hpp"
#include "notes/reader/alignment.hpp"
#include "notes/reader/lexer.hpp"
#include "notes/reader/symbol_table.hpp"
#include "notes/second_reader/opinion.hpp"

namespace gradproof::notes {
namespace {

std::string key_of(const std::filesystem::path& path) {
    std::error_code error;
    auto key = std::filesystem::weakly_canonical(path, error);
    return error ? path.lexically_normal().string() : key.string();
}

std::string lower_case(std::string text) {
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// How many steps lead from a formula down to what is not defined.
int depth_of(const Tree& tree, const std::vector<Symbol>& symbols) {
    int depth = tree.symbol >= 0 ? symbols[static_cast<std::size_t>(tree.symbol)].depth : 0;
    for (const auto& child : tree.children) depth = std::max(depth, depth_of(child, symbols));
    return depth + 1;
}

}  // namespace

std::string slug_of(std::string_view text) {
    std::string slug;
    for (const char c : text) {
        const bool keeps = is_letter(c) || is_digit(c);
        if (keeps)
            slug += c;
        else if (!slug.empty() && slug.back() != '_' && c != '\'')
            slug += '_';
    }
    while (slug.ends_with('_')) slug.pop_back();
    return slug;
}

class DocumentReader {
  public:
    DocumentReader(Library& library, Document& document) : library_(library), document_(document) {}

    void read() {
        import();
        for (const auto& table : document_.note.tables)
            if (table.header.size() == 3 && table.header[0] == "symbol" && table.header[1] == "meaning" &&
                table.header[2] == "values") {
                read_symbol_table(table, path(), symbols(), names_, declared_, document_.errors);
                second_.declare_table(table);
            }
        for (std::size_t i = 0; i < document_.note.fences.size() && !full_; ++i) {
            const Fence& fence = document_.note.fences[i];
            if (fence.not_checked) {
                ++document_.not_checked;
                continue;
            }
            const auto claims = document_.claims.size();
            const auto definitions = document_.definitions.size();
            try {
                read_fence(i);
                require_agreement(fence, definitions, claims);
            } catch (const NoteError& error) {
                document_.errors.push_back(error);
                drop_fence(i, claims);
            } catch (const BuildsOnUnread&) {
                drop_fence(i, claims);
            }
            if (document_.errors.size() > most_statements) full_ = true;
        }
        document_.names = names_;
        document_.second = second_.account();
    }

  private:
    Library& library_;
    Document& document_;
    Names names_;
    Names declared_;                      // by this note's own table
    std::map<std::string, int> defined_;  // by this note, with the line
    const Fence* fence_ = nullptr;
    bool full_ = false;             // no more statements are read
    std::set<std::string> unread_;  // names whose definition could not be read
    std::vector<Token> tokens_;
    second::Opinion second_;

    std::vector<Symbol>& symbols() { return library_.symbols_; }
    const std::filesystem::path& path() const { return document_.note.path; }

    void import() {
        for (const auto& link : document_.note.links) {
            const std::string_view line = document_.note.lines[static_cast<std::size_t>(link.where.line - 1)];
            if (!line.starts_with("Notation as in") && !line.starts_with("Definitions as in")) continue;
            const auto target = path().parent_path() / link.target.substr(0, link.target.find('#'));
            try {
                const Document& imported = library_.read(target);
                document_.imports.push_back(key_of(target));
                for (const auto& [name, id] : imported.names) names_.insert_or_assign(name, id);
                second_.import(imported.second.declarations);
            } catch (const NoteError& error) {
                document_.errors.emplace_back(path(), link.where,
                                              "cannot take the notation from " + link.target + ": " + error.what());
            }
        }
    }

    void drop_fence(std::size_t index, std::size_t claims_in_front) {
        document_.claims.resize(claims_in_front);
        second_.follow(names_, symbols(), claims_in_front);
        if (!document_.fences.empty() && document_.fences.back().index == index) document_.fences.pop_back();
        note_unread();
    }

    // Whether := follows a name, with parameters or without.
    static bool is_defined_behind(const Parser& parser) {
        constexpr std::size_t longest = 40;  // of a list of parameters
        std::size_t ahead = 0;
        if (parser.peek().is('('))
            while (ahead < longest && !parser.peek(ahead++).is(')')) continue;
        return parser.peek(ahead).is(':') && parser.peek(ahead + 1).is('=');
    }

    // What this fence would have defined, as far as it is no name yet.
    void note_unread() {
        Parser parser(fence_->text, path(), {fence_->line, 1}, tokens_, symbols(), names_);
        for (std::size_t at = 0; at < tokens_.size(); ++at) {
            const Token& token = tokens_[at];
            const bool begins = at == 0 || tokens_[at - 1].is(',') || tokens_[at - 1].type == TokenType::wide ||
                                tokens_[at - 1].type == TokenType::row;
            if (!begins || (token.type != TokenType::letter && token.type != TokenType::command)) continue;
            parser.go_to(at);
            try {
                const RawName raw = parser.raw_name();
                if (!is_defined_behind(parser)) continue;
                for (const auto& name : {raw.canonical(), RawName{raw.base, "", raw.superscript}.canonical()})
                    if (!names_.contains(name)) unread_.insert(name);
            } catch (const NoteError&) {
                continue;  // no name
            }
        }
    }

    int add_symbol(Symbol symbol) { return notes::add_symbol(symbols(), std::move(symbol), path()); }

    void read_fence(std::size_t index) {
        fence_ = &document_.note.fences[index];
        tokens_.clear();  // of the fence before, should these not be read
        if (fence_->text.size() > longest_fence)
            throw NoteError(path(), {fence_->line, 1},
                            fmt::format("the formula is too large to expand: a fence of {} characters, of at most {}",
                                        fence_->text.size(), longest_fence));
        const Position origin{fence_->line, 1};
        tokens_ = without_alignment(tokens_of(fence_->text, path(), origin), *fence_, path());
        CheckedFence checked;
        checked.index = index;
        checked.line = fence_->line;
        take_tag(checked);
        const bool is_title =
            !document_.note.headings.empty() && document_.note.headings.front().text == fence_->heading;
        checked.name = !checked.tag.empty()                           ? slug_of(checked.tag)
                       : is_title || slug_of(fence_->heading).empty() ? "opening"
                                                                      : lower_case(slug_of(fence_->heading));
        document_.fences.push_back(checked);
        Parser parser(fence_->text, path(), origin, tokens_, symbols(), names_);
        parser.set_unread(unread_);
        for (;;) {
            while (parser.peek().is(',') || parser.peek().is('.') || parser.peek().type == TokenType::wide ||
                   parser.peek().type == TokenType::row)
                parser.next();
            if (parser.at_end()) break;
            require_room(parser.position(parser.peek().begin));
            statement(parser);
            ++document_.fences.back().statements;
        }
        if (document_.fences.back().statements == 0) throw NoteError(path(), origin, "this fence holds no statement");
    }

    // What two readers understand differently is not known: neither its claims nor its definitions are used.
    void require_agreement(const Fence& fence, std::size_t first_definition, std::size_t first_claim) {
        const auto disagreement = second_.disagreement(fence.text, document_, symbols(), first_definition, first_claim);
        if (!disagreement) return;
        for (std::size_t i = first_definition; i < document_.definitions.size(); ++i)
            names_.erase(symbols()[static_cast<std::size_t>(document_.definitions[i].symbol)].name);
        document_.definitions.resize(first_definition);
        throw NoteError(
            path(), {fence.line, 1},
            fmt::format("the two readers of formulas disagree about this fence, please report it:\n{}", *disagreement));
    }

    // The fences in front are still judged.
    void require_room(Position where) {
        if (document_.claims.size() + document_.definitions.size() < most_statements) return;
        full_ = true;
        throw NoteError(
            path(), where,
            fmt::format("the note is too large: more than {} definitions and claims; split it", most_statements));
    }

    [[noreturn]] void fail(const Token& token, const std::string& message) const {
        throw NoteError(path(), position_of(fence_->text, token.begin, {fence_->line, 1}), message);
    }

    void take_tag(CheckedFence& fence) {
        for (std::size_t i = 0; i < tokens_.size(); ++i) {
            const Token& token = tokens_[i];
            if (token.type != TokenType::words || !token.text.starts_with("tag:")) continue;
            if (!fence.tag.empty()) fail(token, "a second \\tag: a fence has one, behind everything else");
            if (tokens_[i + 1].type != TokenType::end) fail(tokens_[i + 1], "\\tag stands behind everything else");
            fence.tag = token.text.substr(4);
            if (slug_of(fence.tag).empty()) fail(token, "a tag is a name: \\tag{derivative}");
            for (const auto& other : document_.fences)
                if (other.tag == fence.tag)
                    fail(token, fmt::format("the tag {} is taken by line {}", fence.tag, other.line));
        }
        std::erase_if(tokens_, [](const Token& t) { return t.type == TokenType::words && t.text.starts_with("tag:"); });
    }

    bool defines_here(const Parser& parser) const {
        int depth = 0;
        for (std::size_t ahead = 0;; ++ahead) {
            const Token& token = parser.peek(ahead);
            if (token.type == TokenType::end || token.type == TokenType::wide || token.type == TokenType::row)
                return false;
            if (token.is('(') || token.is('{') || token.is('[')) ++depth;
            if (token.is(')') || token.is('}') || token.is(']')) --depth;
            if (depth > 0) continue;
            if (token.is(':') && parser.peek(ahead + 1).is('=')) return true;
            if (token.is('=') || token.is('<') || token.is('>')) return false;
        }
    }

    ShapeContext context() const { return {library_.symbols_, path(), fence_->text, {}}; }

    static bool relation_follows(Parser& parser) {
        const std::size_t here = parser.place();
        Relation relation{};
        std::size_t at = 0;
        const bool follows = parser.relation(relation, at);
        parser.go_to(here);
        return follows;
    }

    void statement(Parser& parser) {
        Tree left;
        ShapeContext shapes = context();
        int steps = 0;
        const auto first = document_.claims.size();
        if (defines_here(parser)) {
            left = definition(parser);
            if (relation_follows(parser)) set_shapes(left, shapes);
            steps = 1;
        } else {
            left = parser.expression();
            set_shapes(left, shapes);
        }
        Relation relation{};
        std::size_t at = 0;
        while (parser.relation(relation, at)) {
            if (relation == Relation::defines) parser.fail(at, ":= can only stand first in a chain");
            require_room(parser.position(at));
            Claim claim;
            claim.relation = relation;
            claim.left = left;
            claim.right = parser.expression();
            set_shapes(claim.right, shapes);
            require_related(claim.left, claim.right, shapes);
            claim.where = parser.position(at);
            claim.fence = document_.fences.size() - 1;
            claim.step = ++steps;
            left = claim.right;
            document_.claims.push_back(std::move(claim));
        }
        if (steps == 0)
            parser.fail_here("expected a relation such as = or :=, found the end of a formula that claims nothing");
        auto conditions = conditions_behind(parser, shapes);
        if (!conditions.empty() && document_.claims.size() == first)
            throw NoteError(path(), conditions.front().where, "a condition stands behind a claim, not a definition");
        ranges_complete(shapes, first);
        for (std::size_t i = first; i < document_.claims.size(); ++i) {
            document_.claims[i].steps = steps;
            document_.claims[i].conditions = conditions;
            document_.claims[i].free_indices = shapes.ranges;
        }
    }

    void ranges_complete(ShapeContext& shapes, std::size_t first) {
        Dimension known;
        for (const auto& [index, range] : shapes.ranges)
            if (!range.empty()) known = range;
        for (auto& [index, range] : shapes.ranges) {
            if (const auto found = names_.find(index); found != names_.end()) {
                const Symbol& declared = symbols()[static_cast<std::size_t>(found->second)];
                if (declared.kind == SymbolKind::index) range = declared.range;
            }
            if (range.empty()) range = known;
            if (range.empty() && first < document_.claims.size())
                throw NoteError(path(), document_.claims[first].where,
                                fmt::format("how far does the index {} run? Nothing has it as a subscript", index));
        }
    }

    std::vector<Tree> conditions_behind(Parser& parser, ShapeContext& shapes) {
        std::vector<Tree> found;
        for (;;) {
            const Token& token = parser.peek();
            const auto introduces = [](const Token& t) {
                static constexpr std::string_view words[] = {"for", "if", "where", "when", "with", "and", "for all"};
                return t.type == TokenType::words && t.text.starts_with("text:") &&
                       std::find(std::begin(words), std::end(words), std::string_view(t.text).substr(5)) !=
                           std::end(words);
            };
            if (parser.at_end() || token.type == TokenType::row) return found;
            std::size_t ahead = 0;
            bool comma = false;
            bool wide = false;
            while (parser.peek(ahead).is(',') || parser.peek(ahead).is('.') ||
                   parser.peek(ahead).type == TokenType::wide) {
                comma = comma || parser.peek(ahead).is(',');
                wide = wide || parser.peek(ahead).type == TokenType::wide;
                ++ahead;
            }
            const Token& behind = parser.peek(ahead);
            if (behind.type == TokenType::end || behind.type == TokenType::row) return found;
            const bool begins_condition = introduces(behind) || (wide && !comma) || (comma && !wide && !found.empty());
            if (!begins_condition) {
                if (ahead > 0) return found;  // the next statement
                if (token.type == TokenType::words)
                    parser.fail_here(
                        "\\text{...} introduces a condition with for, if, where, when, with or and; "
                        "other sentences stand outside of the fence");
                parser.fail_here(
                    fmt::format("expected a relation, a condition or the next statement, found '{}'", token.text));
            }
            for (std::size_t i = 0; i < ahead; ++i) parser.next();
            while (introduces(parser.peek())) parser.next();
            for (auto& condition : parser.conditions()) {
                set_shapes_of_condition(condition, shapes);
                found.push_back(std::move(condition));
            }
        }
    }

    static void set_shapes_of_condition(Tree& condition, ShapeContext& shapes) {
        for (auto& child : condition.children)
            if (child.kind != Kind::index) set_shapes(child, shapes);
    }

    // name := body, name_k := body, name(t) := body. Returns what the next relation of the chain claims about.
    Tree definition(Parser& parser) {
        const auto begin = parser.peek().begin;
        const auto where = parser.position(begin);
        if (parser.peek().type != TokenType::letter && parser.peek().type != TokenType::command)
            parser.fail_here("only a name can be defined");
        const RawName raw = parser.raw_name();
        Symbol symbol;
        symbol.where = where;
        symbol.kind = SymbolKind::definition;
        symbol.name = raw.canonical();
        if (parser.peek().is('\'')) parser.fail_here("a derivative follows from the function: claim it with =");
        Names parameters;
        if (parser.skip('(')) {
            symbol.kind = SymbolKind::function;
            do {
                Symbol parameter;
                parameter.kind = SymbolKind::parameter;
                parameter.where = parser.position(parser.peek().begin);
                if (parser.peek().type != TokenType::letter && parser.peek().type != TokenType::command)
                    parser.fail_here("a parameter is a name");
                parameter.name = parser.raw_name().canonical();
                if (const int like = parser.find(parameter.name); like >= 0)
                    if (const Symbol& outer = symbols()[static_cast<std::size_t>(like)];
                        outer.kind == SymbolKind::variable || outer.kind == SymbolKind::definition)
                        parameter.shape = outer.shape;
                const auto name = parameter.name;
                if (parameters.contains(name)) parser.fail_here("the parameter " + name + " occurs twice");
                const int id = add_symbol(std::move(parameter));
                parameters.emplace(name, id);
                symbol.parameters.push_back(id);
            } while (parser.skip(','));
            parser.expect(')', "behind the parameters");
        }
        if (!declared_.contains(symbol.name) && symbol.kind == SymbolKind::definition &&
            indices_of(raw, parser, symbol))
            symbol.name = RawName{raw.base, "", raw.superscript}.canonical();
        Relation relation{};
        std::size_t at = 0;
        if (!parser.relation(relation, at) || relation != Relation::defines)
            parser.fail_here("only a name, an indexed name or a function can be defined");
        if (const auto again = defined_.find(symbol.name); again != defined_.end())
            throw NoteError(path(), where,
                            fmt::format("{} is defined already, in line {}", symbol.name, again->second));
        const std::size_t claimed = parser.place();
        Parser body(fence_->text, path(), {fence_->line, 1}, tokens_, symbols(), names_);
        body.go_to(claimed);
        body.set_parameters(parameters);
        body.set_unread(unread_);
        for (const auto& index : symbol.indices) body.bind_index(index);
        symbol.body = body.expression();
        parser.go_to(body.place());
        ShapeContext shapes = context();
        set_shapes(symbol.body, shapes);
        symbol.shape = symbol.body.shape;
        symbol.depth = depth_of(symbol.body, symbols());
        if (symbol.depth > deepest)
            throw NoteError(path(), where,
                            fmt::format("the formula is too large to expand: {} is defined through more than {} steps",
                                        symbol.name, deepest));
        if (!symbol.indices.empty()) index_shape(symbol, shapes);
        for (const auto& [index, range] : shapes.ranges)
            if (std::find(symbol.indices.begin(), symbol.indices.end(), index) == symbol.indices.end())
                throw NoteError(
                    path(), symbol.body.where,
                    fmt::format("the index {} is free on the right of := but does not stand on the left", index));
        if (const auto declared = declared_.find(symbol.name); declared != declared_.end()) {
            const Symbol& before = symbols()[static_cast<std::size_t>(declared->second)];
            if (!same_shape(symbols(), before.shape, symbol.shape))
                throw NoteError(path(), where,
                                fmt::format("shape mismatch: {} is declared as {} but defined as {}", symbol.name,
                                            describe(before.shape), describe(symbol.shape)));
        }
        Tree named;
        named.where = where;
        named.begin = begin;
        named.end = parser.end_of_last();
        const auto name = symbol.name;
        const int id = add_symbol(std::move(symbol));
        symbols()[static_cast<std::size_t>(id)].definition = static_cast<int>(document_.definitions.size());
        document_.definitions.push_back({id, document_.fences.size() - 1, where});
        names_.insert_or_assign(name, id);
        defined_.emplace(name, where.line);
        named.symbol = id;
        return relation_follows(parser) ? what_is_claimed(std::move(named)) : named;
    }

    // In x := y = z the = claims x = z, and so does any other relation. A function is claimed at the symbols that have
    // its parameters' names.
    Tree what_is_claimed(Tree named) const {
        const Symbol& symbol = library_.symbols_[static_cast<std::size_t>(named.symbol)];
        Tree part = named;
        part.kind = Kind::symbol;
        if (symbol.kind == SymbolKind::function) {
            named.kind = Kind::call;
            for (const int parameter : symbol.parameters) {
                const auto& name = library_.symbols_[static_cast<std::size_t>(parameter)].name;
                const auto meant = names_.find(name);
                if (meant == names_.end())
                    throw NoteError(path(), named.where,
                                    fmt::format("to claim something about {0} in its definition, declare its parameter "
                                                "{1} in the table, or claim it in a statement of its own",
                                                symbol.name, name));
                part.symbol = meant->second;
                named.children.push_back(part);
            }
        } else if (!symbol.indices.empty()) {
            named.kind = Kind::entry;
            named.children.push_back(part);
            for (const auto& index : symbol.indices) {
                part.kind = Kind::index;
                part.symbol = -1;
                part.text = index;
                named.children.push_back(part);
            }
        } else {
            named.kind = Kind::symbol;
        }
        ShapeContext shapes = context();
        set_shapes(named, shapes);
        return named;
    }

    // Whether the subscript of p_k := ... holds indices: single letters that the body uses as subscripts.
    bool indices_of(const RawName& raw, const Parser& parser, Symbol& symbol) const {
        std::string letters = raw.subscript;
        std::erase(letters, ',');
        if (letters.empty() || letters.size() > 2 || !std::all_of(letters.begin(), letters.end(), is_letter))
            return false;
        for (const char letter : letters) {
            const std::string index(1, letter);
            bool used = false;
            int depth = 0;
            for (std::size_t ahead = 0; !used && parser.peek(ahead).type != TokenType::end; ++ahead) {
                const Token& token = parser.peek(ahead);
                if (token.type == TokenType::wide) break;
                if (depth > 0) {
                    if (token.is('{')) ++depth;
                    if (token.is('}') && --depth == 1) depth = 0;
                    used = token.type == TokenType::letter && token.text == index;
                } else if (token.is('_')) {
                    if (parser.peek(ahead + 1).is('{')) {
                        depth = 1;
                    } else {
                        used = parser.peek(ahead + 1).text == index;
                    }
                }
            }
            if (!used) return false;
        }
        for (const char letter : letters) symbol.indices.emplace_back(1, letter);
        return symbol.indices.size() < 2 || symbol.indices[0] != symbol.indices[1];
    }

    void index_shape(Symbol& symbol, const ShapeContext& shapes) const {
        if (!symbol.body.shape.is_number())
            throw NoteError(
                path(), symbol.body.where,
                fmt::format("the entry of {} must be a number, this is {}", symbol.name, describe(symbol.body.shape)));
        std::vector<Dimension> ranges;
        for (const auto& index : symbol.indices) {
            const auto range = shapes.ranges.find(index);
            if (range == shapes.ranges.end() || range->second.empty())
                throw NoteError(path(), symbol.body.where, fmt::format("how far does the index {} run?", index));
            ranges.push_back(range->second);
        }
        symbol.shape = {ranges[0], ranges.size() > 1 ? ranges[1] : "1"};
    }
};

const Document* Library::find(const std::filesystem::path& path) const {
    const auto found = by_path_.find(key_of(path));
    return found == by_path_.end() ? nullptr : &documents_[found->second];
}

const Document& Library::read(const std::filesystem::path& path) {
    if (const Document* known = find(path)) return *known;
    return read_scanned(read_note(path));
}

const Document& Library::read_text(std::string_view text, const std::filesystem::path& path) {
    return read_scanned(scan_note(text, path));
}

const Document& Library::read_scanned(Note note) {
    const auto key = key_of(note.path);
    if (std::find(being_read_.begin(), being_read_.end(), key) != being_read_.end())
        throw NoteError(note.path, {1, 1}, "this note takes its notation from itself");
    being_read_.push_back(key);
    Document document;
    document.note = std::move(note);
    try {
        DocumentReader(*this, document).read();
    } catch (...) {
        being_read_.pop_back();
        throw;
    }
    being_read_.pop_back();
    by_path_[key] = documents_.size();
    documents_.push_back(std::move(document));
    return documents_.back();
}

}  // namespace gradproof::notes
