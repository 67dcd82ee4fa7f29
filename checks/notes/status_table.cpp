// SPDX-License-Identifier: MIT
#include "notes/status_table.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace gradproof::notes {

std::string status_table(const std::vector<NoteReport>& reports, const std::filesystem::path& folder) {
    std::string table = "| note | claims | exact | certified | sampled |\n|---|--:|--:|--:|--:|\n";
    std::size_t totals[4] = {};
    for (const auto& report : reports) {
        if (report.results.empty()) continue;
        const auto& note = report.document->note;
        const auto path = note.path.lexically_relative(folder).generic_string();
        const auto title = note.headings.empty() ? path : note.headings.front().text;
        const std::size_t counts[4] = {report.results.size(), report.count(Status::exact),
                                       report.count(Status::certified), report.count(Status::sampled)};
        table +=
            fmt::format("| [{}]({}) | {} | {} | {} | {} |\n", title, path, counts[0], counts[1], counts[2], counts[3]);
        for (std::size_t i = 0; i < 4; ++i) totals[i] += counts[i];
    }
    return table + fmt::format("| **all** | {} | {} | {} | {} |\n", totals[0], totals[1], totals[2], totals[3]);
}

std::string with_table(std::string_view text, std::string_view table, std::string_view name) {
    const std::string begin = fmt::format("<!-- {}:begin -->\n", name);
    const std::string end = fmt::format("<!-- {}:end -->", name);
    const auto first = text.find(begin);
    const auto last = text.find(end);
    if (first == std::string_view::npos || last == std::string_view::npos || last < first)
        throw std::runtime_error(fmt::format("the lines <!-- {0}:begin --> and <!-- {0}:end --> are missing", name));
    std::string replaced(text.substr(0, first + begin.size()));
    replaced += '\n';
    replaced += table;
    replaced += '\n';
    replaced += text.substr(last);
    return replaced;
}

}  // namespace gradproof::notes
