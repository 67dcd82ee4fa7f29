// SPDX-License-Identifier: MIT
#include "tests/notes/fuzz/mutated_note.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace gradproof::notes {
namespace {

// What makes formulas large, deep, singular or senseless.
constexpr std::array<std::string_view, 65> pieces{
    "0",
    "-1",
    "2",
    "7",
    "64",
    "400",
    "4096",
    "999999999",
    "0.5",
    "10^{-30}",
    "^{2}",
    "^{9}",
    "^{60}",
    "^{700}",
    "^{-3}",
    "^{0.5}",
    "^{z}",
    "^{10^{10}}",
    " + ",
    " - ",
    " = ",
    " \\le ",
    " > ",
    " \\neq ",
    " \\approx ",
    " := ",
    "\\frac{1}{",
    "\\frac{z}{y}",
    "}",
    "{",
    "(",
    ")",
    "\\left( z + y \\right)",
    "\\left( z - y \\right)^{30}",
    "\\frac{z^{9} - y^{9}}{z - y}",
    "\\frac{1}{z^2 + y}",
    "e^{z}",
    "e^{-z y}",
    "e^{e^{z}}",
    "\\log z",
    "\\log \\left( 1 + e^{z} \\right)",
    "\\log 123456789012345678901",
    "\\sqrt{z}",
    "\\sqrt{2}",
    "\\tanh \\left( z y \\right)",
    "\\sin \\left( z + y \\right)",
    "\\cos z",
    "\\arctan z",
    "\\lvert z \\rvert",
    "\\max(z, y)",
    "\\min(z, 0)",
    "\\sigma(z)",
    "\\sigma'(z)",
    "\\sigma''''(z)",
    "\\sigma(\\sigma(\\sigma(z)))",
    "\\sum_{i=1}^{9} ",
    "\\sum_{k=1}^{1000} ",
    "\\prod_{i=1}^{12} ",
    "i",
    "\\frac{d}{dz} ",
    "\\frac{\\partial^2}{\\partial z^2} ",
    "W",
    "^{\\top}",
    " \\qquad z > 0",
    " \\qquad y \\in (0, 1)",
};

class Mutation {
  public:
    Mutation(const std::vector<std::string>& corpus, std::uint64_t seed) : corpus_(corpus), state_(seed) {}

    std::string run() {
        std::string text = corpus_[below(corpus_.size())];
        const std::size_t edits = 1 + below(4);
        for (std::size_t i = 0; i < edits; ++i) edit(text);
        return text;
    }

  private:
    const std::vector<std::string>& corpus_;
    std::uint64_t state_;

    std::size_t below(std::size_t bound) {  // splitmix64
        state_ += 0x9e3779b97f4a7c15U;
        std::uint64_t x = state_;
        x = (x ^ (x >> 30U)) * 0xbf58476d1ce4e5b9U;
        x = (x ^ (x >> 27U)) * 0x94d049bb133111ebU;
        return bound == 0 ? 0 : static_cast<std::size_t>((x ^ (x >> 31U)) % bound);
    }

    // Somewhere in the fences: the tables are read long before.
    std::size_t place(const std::string& text) {
        const auto fence = std::min(text.find("```math"), text.size());
        return fence + below(text.size() - fence + 1);
    }

    std::string part_of(const std::string& text, std::size_t longest) {
        const std::size_t begin = place(text);
        return text.substr(std::min(begin, text.size()), 1 + below(longest));
    }

