// SPDX-License-Identifier: MIT
#include "diagnosis/npz/archive.hpp"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>
#include <span>
#include <string>
#include <system_error>
#include <utility>

#include "diagnosis/npz/header.hpp"
#include "diagnosis/npz/npy.hpp"
#include "diagnosis/npz/other_formats.hpp"

namespace gradproof::npz {
namespace {

struct DiscardArchive {
    void operator()(zip_t* archive) const { zip_discard(archive); }
};
struct CloseEntry {
    void operator()(zip_file_t* entry) const { zip_fclose(entry); }
};
struct FreeSource {
    void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, DiscardArchive>;
using Source = std::unique_ptr<zip_source_t, FreeSource>;

struct ZipError {
    zip_error_t error;
    ZipError() { zip_error_init(&error); }
    ~ZipError() { zip_error_fini(&error); }
    ZipError(const ZipError&) = delete;
    ZipError& operator=(const ZipError&) = delete;
    std::string text() { return zip_error_strerror(&error); }
};

[[noreturn]] void refuse_container(const std::string& file, const std::string& reason) {
    throw Error(fmt::format("{}: not a complete .npz file ({}); {}", file, reason, how_to_save));
}

Archive open_archive(Source source, const std::string& file, ZipError& error) {
    if (!source) refuse_container(file, error.text());
    Archive archive(zip_open_from_source(source.get(), ZIP_RDONLY | ZIP_CHECKCONS, &error.error));
    if (!archive) refuse_container(file, error.text());
    source.release();  // the archive owns it now
    return archive;
}

// What the central directory claims about one member, once it is plausible.
struct Member {
    zip_uint64_t index;
    std::string name;  // without .npy
    std::uint64_t bytes;
};

Member member_at(zip_t* archive, zip_uint64_t index, const std::string& file) {
    // Deflate cannot shrink by more than 1032 : 1, so a larger claim is false.
    constexpr std::uint64_t largest_ratio = 1032;
    zip_stat_t stat;
    zip_stat_init(&stat);
    constexpr zip_uint64_t needed = ZIP_STAT_NAME | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_COMP_METHOD;
    if (zip_stat_index(archive, index, ZIP_FL_ENC_RAW, &stat) != 0 || (stat.valid & needed) != needed)
        refuse_container(file, "its list of members is damaged");
    std::string_view name = stat.name;
    if (!name.ends_with(".npy"))
        throw Error(fmt::format("{}: member '{}' is no .npy array; {}", file, printable(name), how_to_save));
    name.remove_suffix(4);
    const std::string where = fmt::format("{}: array '{}'", file, printable(name));
    if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)
        throw Error(fmt::format("{}: is encrypted; expected what np.savez writes", where));
    if (stat.comp_method != ZIP_CM_STORE && stat.comp_method != ZIP_CM_DEFLATE)
        throw Error(fmt::format("{}: is packed by zip method {}; expected stored or deflated as by np.savez", where,
                                stat.comp_method));
    const bool plausible =
        stat.comp_method == ZIP_CM_STORE ? stat.size == stat.comp_size : stat.size / largest_ratio <= stat.comp_size;
    if (!plausible)
        throw Error(fmt::format("{}: claims {} bytes in {} packed ones, more than a zip can hold", where, stat.size,
                                stat.comp_size));
    return {.index = index, .name = std::string(name), .bytes = stat.size};
}

Array read_member(zip_t* archive, const Member& member, const std::string& file) {
    const std::string where = fmt::format("{}: array '{}'", file, printable(member.name));
    const std::unique_ptr<zip_file_t, CloseEntry> entry(zip_fopen_index(archive, member.index, 0));
    if (!entry) throw Error(fmt::format("{}: cannot be unpacked ({})", where, zip_strerror(archive)));
    const ByteSource source = [&](std::span<char> bytes) -> std::size_t {
        std::size_t done = 0;
        while (done < bytes.size()) {
            const zip_int64_t got = zip_fread(entry.get(), bytes.data() + done, bytes.size() - done);
            if (got < 0)
                throw Error(
                    fmt::format("{}: is damaged ({})", where, zip_error_strerror(zip_file_get_error(entry.get()))));
            if (got == 0) break;
            done += static_cast<std::size_t>(got);
        }
        return done;
    };
    Array array = read_npy(source, member.bytes, member.name, where);
    char beyond = 0;  // reading past the end makes libzip compare the checksum
    if (source(std::span(&beyond, 1)) != 0) throw Error(fmt::format("{}: holds more bytes than it claims", where));
    return array;
}

std::vector<Array> read_archive(zip_t* archive, const std::string& file, const Limits& limits) {
    const zip_int64_t entries = zip_get_num_entries(archive, 0);
    if (entries == 0) throw Error(fmt::format("{}: holds no array; {}", file, how_to_save));
    if (std::cmp_greater(entries, limits.entries))
        throw Error(fmt::format("{}: holds {} members; expected at most {}", file, entries, limits.entries));
    std::vector<Member> members;
    std::set<std::string> names;
    std::uint64_t bytes = 0;
    for (zip_uint64_t index = 0; std::cmp_less(index, entries); ++index) {
        members.push_back(member_at(archive, index, file));
        if (!names.insert(members.back().name).second)
            throw Error(fmt::format("{}: array '{}' is there twice", file, printable(members.back().name)));
        bytes = members.back().bytes > limits.bytes ? limits.bytes + 1 : bytes + members.back().bytes;
        if (bytes > limits.bytes)
            throw Error(fmt::format("{}: array '{}' brings the total above the limit of {} bytes", file,
                                    printable(members.back().name), limits.bytes));
    }
    std::vector<Array> arrays;
    for (const Member& member : members) arrays.push_back(read_member(archive, member, file));
    std::ranges::sort(arrays, {}, &Array::name);
    return arrays;
}

ByteSource from_memory(std::string_view bytes) {
    return [bytes, done = std::size_t{0}](std::span<char> to) mutable {
        const std::size_t count = std::min(to.size(), bytes.size() - done);
        std::copy_n(bytes.data() + done, count, to.data());
        done += count;
        return count;
    };
}

// Works even where an array shares its file with nothing: a .npy file is its own only member.
Array read_single(const std::filesystem::path& path, const Limits& limits) {
    const std::string file = printable(path.string());
    std::error_code error;
    const std::uint64_t bytes = std::filesystem::file_size(path, error);
    std::ifstream in(path, std::ios::binary);
    if (error || !in) throw Error(fmt::format("{}: cannot be opened", file));
    if (bytes > limits.bytes)
        throw Error(fmt::format("{}: has {} bytes; expected at most {}", file, bytes, limits.bytes));
    const ByteSource source = [&in](std::span<char> to) {
        in.read(to.data(), static_cast<std::streamsize>(to.size()));
        return static_cast<std::size_t>(in.gcount());
    };
    return read_npy(source, bytes, path.stem().string(), file);
}

std::vector<Array> read_folder(const std::filesystem::path& path, const Limits& limits) {
    std::vector<Array> arrays;
    Limits left = limits;
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
        if (entry.path().extension() != ".npy" || !entry.is_regular_file()) continue;
        if (left.entries-- == 0)
            throw Error(fmt::format("{}: holds more than {} arrays", printable(path.string()), limits.entries));
        arrays.push_back(read_single(entry.path(), left));
        left.bytes -= std::min(left.bytes, entry.file_size());
    }
    if (arrays.empty())
        throw Error(fmt::format("{}: a folder without .npy files; {}", printable(path.string()), how_to_save));
    std::ranges::sort(arrays, {}, &Array::name);
    return arrays;
}

bool starts_as_npy(const std::filesystem::path& path) {
    std::string start(magic.size(), '\0');
    std::ifstream(path, std::ios::binary).read(start.data(), static_cast<std::streamsize>(start.size()));
    return start == magic;
}

}  // namespace

