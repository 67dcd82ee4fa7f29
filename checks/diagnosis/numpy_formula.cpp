// SPDX-License-Identifier: MIT
#include "diagnosis/numpy_formula.hpp"

#include <cctype>

namespace gradproof::diagnosis {
namespace {

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '\'';
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
        for (;;) {
            if (takes(".T")) {
                node = {NodeKind::transposed, "", {std::move(node)}};
            } else if (takes("[")) {
                const auto comma = text_.find(',', at_);
                const auto end = text_.find(']', at_);
                if (end == std::string_view::npos || comma > end) throw NoFormula{};
                const std::string rows(text_.substr(at_, comma - at_));
                at_ = comma + 1;
                peek();
                node = {NodeKind::slice, "", {std::move(node)}, rows, std::string(text_.substr(at_, end - at_))};
                at_ = end + 1;
            } else {
                return node;
            }
        }
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

}  // namespace

Node numpy_formula(std::string_view text) {
    return FormulaParser(text).whole();
}

}  // namespace gradproof::diagnosis
