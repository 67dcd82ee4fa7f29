// SPDX-License-Identifier: MIT
#include "notes/reader/note.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <fstream>
#include <string>

#include "notes/graph/bounds.hpp"
#include "spelling/trimmed.hpp"

namespace gradproof::notes {
namespace {

std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

// The run of ` or ~ that opens or closes a fence, at least three long.
std::size_t fence_run(std::string_view text) {
    if (text.empty() || (text.front() != '`' && text.front() != '~')) return 0;
    const auto length = std::min(text.find_first_not_of(text.front()), text.size());
    return length >= 3 ? length : 0;
}

bool is_delimiter_row(std::string_view line) {
    line = trimmed(line);
    return line.find('-') != std::string_view::npos && line.find('|') != std::string_view::npos &&
           line.find_first_not_of("|-: \t") == std::string_view::npos;
}

// GitHub splits a row at every | that is not written \|, also inside code spans.
Row split_row(std::string_view line, int number) {
    Row row{.cells = {}, .line = number};
    const auto whole = trimmed(line);
    const auto offset = static_cast<std::size_t>(whole.data() - line.data());
    std::size_t begin = whole.starts_with('|') ? 1 : 0;
    while (begin <= whole.size()) {
        std::size_t end = begin;
        while (end < whole.size() && whole[end] != '|') end += whole[end] == '\\' && end + 1 < whole.size() ? 2 : 1;
        const auto raw = whole.substr(begin, end - begin);
        const auto text = trimmed(raw);
        if (end >= whole.size() && text.empty() && !row.cells.empty()) break;
        const auto lead = text.empty() ? 0 : static_cast<std::size_t>(text.data() - raw.data());
        std::string cell;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == '|') ++i;
            cell += text[i];
        }
        row.cells.push_back({std::move(cell), {number, static_cast<int>(offset + begin + lead) + 1}});
        begin = end + 1;
    }
    return row;
}

class Scanner {
  public:
    Scanner(std::string_view text, const std::filesystem::path& path) {
        note_.path = path;
        while (!text.empty()) {
            const auto end = std::min(text.find('\n'), text.size());
            auto line = text.substr(0, end);
            if (line.ends_with('\r')) line.remove_suffix(1);
            note_.lines.emplace_back(line);
            text.remove_prefix(std::min(end + 1, text.size()));
        }
    }

    Note scan() {
        while (at_ < note_.lines.size()) {
            const std::string_view line = note_.lines[at_];
            const auto indent = indent_of(line);
            if (fence_run(line.substr(indent)) > 0) {
                fence(indent);
            } else if (trimmed(line).starts_with("<!--")) {
                comment();
            } else if (indent < 4 && line.substr(indent).starts_with('#')) {
                heading(line.substr(indent));
            } else if (line.find('|') != std::string_view::npos && at_ + 1 < note_.lines.size() &&
                       is_delimiter_row(note_.lines[at_ + 1])) {
                table();
            } else {
                if (!trimmed(line).empty()) reason_.reset();
                prose(line, number());
                ++at_;
            }
        }
        if (reason_)
            throw NoteError(note_.path, {reason_line_, 1}, "this 'not checked' mark is not followed by a math fence");
        return std::move(note_);
    }

  private:
    Note note_;
    std::size_t at_ = 0;
    std::string heading_;
    std::optional<std::string> reason_;
    int reason_line_ = 0;

    int number() const { return static_cast<int>(at_) + 1; }

    [[noreturn]] void fail(std::size_t column, const std::string& message) const {
        throw NoteError(note_.path, {number(), static_cast<int>(column) + 1}, message);
    }

    void fence(std::size_t indent) {
        const std::string_view line = note_.lines[at_];
        const auto run = fence_run(line.substr(indent));
        const char mark = line[indent];
        const auto info = trimmed(line.substr(indent + run));
        const bool is_math = info == "math";
        if (is_math && indent > 3)
            fail(indent, "a math fence indented by four or more is a code block on GitHub: move it to the margin");
        Fence found{.text = {}, .line = number() + 1, .heading = heading_, .not_checked = std::nullopt};
        std::size_t end = at_ + 1;
        for (; end < note_.lines.size(); ++end) {
            const auto candidate = trimmed(note_.lines[end]);
            if (fence_run(candidate) >= run && candidate.find_first_not_of(mark) == std::string_view::npos) break;
            found.text += note_.lines[end] + '\n';
        }
        if (end == note_.lines.size()) fail(indent, "this fence is never closed");
        if (is_math) {
            found.not_checked = std::move(reason_);
            note_.fences.push_back(std::move(found));
        }
        reason_.reset();
        at_ = end + 1;
    }

