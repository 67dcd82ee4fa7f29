// SPDX-License-Identifier: MIT
#include "pages/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <kainjow/mustache.hpp>
#include <nlohmann/json.hpp>

#include "pages/report/assets.hpp"
#include "pages/report/network_section.hpp"
#include "pages/report/pairing_section.hpp"
#include "pages/report/submission_section.hpp"

namespace gradproof::report {
namespace {

using namespace checks;
using kainjow::mustache::data;
using kainjow::mustache::mustache;
using kainjow::mustache::partial;

// The pairing whose evidence is open before one is chosen: the one that everybody meets first.
constexpr std::string_view opened_first = "sigmoid-binary-cross-entropy";

const PairingEvidence* find(const std::vector<PairingEvidence>& pairings, const AnyActivation& g, const AnyLoss& loss) {
    for (const PairingEvidence& one : pairings)
        if (name_of(one.pairing.activation) == name_of(g) && name_of(one.pairing.loss) == name_of(loss)) return &one;
    return nullptr;
}

bool is_of(const PairingEvidence& one, const AnyActivation& g) {
    return name_of(one.pairing.activation) == name_of(g);
}
bool is_of(const PairingEvidence& one, const AnyLoss& loss) {
    return name_of(one.pairing.loss) == name_of(loss);
}

// Those of which there is a pairing: the matrix has no row and no column without one.
template <class Any>
std::vector<Any> shown(std::vector<Any> all, const std::vector<PairingEvidence>& pairings) {
    std::erase_if(all, [&](const Any& any) {
        return std::ranges::none_of(pairings, [&](const PairingEvidence& one) { return is_of(one, any); });
    });
    return all;
}

data matrix_row(const std::vector<PairingEvidence>& pairings, const AnyActivation& activation) {
    data cells(data::type::list);
    for (const AnyLoss& loss : shown(all_losses(), pairings)) {
        data cell;
        if (const PairingEvidence* one = find(pairings, activation, loss)) {
            cell.set("sensible", data::type::bool_true);
            cell.set("id", id_of(one->pairing));
            cell.set("digits", fmt::format("{:.1f}", one->digits));
            cell.set("shade", shade_of(one->digits));
            cell.set("canonical", one->pairing.canonical);
            cell.set("failed", !one->as_expected);
            cell.set("name", spoken(one->pairing));
        }
        cells.push_back(cell);
    }
    data row;
    row.set("activation", spoken(activation));
    row.set("cells", cells);
    return row;
}

}  // namespace

std::string page_of(const PageContent& content) {
    nlohmann::json values = nlohmann::json::object();
    data page;
    data losses(data::type::list);
    for (const AnyLoss& loss : shown(all_losses(), content.pairings)) {
        data one;
        one.set("name", spoken(loss));
        losses.push_back(one);
    }
    data rows(data::type::list);
    for (const AnyActivation& activation : shown(all_activations(), content.pairings))
        rows.push_back(matrix_row(content.pairings, activation));
    data sections(data::type::list);
    std::size_t claims = 0;
    std::size_t hold = 0;
    std::size_t checked = 0;
    for (const PairingEvidence& one : content.pairings) {
        sections.push_back(pairing_section(one, content.book, values));
        for (const CheckedClaim& claim : one.claims) {
            ++claims;
            hold += claim.as_expected ? 1 : 0;
            checked += claim.evidence.verdict.checked();
        }
    }
    page.set("first", std::string(opened_first));
    page.set("losses", losses);
    page.set("rows", rows);
    page.set("pairings", sections);
    page.set("pairing_count", std::to_string(content.pairings.size()));
    page.set("claim_count", std::to_string(claims));
    page.set("hold_count", std::to_string(hold));
    page.set("value_count", std::to_string(checked));
    page.set("all_hold", hold == claims && claims > 0);
    if (!content.book.empty()) page.set("book", content.book);
    if (content.network) page.set("network", network_section(*content.network, content.data_name, values));
    if (!content.submission.empty())
        page.set("submission", submission_section(nlohmann::json::parse(content.submission), content.book));
    page.set("plot", data(partial([] { return std::string(assets::plot_template); })));
    page.set("style", std::string(assets::formula_style) + std::string(assets::style));
    page.set("script", std::string(assets::script));
    // In a script element only "</" and "<!" end the data.
    const std::string json = values.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    std::string safe;
    for (const char c : json) safe += c == '<' ? std::string("\\u003c") : std::string(1, c);
    page.set("values", safe);
    mustache engine{std::string(assets::page_template)};
    if (!engine.is_valid()) throw std::logic_error("the page's template: " + engine.error_message());
    return engine.render(page);
}

}  // namespace gradproof::report
