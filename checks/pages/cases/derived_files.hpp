// SPDX-License-Identifier: MIT
//
// Files of derivations that follow from the code and from other notes: what they have to hold, whether they do.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace gradproof {

/// A file that follows from others, relative to the folder of the notes, and what it has to hold.
struct DerivedFile {
    std::filesystem::path name;
    std::string text;
};

/// What is wrong with the files that are there, one message each: one that is missing or another, and one in `folder`
/// that is none of them.
std::vector<std::string> outdated_files(const std::vector<DerivedFile>& files, const std::filesystem::path& derivations,
                                        std::string_view folder);

/// Writes those that are not as they should be, and says which. Throws std::runtime_error, naming the file, if it
/// cannot.
std::vector<std::filesystem::path> write_files(const std::vector<DerivedFile>& files,
                                               const std::filesystem::path& derivations);

/// The whole text of a file, empty if there is none.
std::string text_of_file(const std::filesystem::path& file);

}  // namespace gradproof
