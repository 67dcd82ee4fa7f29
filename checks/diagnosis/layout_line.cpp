// SPDX-License-Identifier: MIT
#include "diagnosis/layout_line.hpp"

#include <cctype>
#include <vector>

#include "diagnosis/numpy_formula.hpp"

namespace gradproof::diagnosis {
namespace {

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
            case NodeKind::slice:
                return text(node.children[0], turn) + "[" +
                       (turn ? node.columns + ", " + node.rows : node.rows + ", " + node.columns) + "]";
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
            const Node formula = numpy_formula(statement.substr(equals + 3));
            all += (all.empty() ? "" : ";  ") + writer.called(target) + " = " +
                   writer.text(formula, writer.is_transposed(target));
        } catch (const NoFormula&) {
            return std::nullopt;
        }
    }
    return all;
}

}  // namespace gradproof::diagnosis
