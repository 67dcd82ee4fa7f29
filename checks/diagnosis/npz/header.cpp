// SPDX-License-Identifier: MIT
#include "diagnosis/npz/header.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <optional>

#include "diagnosis/npz/array.hpp"

namespace gradproof::npz {
namespace {

// A cursor over the dictionary; every failure says what was expected where.
struct Cursor {
    std::string_view text;
    const std::string& where;
    std::size_t at = 0;

    [[noreturn]] void refuse(std::string_view expected) const {
        throw Error(fmt::format("{}: the header '{}' is not NumPy's: expected {} at byte {}", where, printable(text),
                                expected, at));
    }
    void skip_spaces() {
        while (at < text.size() && text[at] == ' ') ++at;
    }
    bool accept(char c) {
        skip_spaces();
        if (at >= text.size() || text[at] != c) return false;
        ++at;
        return true;
    }
    void expect(char c) {
        if (!accept(c)) refuse(fmt::format("'{}'", c));
    }
    bool accept_word(std::string_view word) {
        skip_spaces();
        if (!text.substr(at).starts_with(word)) return false;
        at += word.size();
        return true;
    }
    std::string string() {
        skip_spaces();
        const char quote = at < text.size() ? text[at] : '\0';
        if (quote != '\'' && quote != '"') refuse("a quoted string");
        const auto end = text.find(quote, at + 1);
        if (end == std::string_view::npos) refuse("the closing quote");
        std::string content(text.substr(at + 1, end - at - 1));
        at = end + 1;
        return content;
    }
    std::size_t count() {
        skip_spaces();
        std::size_t value = 0;
        const char* const begin = text.data() + at;
        const auto [end, error] = std::from_chars(begin, text.data() + text.size(), value);
        if (error == std::errc::result_out_of_range) refuse("a length below 2^64");
        if (error != std::errc()) refuse("a length");
        at += static_cast<std::size_t>(end - begin);
        if (at < text.size() && text[at] == 'L') ++at;  // Python 2 wrote (3L, 4L)
        return value;
    }
    std::vector<std::size_t> tuple() {
        std::vector<std::size_t> lengths;
        expect('(');
        while (!accept(')')) {
            lengths.push_back(count());
            if (accept(')')) {
                if (lengths.size() == 1) refuse("a comma: (3) is no tuple");
                break;
            }
            expect(',');
        }
        return lengths;
    }
};

Element element_of(const std::string& dtype, const std::string& where) {
    using Kind = Element::Kind;
    const auto refuse = [&](std::string_view found, std::string_view fix) {
        throw Error(fmt::format("{}: dtype '{}' holds {}; {}", where, printable(dtype), found, fix));
    };
    const char order = dtype.empty() ? '\0' : dtype[0];
    const std::string_view rest = std::string_view(dtype).substr(dtype.empty() ? 0 : 1);
    const char kind = rest.empty() ? '\0' : rest[0];
    if (kind == 'O')
        refuse("Python objects, a pickle that is never opened here",
               "save a list of layers as np.savez(file, X=X, Y=Y, **{f\"W{l}\": w for l, w in enumerate(W, 1)}, ...), "
               "the same "
               "with b, dW and db");
    if (kind == 'U' || kind == 'S' || kind == 'a') refuse("strings", "expected numbers");
    if (kind == 'c') refuse("complex numbers", "expected real ones");
    if (kind == 'M' || kind == 'm') refuse("dates", "expected numbers");
    if (kind == 'V') refuse("raw bytes", "expected numbers");

    const auto is_one_of = [&](auto... types) { return ((rest == types) || ...); };
    std::optional<Kind> found;
    if (is_one_of("b1")) found = Kind::boolean;
    if (is_one_of("i1", "i2", "i4", "i8")) found = Kind::signed_integer;
    if (is_one_of("u1", "u2", "u4", "u8")) found = Kind::unsigned_integer;
    if (is_one_of("f4", "f8")) found = Kind::floating;
    const bool single_byte = rest.size() == 2 && rest[1] == '1';
    const bool order_fits = order == '<' || order == '>' || (order == '|' && single_byte);
    if (!found || !order_fits)
        refuse("a type that is not read here",
               "expected float64, float32, an integer or bool: use .astype(np.float64)");
    return {.kind = *found, .bytes = static_cast<std::size_t>(rest[1] - '0'), .big_endian = order == '>'};
}

void require_size_fits(const Header& header, const std::string& where) {
    constexpr auto most = static_cast<std::size_t>(std::numeric_limits<std::ptrdiff_t>::max());
    std::size_t bytes = header.element.bytes;
    for (const std::size_t length : header.shape) {
        // A length of 0 makes an empty array, yet its other length must still be one an array can have.
        if (length > most / bytes)
            throw Error(fmt::format("{}: shape {} of dtype {} would take more bytes than a machine can address", where,
                                    shape_text(header.shape), header.dtype));
        bytes *= length == 0 ? 1 : length;
    }
}

}  // namespace

std::size_t Header::data_bytes() const {
    std::size_t bytes = element.bytes;
    for (const std::size_t length : shape) bytes *= length;
    return bytes;
}

std::size_t length_bytes(std::string_view first_bytes, const std::string& where) {
    if (!first_bytes.starts_with(magic) || first_bytes.size() < version_bytes)
        throw Error(fmt::format("{}: not a NumPy array: it starts with '{}', expected '{}' and a version", where,
                                printable(first_bytes), printable(magic)));
    const auto major = static_cast<unsigned char>(first_bytes[6]);
    const auto minor = static_cast<unsigned char>(first_bytes[7]);
    if (minor != 0 || major < 1 || major > 3)
        throw Error(fmt::format("{}: version {}.{} of the .npy format; expected 1.0, 2.0 or 3.0", where, major, minor));
    return major == 1 ? 2 : 4;
}

Header read_header(std::string_view dictionary, const std::string& where) {
    Cursor cursor{.text = dictionary, .where = where};
    std::optional<std::string> dtype;
    std::optional<bool> fortran_order;
    std::optional<std::vector<std::size_t>> shape;
    const auto once = [&](const auto& field) {
        if (field) cursor.refuse("each key once");
    };
    cursor.expect('{');
    while (!cursor.accept('}')) {
        const std::string key = cursor.string();
        cursor.expect(':');
        if (key == "descr") {
            once(dtype);
            if (cursor.accept('['))
                throw Error(fmt::format("{}: a structured array with named fields; {}", where, how_to_save));
            dtype = cursor.string();
        } else if (key == "fortran_order") {
            once(fortran_order);
            fortran_order = cursor.accept_word("True");
            if (!*fortran_order && !cursor.accept_word("False")) cursor.refuse("True or False");
        } else if (key == "shape") {
            once(shape);
            shape = cursor.tuple();
        } else {
            cursor.refuse("the keys descr, fortran_order and shape only");
        }
        if (cursor.accept('}')) break;
        cursor.expect(',');
    }
    cursor.accept('\n');
    cursor.skip_spaces();
    if (cursor.at != dictionary.size()) cursor.refuse("nothing after the dictionary");
    if (!dtype || !fortran_order || !shape) cursor.refuse("all of descr, fortran_order and shape");

    Header header{
        .dtype = *dtype, .element = element_of(*dtype, where), .fortran_order = *fortran_order, .shape = *shape};
    if (header.shape.size() > most_axes)
        throw Error(fmt::format("{}: shape {} has {} axes; expected at most {}", where, shape_text(header.shape),
                                header.shape.size(), most_axes));
    require_size_fits(header, where);
    return header;
}

}  // namespace gradproof::npz
