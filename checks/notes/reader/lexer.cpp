// SPDX-License-Identifier: MIT
#include "notes/reader/lexer.hpp"

#include <algorithm>
#include <string>

#include "notes/reader/command.hpp"

namespace gradproof::notes {
namespace {

class Lexer {
  public:
    Lexer(std::string_view text, const std::filesystem::path& file, Position origin)
        : text_(text), file_(file), origin_(origin), reached_(origin) {}

    std::vector<Token> run() {
        while (at_ < text_.size()) {
            const char c = text_[at_];
            if (c == ' ' || c == '\t' || c == '\n' || c == '~') {
                ++at_;
            } else if (c == '%') {
                at_ = std::min(text_.find('\n', at_), text_.size());
            } else if (is_letter(c)) {
                take(TokenType::letter, at_ + 1);
            } else if (is_digit(c)) {
                number();
            } else if (c == '\\') {
                command();
            } else if (std::string_view("+-/=<>()[]|,.:;!'^_{}&").find(c) != std::string_view::npos) {
                take(TokenType::character, at_ + 1);
            } else {
                unknown_character();
            }
        }
        const std::size_t last = tokens_.empty() ? 0 : tokens_.back().end;
        push(TokenType::end, "", last, last);
        return std::move(tokens_);
    }

  private:
    std::string_view text_;
    const std::filesystem::path& file_;
    Position origin_;
    std::size_t at_ = 0;
    std::vector<Token> tokens_;
    Position reached_;  // of the offset below: positions are found on the way, since to count lines takes a pass
    std::size_t reached_offset_ = 0;

    [[noreturn]] void fail(const std::string& message) const {
        throw NoteError(file_, position_of(text_, at_, origin_), message);
    }

    void take(TokenType type, std::size_t end) {
        push(type, std::string(text_.substr(at_, end - at_)), at_, end);
        at_ = end;
    }

    void push(TokenType type, std::string text, std::size_t begin, std::size_t end) {
        if (begin >= reached_offset_) {
            reached_ =
                position_of(text_.substr(reached_offset_, begin - reached_offset_), begin - reached_offset_, reached_);
            reached_offset_ = begin;
        }
        tokens_.push_back({type, std::move(text), begin, end, reached_});
    }

    void number() {
        std::size_t end = at_;
        while (end < text_.size() && is_digit(text_[end])) ++end;
        if (end + 1 < text_.size() && text_[end] == '.' && is_digit(text_[end + 1])) {
            ++end;
            while (end < text_.size() && is_digit(text_[end])) ++end;
        }
        if (end - at_ > 200) fail("a number of more than 200 digits");
        take(TokenType::number, end);
    }

    void command() {
        std::size_t end = at_ + 1;
        while (end < text_.size() && is_letter(text_[end])) ++end;
        if (end == at_ + 1) end = std::min(end + 1, text_.size());
        auto name = std::string(text_.substr(at_ + 1, end - at_ - 1));
        if (name == "\\") return take(TokenType::row, end);
        if (name == "\n") name = " ";
        const auto meaning = class_of(name);
        if (!meaning) {
            const auto advice = advice_for_command(name);
            fail("unknown command \\" + name + (advice.empty() ? "" : ": " + advice));
        }
        const std::size_t begin = at_;
        if (*meaning == CommandClass::space || *meaning == CommandClass::sizing) {
            at_ = end;
        } else if (*meaning == CommandClass::wide) {
            take(TokenType::wide, end);
        } else if (name == "text" || name == "tag" || name == "begin" || name == "end") {
            at_ = end;
            while (at_ < text_.size() && text_[at_] == ' ') ++at_;
            const auto close = text_.find_first_of("{}\n", std::min(at_ + 1, text_.size()));
            if (at_ >= text_.size() || text_[at_] != '{' || close == std::string_view::npos || text_[close] != '}')
                fail("\\" + name + " needs its text in braces: \\" + name + "{...}");
            auto words = std::string(text_.substr(at_ + 1, close - at_ - 1));
            while (words.starts_with(' ')) words.erase(0, 1);
            while (words.ends_with(' ')) words.pop_back();
            push(TokenType::words, name + ":" + words, begin, close + 1);
            at_ = close + 1;
        } else {
            push(TokenType::command, std::move(name), begin, end);
            at_ = end;
        }
    }

    [[noreturn]] void unknown_character() const {
        std::size_t end = at_ + 1;
        while (end < text_.size() && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80U) ++end;
        const auto character = text_.substr(at_, end - at_);
        const auto advice = advice_for_character(character);
        const auto code = static_cast<unsigned char>(character[0]);
        if (code < 32 || code == 127) fail("a control character");
        fail("unknown character '" + std::string(character) + "'" + (advice.empty() ? "" : ": " + advice));
    }
};

}  // namespace

Position position_of(std::string_view text, std::size_t offset, Position origin) {
    const auto before = text.substr(0, std::min(offset, text.size()));
    const auto line_start = before.rfind('\n');
    if (line_start == std::string_view::npos) return {origin.line, origin.column + static_cast<int>(before.size())};
    return {origin.line + static_cast<int>(std::count(before.begin(), before.end(), '\n')),
            static_cast<int>(before.size() - line_start)};
}

std::vector<Token> tokens_of(std::string_view text, const std::filesystem::path& file, Position origin) {
    return Lexer(text, file, origin).run();
}

}  // namespace gradproof::notes
