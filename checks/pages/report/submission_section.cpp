// SPDX-License-Identifier: MIT
#include "pages/report/submission_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "pages/report/formulas.hpp"

namespace gradproof::report {
namespace {

using kainjow::mustache::data;

// A number, or "nan", "inf" and "-inf", which JSON has no numbers for.
std::string text_of(const nlohmann::json& value, std::string_view format = "{:.10g}") {
    if (value.is_string()) return value.get<std::string>();
    return fmt::format(fmt::runtime(format), value.get<double>());
}

data tensor_row(const nlohmann::json& tensor) {
    const std::string verdict = tensor.at("verdict");
    const nlohmann::json& worst = tensor.at("worst");
    // Counted from 0, as the check counts: these are a program's arrays.
    const auto row = worst.at("index").at(0).get<long>();
    const auto column = worst.at("index").at(1).get<long>();
    data result;
    result.set("name", tensor.at("name").get<std::string>());
    result.set("verdict", verdict);
    result.set("confirmed", verdict == "confirmed");
    result.set("undecided", verdict == "undecided");
    result.set("digits", text_of(tensor.at("digits"), "{:.1f}"));
    // Of 16 digits that double precision has; drawn as a bar beside the number.
    const double share = tensor.at("digits").is_number() ? tensor.at("digits").get<double>() / 16 : 0;
    result.set("share", fmt::format("{:.0f}", 100 * std::clamp(share, 0.0, 1.0)));
    result.set("wrong", std::to_string(tensor.at("wrong").get<std::size_t>()));
    result.set("entries", std::to_string(tensor.at("entries").get<std::size_t>()));
    result.set("not_exercised", std::to_string(tensor.at("not_exercised").get<std::size_t>()));
    const std::string numerical =
        worst.contains("interval")
            ? fmt::format("{} to {}", text_of(worst.at("interval").at(0)), text_of(worst.at("interval").at(1)))
            : text_of(worst.at("numerical"));
    result.set("place", fmt::format("[{}, {}]", row, column));
    result.set("yours", text_of(worst.at("yours")));
    result.set("numerical", numerical);
    result.set("bar", text_of(worst.at("error_bar"), "{:.1g}"));
    if (const std::string remark = tensor.at("remark"); !remark.empty()) result.set("remark", remark);
    return result;
}

data finding_item(const nlohmann::json& finding, const std::string& book) {
    data result;
    result.set("tensor", finding.at("tensor").get<std::string>());
    result.set("mistake", finding.at("mistake").get<std::string>());
    result.set("explanation", finding.at("explanation").get<std::string>());
    // An empty string counts as true in a template: what is not there is left out.
    if (const auto looks_like = finding.value("looks_like", ""); !looks_like.empty())
        result.set("looks_like", looks_like);
    if (const auto detail = finding.value("detail", ""); !detail.empty()) result.set("detail", detail);
    if (finding.contains("alternative")) result.set("alternative", data::type::bool_true);
    if (const std::string note = finding.at("note"); !note.empty()) {
        result.set("note", note);
        if (!book.empty()) result.set("link", page_of_note(note, book));
    }
    std::string consequences;
    if (const auto found = finding.find("consequences"); found != finding.end())
        for (const auto& tensor : *found)
            consequences += (consequences.empty() ? "" : ", ") + tensor.get<std::string>();
    if (!consequences.empty()) result.set("consequences", consequences);
    return result;
}

data texts(const nlohmann::json& list, const char* key) {
    data result(data::type::list);
    for (const nlohmann::json& one : list) {
        data item;
        item.set("text",
                 key ? fmt::format("{}: {}", one.at("tensor").get<std::string>(), one.at(key).get<std::string>())
                     : one.get<std::string>());
        result.push_back(item);
    }
    return result;
}

}  // namespace

data submission_section(const nlohmann::json& diagnosis, const std::string& book) {
    const std::string verdict = diagnosis.at("verdict");
    data section;
    section.set("file", diagnosis.at("file").get<std::string>());
    section.set("verdict", verdict);
    section.set("confirmed", verdict == "confirmed");
    section.set("formula", diagnosis.at("formula").get<std::string>());
    data tensors(data::type::list);
    for (const nlohmann::json& tensor : diagnosis.at("tensors")) tensors.push_back(tensor_row(tensor));
    section.set("tensors", tensors);
    data findings(data::type::list);
    for (const nlohmann::json& finding : diagnosis.at("diagnosis")) findings.push_back(finding_item(finding, book));
    section.set("findings", findings);
    section.set("has_findings", !diagnosis.at("diagnosis").empty());
    section.set("cache", texts(diagnosis.at("cache"), "explanation"));
    section.set("warnings", texts(diagnosis.at("warnings"), nullptr));
    section.set("remarks", texts(diagnosis.at("remarks"), nullptr));
    return section;
}

}  // namespace gradproof::report
