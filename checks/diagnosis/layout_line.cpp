// SPDX-License-Identifier: MIT
#include "diagnosis/layout_line.hpp"

#include <cctype>
#include <vector>

namespace gradproof::diagnosis {
namespace {

enum class NodeKind { number, name, group, call, named_argument, transposed, negative, binary };

struct Node {
    NodeKind kind;
    std::string text{};  // the number, name, function, argument's name or operator
    std::vector<Node> children{};
};

struct NoFormula {};

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

// Of Python's expressions those that the catalogue's lines are made of.
class FormulaParser {
  public:
    explicit FormulaParser(std::string_view text) : text_(text) {}

    Node whole() {
        Node node = comparison();
        if (peek() != '\0') throw NoFormula{};
        return node;
    }

  private:
    char peek() {
        while (at_ < text_.size() && text_[at_] == ' ') ++at_;
        return at_ < text_.size() ? text_[at_] : '\0';
    }
    bool takes(std::string_view token) {
        if (peek() == '\0' || !text_.substr(at_).starts_with(token)) return false;
        at_ += token.size();
        return true;
    }

    Node comparison() {
        Node left = sum();
        for (const std::string_view op : {">=", "<=", "==", ">", "<"})
            if (takes(op)) return {NodeKind::binary, std::string(op), {std::move(left), sum()}};
        return left;
    }
    Node sum() {
        Node left = product();
        for (;;) {
            const char op = peek();
            if (op != '+' && op != '-') return left;
            ++at_;
            left = {NodeKind::binary, std::string(1, op), {std::move(left), product()}};
        }
    }
    Node product() {
        Node left = signed_power();
        for (;;) {
            const char op = peek();
            if (op != '*' && op != '/' && op != '@') return left;
            ++at_;
            left = {NodeKind::binary, std::string(1, op), {std::move(left), signed_power()}};
        }
    }
    Node signed_power() {
        if (takes("-")) return {NodeKind::negative, "-", {signed_power()}};
        Node base = postfix();
        if (takes("**")) return {NodeKind::binary, "**", {std::move(base), signed_power()}};
        return base;
    }
    Node postfix() {
        Node node = primary();
        while (takes(".T")) node = {NodeKind::transposed, "", {std::move(node)}};
        return node;
    }
    Node primary() {
        if (takes("(")) {
            Node inside = comparison();
            if (!takes(")")) throw NoFormula{};
            return {NodeKind::group, "", {std::move(inside)}};
        }
        const std::size_t start = (static_cast<void>(peek()), at_);
        const bool is_number = at_ < text_.size() && std::isdigit(static_cast<unsigned char>(text_[at_])) != 0;
        while (at_ < text_.size() &&
               (is_word(text_[at_]) || (text_[at_] == '.' && !text_.substr(at_).starts_with(".T")) ||
                (is_number && text_[at_] == '-' && text_[at_ - 1] == 'e')))
            ++at_;
        if (at_ == start) throw NoFormula{};
        std::string word(text_.substr(start, at_ - start));
        if (is_number) return {NodeKind::number, std::move(word)};
        if (!takes("(")) return {NodeKind::name, std::move(word)};
        Node call{NodeKind::call, std::move(word)};
        while (!takes(")")) {
            if (!call.children.empty() && !takes(",")) throw NoFormula{};
            call.children.push_back(argument());
        }
        return call;
    }
    Node argument() {
        const std::size_t start = (static_cast<void>(peek()), at_);
        std::size_t end = start;
        while (end < text_.size() && is_word(text_[end])) ++end;
        if (end > start && end + 1 < text_.size() && text_[end] == '=' && text_[end + 1] != '=') {
            at_ = end + 1;
            return {NodeKind::named_argument, std::string(text_.substr(start, end - start)), {comparison()}};
        }
        return comparison();
    }

