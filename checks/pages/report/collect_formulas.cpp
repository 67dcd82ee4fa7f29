// SPDX-License-Identifier: MIT
//
//   collect_formulas DERIVATIONS FILE.json
//
// Collects the notes' titles and tagged formulas for the report:
// {"titles": {"activations/sigmoid": "Sigmoid"}, "formulas": {"activations/sigmoid (derivative)": {"tex": "..."}}}.
#include <fmt/format.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "notes/reader/links.hpp"
#include "notes/reader/note.hpp"

int main(int argc, char** argv) {
    if (argc != 3) {
        fmt::print(stderr, "usage: collect_formulas DERIVATIONS FILE.json\n");
        return 2;
    }
    try {
        const std::filesystem::path folder = argv[1];
        const std::regex tag(R"(\\tag\{([^}]*)\})");
        nlohmann::json formulas = nlohmann::json::object();
        nlohmann::json titles = nlohmann::json::object();
        for (const std::filesystem::path& file : gradproof::notes::notes_below(folder)) {
            const std::string name =
                std::filesystem::path(file).replace_extension().lexically_relative(folder).string();
            const gradproof::notes::Note note = gradproof::notes::read_note(file);
            if (!note.headings.empty()) titles[name] = note.headings.front().text;
            for (const gradproof::notes::Fence& fence : note.fences) {
                std::smatch found;
                if (!std::regex_search(fence.text, found, tag)) continue;
                // A loss's card would show, beside the loss, the activation that its note happens to take.
                if (fence.text.find(":=") != fence.text.rfind(":="))
                    throw std::runtime_error(
                        fmt::format("{}:{}: the tag ({}) names one formula, but the fence defines more; put them in "
                                    "fences of their own",
                                    file.string(), fence.line, found[1].str()));
                const std::string tex = std::regex_replace(fence.text, tag, "");
                formulas[fmt::format("{} ({})", name, found[1].str())] = {
                    {"tex", tex.substr(0, tex.find_last_not_of(" \n") + 1)}};
            }
        }
        std::ofstream out(argv[2]);
        if (!(out << nlohmann::json{{"titles", titles}, {"formulas", formulas}}.dump(1) << "\n").flush())
            throw std::runtime_error(fmt::format("{}: cannot be written", argv[2]));
    } catch (const std::exception& error) {
        fmt::print(stderr, "collect_formulas: {}\n", error.what());
        return 2;
    }
    return 0;
}