    void edit(std::string& text) {
        const std::size_t at = place(text);
        // Formulas made up here are rare: an engine spends more on one than on twenty other notes.
        switch (below(20)) {
            case 0:
                text += "\n```math\n" + formula() + " = " + formula() + "\n```\n";
                break;
            case 1:
                text += "\n```math\n" + formula() + (below(2) == 0 ? " \\le " : " \\neq ") + formula() + "\n```\n";
                break;
            case 2:
            case 3:
            case 4:
                text.erase(at, 1 + below(8));
                break;
            case 5:
            case 6:
            case 7: {  // again and again
                const std::string part = text.substr(at, 1 + below(40));
                for (std::size_t times = below(2) == 0 ? 2 : 30; times > 0; --times) text.insert(at, part);
                break;
            }
            case 8:
            case 9:
            case 10:
            case 11: {  // one piece in the place of another
                const auto end = text.find_first_of(" +-=(){}\n", at);
                if (end != std::string::npos) text.replace(at, end - at, pieces[below(pieces.size())]);
                break;
            }
            case 12:
            case 13:
            case 14:
                text.insert(at, part_of(corpus_[below(corpus_.size())], 60));
                break;
            case 15:
            case 16:
            case 17:
            case 18:
                replace_group(text, at);
                break;
            default:
                text.insert(at, pieces[below(pieces.size())]);
                break;
        }
    }

    // What stands in braces, by a formula or by what stands in others: mostly still well-formed.
    void replace_group(std::string& text, std::size_t at) {
        const auto [begin, end] = group_behind(text, at);
        if (end == std::string::npos) return;
        std::string by = operand(1);
        if (below(2) == 0) {
            const std::string& other = below(2) == 0 ? text : corpus_[below(corpus_.size())];
            if (const auto found = group_behind(other, place(other)); found.second != std::string::npos)
                by = other.substr(found.first, found.second - found.first);
        }
        text.replace(begin, end - begin, by);
    }

    // The inside of the first braces behind a place.
    static std::pair<std::size_t, std::size_t> group_behind(const std::string& text, std::size_t at) {
        const auto open = text.find('{', at);
        int depth = 0;
        for (std::size_t i = std::min(open, text.size()); i < text.size() && text[i] != '`'; ++i) {
            if (text[i] == '{') ++depth;
            if (text[i] == '}' && --depth == 0) return {open + 1, i};
        }
        return {0, std::string::npos};
    }

    // Mostly well-formed.
    std::string formula() {
        constexpr std::array<std::string_view, 8> operations{" + ", " - ",      " \\cdot ", " ",
                                                             " + ", " \\cdot ", " - ",      " + "};
        std::string text = operand(3);
        for (std::size_t more = below(4); more > 0; --more)
            text += std::string(operations[below(operations.size())]) + operand(3);
        return text;
    }

    std::string operand(int depth) {
        constexpr std::array<std::string_view, 6> leaves{"z", "y", "2", "3", "h", "\\frac{1}{2}"};
        if (depth == 0 || below(3) == 0) return std::string(leaves[below(leaves.size())]);
        const std::string a = "\\left( " + operand(depth - 1) + " + " + operand(depth - 1) + " \\right)";
        switch (below(12)) {
            case 0:
                return "\\frac{" + operand(depth - 1) + "}{" + a + "}";
            case 1:
                return "e^{" + a + "}";
            case 2:
                return "\\log " + a;
            case 3:
                return "\\tanh " + a;
            case 4:
                return "\\sin " + a;
            case 5:
                return "\\max(" + operand(depth - 1) + ", " + operand(depth - 1) + ")";
            case 6:
                return "{" + a + "}^{" + std::to_string(2 + below(9)) + "}";
            case 7:
                return "{" + a + "}^{" + std::to_string(below(300)) + "}";
            case 8:
                return "\\sqrt{" + a + "}";
            case 9:
                return "\\sum_{i=1}^{" + std::to_string(1 + below(20)) + "} \\frac{" + operand(depth - 1) +
                       "}{i + z^2}";
            case 10:
                return "\\prod_{i=1}^{" + std::to_string(1 + below(12)) + "} \\left( i + " + operand(depth - 1) +
                       " \\right)";
            default:
                return a;
        }
    }
};

}  // namespace

std::string mutated_note(const std::vector<std::string>& corpus, std::uint64_t seed) {
    return Mutation(corpus, seed).run();
}

}  // namespace gradproof::notes