    std::string_view text_;
    std::size_t at_ = 0;
};

class Writer {
  public:
    Writer(const Layout& layout, const std::function<std::string(const std::string&)>& name_of)
        : layout_(layout), name_of_(name_of) {}

    // Whether the user's array is the transpose of the course's.
    bool is_transposed(const std::string& name) const {
        return letter_of(name) == 'W' ? layout_.weights_in_by_out : layout_.examples_in_rows;
    }
    bool is_array(const std::string& name) const { return letter_of(name) != '\0'; }
    std::string called(const std::string& name) const { return is_array(name) ? name_of_(name) : name; }

    // The user's expression for what the course's node is, transposed if `turn`.
    std::string text(const Node& node, bool turn) const {
        switch (node.kind) {
            case NodeKind::number:
                return node.text;
            case NodeKind::name:
                return called(node.text) + (is_array(node.text) && is_transposed(node.text) != turn ? ".T" : "");
            case NodeKind::group:
                return "(" + text(node.children[0], turn) + ")";
            case NodeKind::transposed:
                return text(node.children[0], !turn);
            case NodeKind::negative:
                return "-" + text(node.children[0], turn);
            case NodeKind::named_argument:
                if (node.text != "axis" || !turn) return node.text + "=" + text(node.children[0], false);
                return node.text + "=" + (node.children[0].text == "1" ? "0" : "1");
            case NodeKind::call:
                return node.text + "(" + arguments(node, turn) + ")";
            case NodeKind::binary:
                break;
        }
        const bool is_swapped = node.text == "@" && turn;
        const Node& left = node.children[is_swapped ? 1 : 0];
        const Node& right = node.children[is_swapped ? 0 : 1];
        const bool is_bound = node.text == "@" && right.kind == NodeKind::binary && right.text != "**";
        const std::string space = node.text == "**" ? "" : " ";
        return text(left, turn) + space + node.text + space +
               (is_bound ? "(" + text(right, turn) + ")" : text(right, turn));
    }

  private:
    static char letter_of(const std::string& name) {
        if (name == "X" || name == "Y") return name[0];
        const std::size_t first = name.starts_with('d') ? 1 : 0;
        if (name.size() < first + 2 || std::isdigit(static_cast<unsigned char>(name[first + 1])) == 0) return '\0';
        return std::string_view("WbZA").find(name[first]) == std::string_view::npos ? '\0' : name[first];
    }

    std::string arguments(const Node& call, bool turn) const {
        std::vector<std::string> texts;
        for (const Node& argument : call.children) texts.push_back(text(argument, turn));
        if (call.text == "np.dot" && turn && texts.size() == 2) std::swap(texts[0], texts[1]);
        std::string all;
        for (const std::string& one : texts) all += (all.empty() ? "" : ", ") + one;
        return all;
    }

    Layout layout_;
    const std::function<std::string(const std::string&)>& name_of_;
};

}  // namespace

std::optional<std::string> in_layout(std::string_view line, const Layout& layout,
                                     const std::function<std::string(const std::string&)>& name_of) {
    const Writer writer(layout, name_of);
    std::string all;
    while (!line.empty()) {
        const auto end = line.find(';');
        std::string_view statement = line.substr(0, end);
        line = end == std::string_view::npos ? std::string_view() : line.substr(end + 1);
        while (statement.starts_with(' ')) statement.remove_prefix(1);
        const auto equals = statement.find(" = ");
        if (equals == std::string_view::npos) return std::nullopt;
        const std::string target(statement.substr(0, equals));
        if (!writer.is_array(target)) return std::nullopt;
        try {
            const Node formula = FormulaParser(statement.substr(equals + 3)).whole();
            all += (all.empty() ? "" : ";  ") + writer.called(target) + " = " +
                   writer.text(formula, writer.is_transposed(target));
        } catch (const NoFormula&) {
            return std::nullopt;
        }
    }
    return all;
}

}  // namespace gradproof::diagnosis