std::vector<Array> read_arrays(const std::filesystem::path& path, const Limits& limits) {
    const std::string file = printable(path.string());
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (!std::filesystem::exists(status)) throw Error(fmt::format("{}: there is no such file", file));
    if (std::filesystem::is_directory(status)) return read_folder(path, limits);
    if (!std::filesystem::is_regular_file(status)) throw Error(fmt::format("{}: is not a file", file));
    if (const std::string lines = how_to_convert(path); !lines.empty())
        throw Error(fmt::format("{}: is no .npz file; in Python: {}", file, lines));
    if (path.extension() == ".npy" || starts_as_npy(path)) return {read_single(path, limits)};
    ZipError zip_error;
    Source source(zip_source_file_create(path.string().c_str(), 0, -1, &zip_error.error));
    const Archive archive = open_archive(std::move(source), file, zip_error);
    return read_archive(archive.get(), file, limits);
}

std::vector<Array> read_arrays(std::string_view bytes, std::string_view name, const Limits& limits) {
    const std::string file = printable(name);
    if (bytes.starts_with(magic)) return {read_npy(from_memory(bytes), bytes.size(), file, file)};
    ZipError zip_error;
    Source source(zip_source_buffer_create(bytes.data(), bytes.size(), 0, &zip_error.error));
    const Archive archive = open_archive(std::move(source), file, zip_error);
    return read_archive(archive.get(), file, limits);
}

}  // namespace gradproof::npz
