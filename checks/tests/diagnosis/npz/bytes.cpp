// SPDX-License-Identifier: MIT
#include "tests/diagnosis/npz/bytes.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <bit>
#include <cstdint>
#include <stdexcept>

#include "diagnosis/npz/archive.hpp"

namespace gradproof::npz {
namespace {

std::string little_endian(std::uint64_t number, std::size_t bytes) {
    std::string out;
    for (std::size_t i = 0; i < bytes; ++i) out += static_cast<char>((number >> (8 * i)) & 0xff);
    return out;
}

}  // namespace

std::string npy_bytes(std::string_view dictionary, std::string_view numbers, std::string_view version) {
    const std::size_t field = version[0] == 1 ? 2 : 4;
    return fmt::format("\x93NUMPY{}{}{}{}", version, little_endian(dictionary.size(), field), dictionary, numbers);
}

std::string f8_bytes(const std::vector<double>& numbers) {
    std::string out;
    for (const double number : numbers) out += little_endian(std::bit_cast<std::uint64_t>(number), 8);
    return out;
}

std::string dictionary_of(std::string_view dtype, std::string_view shape) {
    return fmt::format("{{'descr': '{}', 'fortran_order': False, 'shape': {}, }}\n", dtype, shape);
}

std::string f8_array(std::string_view shape, const std::vector<double>& numbers) {
    return npy_bytes(dictionary_of("<f8", shape), f8_bytes(numbers));
}

std::string zip_bytes(const std::vector<std::pair<std::string, std::string>>& members, bool compressed) {
    zip_error_t error;
    zip_source_t* const target = zip_source_buffer_create(nullptr, 0, 0, &error);
    zip_t* const archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    if (!archive) throw std::runtime_error("libzip cannot make an archive");
    zip_source_keep(target);
    for (const auto& [name, content] : members) {
        zip_source_t* const source = zip_source_buffer(archive, content.data(), content.size(), 0);
        const zip_int64_t index = zip_file_add(archive, name.c_str(), source, 0);
        if (index < 0) throw std::runtime_error("libzip cannot add " + name);
        const auto method = compressed ? ZIP_CM_DEFLATE : ZIP_CM_STORE;
        zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 0);
    }
    if (zip_close(archive) != 0) throw std::runtime_error("libzip cannot write the archive");
    zip_source_open(target);
    zip_source_seek(target, 0, SEEK_END);
    std::string bytes(static_cast<std::size_t>(zip_source_tell(target)), '\0');
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
    zip_source_free(target);
    return bytes;
}

std::string complaint(std::string_view bytes) {
    try {
        read_arrays(bytes, "mine.npz");
    } catch (const Error& error) {
        return error.what();
    }
    return "";
}

}  // namespace gradproof::npz
