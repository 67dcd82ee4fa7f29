// SPDX-License-Identifier: MIT
#include "notes/second_reader/pieces.hpp"

#include <algorithm>
#include <array>

namespace gradproof::notes::second {
namespace {

constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view digits = "0123456789";

constexpr std::array<std::string_view, 17> ink{"\\,",    "\\;",     "\\:",    "\\!",     "\\ ",    "\\\n",
                                               "\\left", "\\right", "\\big",  "\\Big",   "\\bigl", "\\bigr",
                                               "\\Bigl", "\\Bigr",  "\\bigg", "\\biggl", "\\biggr"};

std::size_t length_of_piece(std::string_view text) {
    const auto run = [text](std::string_view of, std::size_t from) {
        return std::min(text.find_first_not_of(of, from), text.size());
    };
    if (digits.find(text[0]) != std::string_view::npos) {
        const auto whole = run(digits, 0);
        const bool fraction =
            whole + 1 < text.size() && text[whole] == '.' && digits.find(text[whole + 1]) != std::string_view::npos;
        return fraction ? run(digits, whole + 1) : whole;
    }
    if (text[0] != '\\') return 1;
    const auto end = run(letters, 1);
    return end == 1 ? std::min<std::size_t>(2, text.size()) : end;
}

std::vector<std::string> without_aligned(const std::vector<std::string>& pieces) {
    std::vector<std::string> kept;
    int inside = 0;  // cases and matrices, which keep their rows
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        const auto& piece = pieces[i];
        if (piece == "\\begin{aligned}" || piece == "\\end{aligned}") continue;
        if (piece.starts_with("\\begin{")) ++inside;
        if (piece.starts_with("\\end{")) --inside;
        if (inside == 0 && piece == "&") continue;
        if (inside == 0 && piece == "\\\\" && i + 1 < pieces.size() && pieces[i + 1] == "&") {  // the line goes on
            for (++i; i + 1 < pieces.size() && (pieces[i + 1] == "\\quad" || pieces[i + 1] == "\\qquad");) ++i;
            continue;
        }
        kept.push_back(piece);
    }
    return kept;
}

}  // namespace

std::vector<std::string> pieces_of(std::string_view text) {
    std::vector<std::string> pieces;
    while (!text.empty()) {
        if (std::string_view(" \t\n~").find(text[0]) != std::string_view::npos) {
            text.remove_prefix(1);
            continue;
        }
        if (text[0] == '%') {
            text.remove_prefix(std::min(text.find('\n'), text.size()));
            continue;
        }
        auto length = length_of_piece(text);
        std::string piece(text.substr(0, length));
        if (piece == "\\text" || piece == "\\tag" || piece == "\\begin" || piece == "\\end") {
            const auto open = text.find('{');
            const auto close = text.find('}');
            auto words = open < close ? text.substr(open + 1, close - open - 1) : std::string_view();
            while (words.starts_with(' ')) words.remove_prefix(1);
            while (words.ends_with(' ')) words.remove_suffix(1);
            piece += "{" + std::string(words) + (close == std::string_view::npos ? "" : "}");
            length = close == std::string_view::npos ? text.size() : close + 1;
        }
        text.remove_prefix(length);
        if (piece.starts_with("\\tag{") || std::find(ink.begin(), ink.end(), piece) != ink.end()) continue;
        pieces.push_back(std::move(piece));
    }
    return without_aligned(pieces);
}

}  // namespace gradproof::notes::second
