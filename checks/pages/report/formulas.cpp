// SPDX-License-Identifier: MIT
#include "pages/report/formulas.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pages/report/assets.hpp"
#include "pages/report/plot.hpp"

namespace gradproof::report {

namespace {

const nlohmann::json& notes() {
    static const nlohmann::json parsed = nlohmann::json::parse(assets::notes);
    return parsed;
}

}  // namespace

std::optional<std::string> find_formula(const std::string& key) {
    const nlohmann::json& formulas = notes().at("formulas");
    const auto found = formulas.find(key);
    if (found == formulas.end()) return std::nullopt;
    if (found->contains("html")) return found->at("html").get<std::string>();
    return fmt::format("<code>{}</code>", escaped(found->at("tex").get<std::string>()));
}

std::string title_of(const std::string& note) {
    const nlohmann::json& titles = notes().at("titles");
    const auto found = titles.find(note);
    if (found != titles.end()) return found->get<std::string>();
    std::string words = note.substr(note.find('/') + 1);
    std::replace(words.begin(), words.end(), '_', ' ');
    return words;
}

std::string page_of_note(std::string_view note, std::string_view book) {
    constexpr std::string_view folder = "derivations/";
    if (note.starts_with(folder)) note.remove_prefix(folder.size());
    // A tag in brackets may follow, which is no place in the page.
    note = note.substr(0, note.find(".md"));
    return fmt::format("{}/{}.html", book, note);
}

}  // namespace gradproof::report
