// SPDX-License-Identifier: MIT
//
// What stands in a note, by line: the math fences, the tables, the links, the headings. The scanner knows the little of
// GitHub Markdown that the notes use; ctest compares the fences it finds with those that cmark-gfm finds.
#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof::notes {

/// A place in a note, both counted from 1; columns count bytes.
struct Position {
    int line = 0;
    int column = 0;
    friend bool operator==(const Position&, const Position&) = default;
};

/// A mistake in a note. what() reads "file:line:column: message".
class NoteError : public std::runtime_error {
  public:
    NoteError(const std::filesystem::path& file, Position where, const std::string& message);
    const std::string& file() const { return file_; }
    Position where() const { return where_; }
    const std::string& message() const { return message_; }

  private:
    std::string file_;
    Position where_;
    std::string message_;
};

struct Heading {
    int level = 1;
    std::string text;
    int line = 0;
};

/// A ```math fence. `text` holds its lines, each ending in '\n', the first of them at `line`.
struct Fence {
    std::string text;
    int line = 0;
    std::string heading;                     ///< the heading it stands under
    std::optional<std::string> not_checked;  ///< the reason given in <!-- not checked: reason --> before the fence
};

/// A formula inside a sentence, written $`...`$.
struct InlineMath {
    std::string text;
    Position where;
};

struct Cell {
    std::string text;  ///< without surrounding blanks; \| is |
    Position where;
};

struct Row {
    std::vector<Cell> cells;
    int line = 0;
};

/// A pipe table. `line` is the line of its header.
struct Table {
    std::string heading;  ///< the heading it stands under, for example "Reference values"
    std::vector<std::string> header;
    std::vector<Row> rows;
    int line = 0;
};

/// [text](target), or an image.
struct Link {
    std::string text;
    std::string target;
    Position where;
};

struct Note {
    std::filesystem::path path;
    std::vector<std::string> lines;
    std::vector<Heading> headings;
    std::vector<Fence> fences;
    std::vector<InlineMath> inline_math;
    std::vector<Table> tables;
    std::vector<Link> links;
};

/// Reads a note from a file. Throws NoteError if the file cannot be read, or on what would not come out on GitHub: a
/// fence that is not closed or indented like code, a table row with the wrong number of cells, $$.
Note read_note(const std::filesystem::path& path);

/// The same for text in memory; `path` only names it in messages.
Note scan_note(std::string_view text, const std::filesystem::path& path);

}  // namespace gradproof::notes
