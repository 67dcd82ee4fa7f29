// SPDX-License-Identifier: MIT
#include "notes/reader/links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <regex>

namespace gradproof::notes {
namespace {

namespace fs = std::filesystem;

// GitHub's anchor of a heading: lower case, blanks to -, other punctuation gone.
std::string anchor_of(std::string_view heading) {
    std::string anchor;
    for (const char c : heading) {
        const bool upper = c >= 'A' && c <= 'Z';
        const bool kept = upper || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                          static_cast<unsigned char>(c) >= 0x80;
        if (c == ' ')
            anchor += '-';
        else if (kept)
            anchor += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return anchor;
}

bool has_tag(const Document& document, const std::string& tag) {
    return std::any_of(document.fences.begin(), document.fences.end(),
                       [&](const auto& fence) { return !fence.tag.empty() && tag_slug(fence.tag) == tag; });
}

bool has_anchor(const Note& note, const std::string& anchor) {
    return std::any_of(note.headings.begin(), note.headings.end(),
                       [&](const auto& heading) { return anchor_of(heading.text) == anchor; });
}

}  // namespace

std::string tag_slug(std::string_view tag) {
    auto slug = slug_of(tag);
    std::transform(slug.begin(), slug.end(), slug.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return slug;
}

std::vector<fs::path> notes_below(const fs::path& folder) {
    std::vector<fs::path> notes;
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file() && entry.path().extension() == ".md") notes.push_back(entry.path());
    std::sort(notes.begin(), notes.end());
    return notes;
}

std::vector<Citation> citations_below(const fs::path& folder) {
    static const std::regex pattern(R"(derivations/([A-Za-z0-9_/]+)\.md(?: \(([A-Za-z0-9_ ]+)\))?)");
    std::vector<Citation> found;
    if (!fs::exists(folder)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto extension = entry.path().extension();
        if (!entry.is_regular_file() || (extension != ".hpp" && extension != ".cpp")) continue;
        std::ifstream file(entry.path());
        std::string line;
        for (int number = 1; std::getline(file, line); ++number)
            for (std::sregex_iterator it(line.begin(), line.end(), pattern), end; it != end; ++it)
                found.push_back({entry.path(), number, (*it)[1], tag_slug((*it)[2].str())});
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return std::tie(a.file, a.line) < std::tie(b.file, b.line); });
    return found;
}

std::vector<std::string> broken_links(Library& library, const fs::path& root) {
    std::vector<std::string> broken;
    const auto derivations = root / "derivations";
    auto citations = citations_below(root / "lib");
    // Tests cite what is not there, on purpose; worked examples, what would be there with them.
    for (const auto& folder : fs::directory_iterator(root / "checks"))
        if (folder.is_directory() && folder.path().filename() != "tests" && folder.path().filename() != "examples")
            for (auto& citation : citations_below(folder.path())) citations.push_back(std::move(citation));
    for (const auto& citation : citations) {
        const auto note = derivations / (citation.note + ".md");
        const auto place = fmt::format("{}:{}", citation.file.lexically_relative(root).string(), citation.line);
        if (!fs::exists(note)) {
            broken.push_back(fmt::format("{}: derivations/{}.md does not exist", place, citation.note));
        } else if (!citation.tag.empty() && !has_tag(library.read(note), citation.tag)) {
            broken.push_back(
                fmt::format("{}: derivations/{}.md has no formula tagged {}", place, citation.note, citation.tag));
        }
    }
    for (const auto& path : notes_below(derivations)) {
        const Note& note = library.read(path).note;
        for (const auto& link : note.links) {
            if (link.target.find("://") != std::string::npos || link.target.starts_with("mailto:")) continue;
            const auto hash = link.target.find('#');
            const auto file = link.target.substr(0, hash);
            const auto target = file.empty() ? path : path.parent_path() / file;
            const auto place =
                fmt::format("{}:{}:{}", path.lexically_relative(root).string(), link.where.line, link.where.column);
            if (!fs::exists(target)) {
                broken.push_back(fmt::format("{}: the link to {} leads nowhere", place, link.target));
            } else if (hash != std::string::npos && target.extension() == ".md" &&
                       !has_anchor(library.read(target).note, link.target.substr(hash + 1))) {
                broken.push_back(fmt::format("{}: no heading for the link to {}", place, link.target));
            }
        }
    }
    return broken;
}

std::vector<std::string> uncited_formulas(const fs::path& root,
                                          const std::vector<std::pair<std::string, std::string>>& formulas) {
    const auto citations = citations_below(root / "lib");
    std::vector<std::string> uncited;
    for (const auto& formula : formulas) {
        const bool cited = std::any_of(citations.begin(), citations.end(), [&](const auto& one) {
            return one.note == formula.first && one.tag == formula.second;
        });
        const auto text = fmt::format("derivations/{}.md ({})", formula.first, formula.second);
        if (!cited && std::find(uncited.begin(), uncited.end(), text) == uncited.end()) uncited.push_back(text);
    }
    return uncited;
}

}  // namespace gradproof::notes
