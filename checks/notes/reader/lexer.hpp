// SPDX-License-Identifier: MIT
//
// The tokens of a fence. Spaces, sizing commands (\left) and comments are gone; what is not in command.hpp is an error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "notes/reader/note.hpp"

namespace gradproof::notes {

// The locale must not decide what a letter is.
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

enum class TokenType : std::uint8_t {
    letter,
    number,
    command,    ///< text without the backslash
    words,      ///< what stands in \text{...}, \tag{...}, \begin{...}, \end{...}; text: "tag:a minus y"
    character,  ///< + - / = < > ( ) [ ] | , . : ! ' ^ _ { } &
    row,        ///< two backslashes
    wide,       ///< \quad, \qquad
    end,
};

struct Token {
    TokenType type = TokenType::end;
    std::string text;
    std::size_t begin = 0;  ///< in the text of the fence
    std::size_t end = 0;
    Position where;  ///< in the note

    bool is(char c) const { return type == TokenType::character && text.size() == 1 && text[0] == c; }
    bool is_command(std::string_view name) const { return type == TokenType::command && text == name; }
};

/// Line and column of an offset into a text whose first character stands at `origin`.
Position position_of(std::string_view text, std::size_t offset, Position origin);

/// The tokens of `text`, ending with one of type `end`. Throws NoteError on notation that is not accepted.
std::vector<Token> tokens_of(std::string_view text, const std::filesystem::path& file, Position origin);

}  // namespace gradproof::notes
