// SPDX-License-Identifier: MIT
#include "pages/report/network_section.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"
#include "pages/report/pairing_section.hpp"
#include "pages/report/plot.hpp"

namespace gradproof::report {
namespace {

using namespace checks;
using kainjow::mustache::data;

constexpr std::size_t worst_entries_shown = 5;

// What stands in an entry's cell, and how it is shaded; the words are for the legend and for who sees no colour.
struct CellLook {
    std::string text;
    std::string shade;
};

CellLook look_of(const Verdict& verdict) {
    if (verdict.outcome == Outcome::refuted) return {"✗", "refuted"};
    if (verdict.outcome == Outcome::undecided) return {"?", "undecided"};
    if (verdict.remark == Remark::not_exercised) return {"·", "idle"};
    const std::string digits = fmt::format("{:.0f}", std::floor(verdict.digits));
    if (verdict.remark == Remark::subgradient || verdict.remark == Remark::kink_convention)
        return {digits + "k", shade_of(verdict.digits)};
    return {digits, shade_of(verdict.digits)};
}

std::string counts_of(const TensorVerdict& tensor) {
    std::string text = fmt::format("{} confirmed", tensor.confirmed);
    if (tensor.not_exercised > 0) text += fmt::format(", {} of them not exercised", tensor.not_exercised);
    if (tensor.subgradients > 0) text += fmt::format(", {} of them at a kink", tensor.subgradients);
    if (tensor.undecided > 0) text += fmt::format("; {} undecided", tensor.undecided);
    if (tensor.refuted > 0) text += fmt::format("; {} refuted", tensor.refuted);
    return text + ".";
}

data map_of(const std::string& id, const TensorVerdict& together, const std::vector<Verdict>& verdicts,
            nlohmann::json& values) {
    // A bias is a column; lying down it takes less of the page.
    const bool lying = together.columns == 1;
    const Eigen::Index row_count = lying ? 1 : together.rows;
    const Eigen::Index column_count = lying ? together.rows : together.columns;
    data rows(data::type::list);
    nlohmann::json entries = nlohmann::json::array();
    for (Eigen::Index i = 0; i < row_count; ++i) {
        data cells(data::type::list);
        for (Eigen::Index j = 0; j < column_count; ++j) {
            const Verdict& verdict = verdicts[static_cast<std::size_t>(lying ? j : j * row_count + i)];
            const CellLook look = look_of(verdict);
            data cell;
            cell.set("text", look.text);
            cell.set("shade", look.shade);
            cells.push_back(cell);
            nlohmann::json entry{number_or_null(verdict.analytic), number_or_null(verdict.estimate.value),
                                 number_or_null(verdict.estimate.error_bar), std::string(name_of(verdict.outcome))};
            if (verdict.estimate.lower() < verdict.estimate.upper()) {
                entry.push_back(number_or_null(verdict.estimate.lower()));
                entry.push_back(number_or_null(verdict.estimate.upper()));
            }
            entries.push_back(std::move(entry));
        }
        data row;
        row.set("number", std::to_string(i + 1));
        row.set("cells", cells);
        rows.push_back(row);
    }
    values[id] = {
        {"name", together.name}, {"columns", column_count}, {"lying", lying}, {"entries", std::move(entries)}};
    data header(data::type::list);
    for (Eigen::Index j = 0; j < column_count; ++j) {
        data one;
        one.set("number", std::to_string(j + 1));
        header.push_back(one);
    }
    data worst(data::type::list);
    for (std::size_t n = 0; n < std::min(worst_entries_shown, together.worst.size()); ++n) {
        const EntryVerdict& entry = together.worst[n];
        data one;
        one.set("text",
                fmt::format("{}[{}, {}]: {}", together.name, entry.row + 1, entry.column + 1, describe(entry.verdict)));
        worst.push_back(one);
    }
    data map;
    map.set("id", id);
    map.set("name", together.name);
    map.set("shape", fmt::format("{} × {}", together.rows, together.columns));
    map.set("outcome", std::string(name_of(together.outcome())));
    map.set("as_expected", together.outcome() == Outcome::confirmed);
    map.set("counts", counts_of(together));
    map.set("digits", fmt::format("{:.1f}", together.least_digits));
    map.set("header", header);
    map.set("rows", rows);
    map.set("worst", worst);
    return map;
}

}  // namespace

data network_section(const NetworkEvidence& evidence, const std::string& data_name, nlohmann::json& values) {
    data section;
    section.set("data", data_name);
    section.set("examples", std::to_string(evidence.examples));
    section.set("sizes", fmt::format("{}", fmt::join(evidence.sizes, "–")));
    section.set("iterations", std::to_string(evidence.iterations));
    section.set("cost", fmt::format("{:.4f}", evidence.costs.back()));
    section.set("accuracy", fmt::format("{:.1f}", 100 * evidence.accuracy));
    section.set("outcome", std::string(name_of(evidence.outcome)));
    section.set("as_expected", evidence.outcome == Outcome::confirmed);
    Series costs{.name = "cost", .colour = 0, .drawn = Drawn::line, .points = {}};
    for (std::size_t i = 0; i < evidence.costs.size(); ++i)
        costs.points.push_back({static_cast<double>(i), evidence.costs[i]});
    const Plot plot{.id = "network-cost",
                    .title = "The cost over the steps of gradient descent",
                    .x = {.label = "step of gradient descent"},
                    .y = {.label = "cost"},
                    .series = {std::move(costs)}};
    values[plot.id] = json_of(plot);
    section.set("cost_plot", svg_of(plot));
    data layers(data::type::list);
    for (std::size_t l = 1; l <= evidence.layers.size(); ++l) {
        const LayerEvidence& one = evidence.layers[l - 1];
        data maps(data::type::list);
        maps.push_back(map_of(fmt::format("layer-{}-dW", l), one.dW_together, one.dW, values));
        maps.push_back(map_of(fmt::format("layer-{}-db", l), one.db_together, one.db, values));
        data layer;
        layer.set("number", std::to_string(l));
        layer.set("activation", spoken(one.activation));
        layer.set("maps", maps);
        layers.push_back(layer);
    }
    section.set("layers", layers);
    data warnings(data::type::list);
    for (const Warning& warning : evidence.warnings) {
        data one;
        one.set("text", warning.text);
        warnings.push_back(one);
    }
    section.set("warnings", warnings);
    section.set("has_warnings", !evidence.warnings.empty());
    return section;
}

}  // namespace gradproof::report
