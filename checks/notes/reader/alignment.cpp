// SPDX-License-Identifier: MIT
#include "notes/reader/alignment.hpp"

#include <string>

namespace gradproof::notes {

std::vector<Token> without_alignment(const std::vector<Token>& tokens, const Fence& fence,
                                     const std::filesystem::path& file) {
    const auto fail = [&](const Token& token, const std::string& message) {
        throw NoteError(file, position_of(fence.text, token.begin, {fence.line, 1}), message);
    };
    std::vector<Token> kept;
    int inner = 0;
    bool aligned = false;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        const bool words = token.type == TokenType::words;
        if (words && (token.text == "begin:aligned" || token.text == "end:aligned")) {
            const bool begins = token.text.starts_with("begin");
            if (begins && !kept.empty()) fail(token, "\\begin{aligned} can only enclose the whole fence");
            if (begins == aligned) fail(token, "\\begin{aligned} and \\end{aligned} do not match");
            aligned = begins;
            continue;
        }
        if (words && token.text.starts_with("begin:")) ++inner;
        if (words && token.text.starts_with("end:")) --inner;
        if (inner > 0 || (words && token.text.starts_with("end:"))) {
            kept.push_back(token);
            continue;
        }
        if (words && token.text.starts_with("tag:") && aligned)
            fail(token, "\\tag inside aligned is not rendered: put it behind \\end{aligned}");
        if (token.is('&')) {
            if (!aligned) fail(token, "& stands only in aligned, cases and matrices");
            continue;
        }
        if (token.type == TokenType::row) {
            if (!aligned) fail(token, "\\\\ stands only in aligned, cases and matrices");
            if (i + 1 < tokens.size() && tokens[i + 1].is('&')) {
                i += 1;
                while (i + 1 < tokens.size() && tokens[i + 1].type == TokenType::wide) ++i;
                continue;
            }
        }
        kept.push_back(token);
    }
    if (aligned) fail(tokens.back(), "\\begin{aligned} is never closed");
    if (inner != 0) fail(tokens.back(), "a \\begin{...} is never closed");
    return kept;
}

}  // namespace gradproof::notes
