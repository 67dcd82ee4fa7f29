// SPDX-License-Identifier: MIT
#include "diagnosis/npz/npy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstring>
#include <tuple>
#include <utility>
#include <vector>

#include "diagnosis/npz/header.hpp"

namespace gradproof::npz {
namespace {

static_assert(std::endian::native == std::endian::little || std::endian::native == std::endian::big);

std::string read_exactly(const ByteSource& source, std::size_t count, const std::string& where) {
    std::string bytes(count, '\0');
    const std::size_t got = source(bytes);
    if (got != count)
        throw Error(fmt::format("{}: the file ends inside the header: found {} of {} bytes", where, got, count));
    return bytes;
}

template <class T>
T stored(const char* bytes, bool big_endian) {
    std::array<char, sizeof(T)> raw;
    std::memcpy(raw.data(), bytes, sizeof(T));
    if (big_endian != (std::endian::native == std::endian::big)) std::ranges::reverse(raw);
    return std::bit_cast<T>(raw);
}

double number_at(const char* bytes, const Element& element, const std::string& where) {
    using Kind = Element::Kind;
    const auto as = [&]<class T>(T) {
        const T value = stored<T>(bytes, element.big_endian);
        const auto number = static_cast<double>(value);
        if constexpr (std::integral<T>)
            // Beyond 2^53 a double skips integers.
            if (std::abs(number) > 9007199254740992.0)
                throw Error(fmt::format("{}: holds the integer {}; expected at most 2^53", where, value));
        return number;
    };
    const bool is_signed = element.kind == Kind::signed_integer;
    switch (element.bytes) {
        case 1: {
            const auto byte = static_cast<unsigned char>(*bytes);
            if (element.kind == Kind::boolean && byte > 1)
                throw Error(fmt::format("{}: a bool is stored as {}; expected 0 or 1", where, byte));
            return is_signed ? static_cast<double>(std::bit_cast<signed char>(byte)) : static_cast<double>(byte);
        }
        case 2:
            return is_signed ? as(std::int16_t{}) : as(std::uint16_t{});
        case 4:
            if (element.kind == Kind::floating) return as(float{});
            return is_signed ? as(std::int32_t{}) : as(std::uint32_t{});
        default:
            if (element.kind == Kind::floating) return as(double{});
            return is_signed ? as(std::int64_t{}) : as(std::uint64_t{});
    }
}

Eigen::MatrixXd read_numbers(const ByteSource& source, const Header& header, const std::string& where) {
    const auto length = [&](std::size_t axis) {
        return axis < header.shape.size() ? static_cast<Eigen::Index>(header.shape[axis]) : Eigen::Index{1};
    };
    Eigen::Index columns = 1;
    for (std::size_t axis = 1; axis < header.shape.size(); ++axis) columns *= length(axis);
    Eigen::MatrixXd values(length(0), columns);
    std::vector<std::size_t> index(header.shape.size(), 0);  // of the next number, of arrays with more axes than two
    const auto advance_first_axis_fastest = [&] {
        for (std::size_t axis = 0; axis < index.size(); ++axis) {
            if (++index[axis] < header.shape[axis]) break;
            index[axis] = 0;
        }
        Eigen::Index place = 0;
        for (std::size_t axis = 1; axis < index.size(); ++axis)
            place = place * length(axis) + static_cast<Eigen::Index>(index[axis]);
        return std::pair(index.empty() ? Eigen::Index{0} : static_cast<Eigen::Index>(index[0]), place);
    };
    const std::size_t size = header.element.bytes;
    std::string chunk(std::size_t{1} << 16, '\0');  // a multiple of every element's size
    const std::size_t total = header.data_bytes();
    Eigen::Index row = 0;
    Eigen::Index column = 0;
    for (std::size_t done = 0; done < total;) {
        const std::size_t wanted = std::min(chunk.size(), total - done);
        const std::size_t got = source(std::span(chunk.data(), wanted));
        if (got != wanted)
            throw Error(
                fmt::format("{}: the numbers end after {} of {} bytes: the file is cut off", where, done + got, total));
        for (std::size_t at = 0; at < wanted; at += size) {
            values(row, column) = number_at(chunk.data() + at, header.element, where);
            if (header.fortran_order) {
                std::tie(row, column) = advance_first_axis_fastest();
            } else {
                if (++column == values.cols()) column = 0, ++row;
            }
        }
        done += wanted;
    }
    return values;
}

}  // namespace

Array read_npy(const ByteSource& source, std::uint64_t bytes, std::string name, const std::string& where) {
    const std::string start = read_exactly(source, std::min<std::uint64_t>(bytes, version_bytes), where);
    const std::size_t field = length_bytes(start, where);
    const std::string length_field = read_exactly(source, field, where);
    const std::size_t length = field == 2 ? stored<std::uint16_t>(length_field.data(), false)
                                          : stored<std::uint32_t>(length_field.data(), false);
    if (length > longest_dictionary)
        throw Error(
            fmt::format("{}: the header claims {} bytes; expected at most {}", where, length, longest_dictionary));
    const Header header = read_header(read_exactly(source, length, where), where);
    const std::uint64_t before_data = version_bytes + field + length;
    if (bytes < before_data || bytes - before_data != header.data_bytes())
        throw Error(fmt::format("{}: shape {} of dtype {} needs {} bytes of numbers, but the file holds {}", where,
                                shape_text(header.shape), header.dtype, header.data_bytes(),
                                bytes < before_data ? 0 : bytes - before_data));
    return {.name = std::move(name),
            .dtype = header.dtype,
            .shape = header.shape,
            .values = read_numbers(source, header, where)};
}

}  // namespace gradproof::npz
