// SPDX-License-Identifier: MIT
#include "pages/cases/derived_files.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

namespace gradproof {

namespace fs = std::filesystem;

std::string text_of_file(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

std::vector<std::string> outdated_files(const std::vector<DerivedFile>& files, const fs::path& derivations,
                                        std::string_view folder) {
    std::vector<std::string> messages;
    std::set<fs::path> names;
    for (const auto& [name, text] : files) {
        names.insert(name);
        if (text_of_file(derivations / name) != text)
            messages.push_back(fmt::format("derivations/{} is not up to date: run gradproof notes --write-table",
                                           name.generic_string()));
    }
    if (fs::is_directory(derivations / folder))
        for (const auto& entry : fs::directory_iterator(derivations / folder))
            if (!names.contains(fs::path(folder) / entry.path().filename()))
                messages.push_back(
                    fmt::format("derivations/{}/{} is made by nothing", folder, entry.path().filename().string()));
    return messages;
}

std::vector<fs::path> write_files(const std::vector<DerivedFile>& files, const fs::path& derivations) {
    std::vector<fs::path> written;
    for (const auto& [name, text] : files) {
        const fs::path path = derivations / name;
        if (text_of_file(path) == text) continue;
        fs::create_directories(path.parent_path());
        std::ofstream file(path, std::ios::binary);
        if (!(file << text).flush()) throw std::runtime_error("cannot write " + path.string());
        written.push_back(path);
    }
    return written;
}

}  // namespace gradproof