    void comment() {
        const auto begin = at_;
        std::string body;
        for (; at_ < note_.lines.size(); ++at_) {
            if (!body.empty()) body += ' ';
            body += trimmed(note_.lines[at_]);
            if (body.find("-->") != std::string::npos) break;
        }
        if (at_ == note_.lines.size()) {
            at_ = begin;
            fail(0, "this comment is never closed by -->");
        }
        constexpr std::string_view mark = "not checked:";
        auto content = trimmed(std::string_view(body).substr(4, body.find("-->") - 4));
        if (content.starts_with(mark)) {
            content = trimmed(content.substr(mark.size()));
            if (content.empty()) fail(0, "'not checked:' needs a reason: <!-- not checked: a limit, not a value -->");
            reason_ = std::string(content);
            reason_line_ = static_cast<int>(begin) + 1;
        }
        ++at_;
    }

    void heading(std::string_view line) {
        const auto level = line.find_first_not_of('#');
        if (level == std::string_view::npos || level > 6 || line[level] != ' ') {
            prose(note_.lines[at_], number());
        } else {
            heading_ = std::string(trimmed(line.substr(level)));
            note_.headings.push_back({static_cast<int>(level), heading_, number()});
            prose(note_.lines[at_], number());
        }
        reason_.reset();
        ++at_;
    }

    void table() {
        Table found{.heading = heading_, .header = {}, .rows = {}, .line = number()};
        for (const auto& cell : split_row(note_.lines[at_], number()).cells) found.header.push_back(cell.text);
        prose(note_.lines[at_], number());
        if (const auto columns = split_row(note_.lines[at_ + 1], number()).cells.size(); columns != found.header.size())
            fail(0,
                 fmt::format("this table's header has {} cells, the line below it {}", found.header.size(), columns));
        at_ += 2;
        for (; at_ < note_.lines.size(); ++at_) {
            const std::string_view line = note_.lines[at_];
            if (line.find('|') == std::string_view::npos) break;
            auto row = split_row(line, number());
            if (row.cells.size() != found.header.size())
                fail(0, fmt::format("this row has {} cells, the table's header {}", row.cells.size(),
                                    found.header.size()));
            found.rows.push_back(std::move(row));
            prose(line, number());
        }
        note_.tables.push_back(std::move(found));
        reason_.reset();
    }

    // Links and inline formulas of one line; code spans are stepped over.
    void prose(std::string_view line, int number) {
        const auto place = [number](std::size_t column) { return Position{number, static_cast<int>(column) + 1}; };
        for (std::size_t i = 0; i < line.size(); ++i) {
            if (line[i] == '\\') {
                ++i;
            } else if (line[i] == '$' && i + 1 < line.size() && line[i + 1] == '$') {
                throw NoteError(note_.path, place(i),
                                "$$ loses backslashes on GitHub: write a ```math fence, or $`...`$ inside a sentence");
            } else if (line[i] == '`') {
                const auto run = std::min(line.find_first_not_of('`', i), line.size()) - i;
                const auto close = line.find(line.substr(i, run), i + run);
                if (close == std::string_view::npos) {
                    i += run - 1;
                    continue;
                }
                if (i > 0 && line[i - 1] == '$' && close + run < line.size() && line[close + run] == '$')
                    note_.inline_math.push_back({std::string(line.substr(i + run, close - i - run)), place(i + run)});
                i = close + run - 1;
            } else if (line[i] == ']' && i + 1 < line.size() && line[i + 1] == '(') {
                const auto close = line.find(')', i);
                const auto open = line.rfind('[', i);
                if (close == std::string_view::npos || open == std::string_view::npos) continue;
                note_.links.push_back({std::string(line.substr(open + 1, i - open - 1)),
                                       std::string(trimmed(line.substr(i + 2, close - i - 2))), place(open)});
                i = close;
            }
        }
    }
};

}  // namespace

NoteError::NoteError(const std::filesystem::path& file, Position where, const std::string& message)
    : std::runtime_error(fmt::format("{}:{}:{}: {}", file.string(), where.line, where.column, message)),
      file_(file.string()),
      where_(where),
      message_(message) {}

Note scan_note(std::string_view text, const std::filesystem::path& path) {
    return Scanner(text, path).scan();
}

Note read_note(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw NoteError(path, {1, 1}, "this note cannot be read");
    // Whatever it says of its size: a device or a pipe may never end.
    std::string text;
    std::array<char, 65536> part{};
    while (text.size() <= longest_note && file) {
        file.read(part.data(), static_cast<std::streamsize>(part.size()));
        text.append(part.data(), static_cast<std::size_t>(file.gcount()));
    }
    if (file.bad()) throw NoteError(path, {1, 1}, "this note cannot be read: expected a Markdown file");
    if (text.size() > longest_note)
        throw NoteError(path, {1, 1},
                        "the note is too large: more than " + std::to_string(longest_note) + " characters");
    return scan_note(text, path);
}

}  // namespace gradproof::notes
