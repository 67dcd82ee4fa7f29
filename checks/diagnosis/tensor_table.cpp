// SPDX-License-Identifier: MIT
#include "diagnosis/tensor_table.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "differences/coloured.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::Outcome;

// A report of more rows than these does not fit a screen of 24 lines beside a diagnosis.
constexpr std::size_t rows_beside_a_diagnosis = 6;

bool is_unchecked(const TensorResult& t) {
    return t.not_checked == t.entries && t.entries > 0;
}

std::string digits(const TensorResult& t) {
    return t.digits < 0 ? "-" : fmt::format("{:.1f}", t.digits);
}

std::string interval(const TensorResult& t, int precision) {
    const std::string lower = fmt::format("{:.{}g}", t.lower, precision);
    const std::string upper = fmt::format("{:.{}g}", t.upper, precision);
    return lower == upper ? "" : lower + " .. " + upper;
}

std::string with_remark(std::string text, const std::string& remark) {
    if (!remark.empty()) text += (text.empty() ? "" : "; ") + remark;
    return text;
}

std::string wrong_entries(const TensorResult& t) {
    return t.wrong > 0 && t.wrong < t.entries ? fmt::format("{} of {} entries", t.wrong, t.entries) : "";
}

std::size_t widest_name(const std::vector<const TensorResult*>& tensors) {
    std::size_t widest = std::string_view("tensor").size();
    for (const TensorResult* t : tensors) widest = std::max(widest, t->name.size());
    return widest;
}

std::string verdict(const TensorResult& t, bool colour) {
    return checks::coloured(t.outcome, fmt::format("{:<9}", checks::name_of(t.outcome)), colour);
}

std::string all_columns(const std::vector<const TensorResult*>& tensors, bool colour) {
    const std::size_t name = widest_name(tensors);
    const auto numerical = [](const TensorResult& t) {
        const std::string between = interval(t, 6);
        return between.empty() ? fmt::format("{:.13g}", t.numerical) : between;
    };
    std::size_t width = 20;
    for (const TensorResult* t : tensors) width = std::max(width, numerical(*t).size());
    std::string text = fmt::format("{:<{}} {:<9} {:>6}  {:>9} {:>20} {:>{}} {:>9}  {}\n", "tensor", name, "verdict",
                                   "digits", "worst at", "yours", "numerical", width, "error bar", "seen above");
    for (const TensorResult* t : tensors) {
        if (is_unchecked(*t)) {
            text += fmt::format("{:<{}} {}\n", t->name, name, t->remark);
            continue;
        }
        text += fmt::format("{:<{}} {} {:>6}  {:>9} {:>20.13g} {:>{}} {:>9.1e}  {:.1e}", t->name, name,
                            verdict(*t, colour), digits(*t), fmt::format("[{}, {}]", t->row, t->column), t->yours,
                            numerical(*t), width, t->error_bar, t->visible);
        if (const std::string more = with_remark(wrong_entries(*t), t->remark); !more.empty()) text += "  " + more;
        text += '\n';
    }
    return text;
}

// What there is to say of the tensors besides, those together of which the same is to be said.
std::string remarks(const std::vector<const TensorResult*>& tensors, std::size_t width) {
    std::vector<std::pair<std::string, std::vector<std::string>>> said;
    for (const TensorResult* t : tensors) {
        std::string remark = wrong_entries(*t);
        if (const std::string between = interval(*t, 6); !between.empty())
            remark = with_remark(std::move(remark), "numerical " + between);
        remark = with_remark(std::move(remark), t->remark);
        if (remark.empty() || is_unchecked(*t)) continue;
        const auto same = std::ranges::find(said, remark, &std::pair<std::string, std::vector<std::string>>::first);
        if (same == said.end())
            said.push_back({remark, {t->name}});
        else
            same->second.push_back(t->name);
    }
    std::string text;
    for (const auto& [remark, names] : said)
        text += folded(names.size() == tensors.size() && names.size() > 1
                           ? "all: " + remark
                           : fmt::format("{}: {}", fmt::join(names, ", "), remark),
                       width, 2);
    return text;
}

// With numbers as long as the width allows.
std::string few_columns(const std::vector<const TensorResult*>& tensors, const Screen& screen) {
    const std::size_t name = widest_name(tensors);
    const std::size_t others = name + std::string_view(" confirmed digits   worst at   error bar").size();
    constexpr std::size_t least = 10;
    constexpr std::size_t most = 20;
    const std::size_t number =
        screen.width > others + 2 * (least + 1) ? std::min((screen.width - others) / 2 - 1, most) : least;
    const int precision = static_cast<int>(number) - 7;  // beside sign, point and an exponent as in e-05
    std::string text = fmt::format("{:<{}} {:<9} {:>6} {:>9} {:>{}} {:>{}} {:>9}\n", "tensor", name, "verdict",
                                   "digits", "worst at", "yours", number, "numerical", number, "error bar");
    for (const TensorResult* t : tensors) {
        if (is_unchecked(*t)) {
            text += fmt::format("{:<{}} {}\n", t->name, name, t->remark);
            continue;
        }
        text += fmt::format("{:<{}} {} {:>6} {:>9} {:>{}.{}g} {:>{}.{}g} {:>9.1e}\n", t->name, name,
                            verdict(*t, screen.colour), digits(*t), fmt::format("[{}, {}]", t->row, t->column),
                            t->yours, number, precision, t->numerical, number, precision, t->error_bar);
    }
    return text + remarks(tensors, screen.width);
}

// Those that a reader looks at first: not confirmed, and not wrong only because of another.
std::vector<const TensorResult*> first_to_look_at(const Diagnosis& diagnosis) {
    std::vector<const TensorResult*> tensors;
    for (const TensorResult& t : diagnosis.tensors) {
        const auto is_consequence = [&](const std::string& name) {
            return name_in_file(diagnosis.names, name) == t.name;
        };
        if (t.outcome == Outcome::confirmed ||
            (!diagnosis.explanations.empty() &&
             std::ranges::any_of(diagnosis.explanations.front().consequences, is_consequence)))
            continue;
        tensors.push_back(&t);
    }
    return tensors;
}

}  // namespace

std::string tensor_table(const Diagnosis& diagnosis, const Screen& screen) {
    std::vector<const TensorResult*> tensors;
    for (const TensorResult& t : diagnosis.tensors) tensors.push_back(&t);
    if (screen.verbose) return all_columns(tensors, screen.colour);
    const bool is_long = !diagnosis.explanations.empty() && tensors.size() > rows_beside_a_diagnosis;
    if (is_long)
        if (auto some = first_to_look_at(diagnosis); !some.empty()) tensors = std::move(some);
    std::string text = few_columns(tensors, screen);
    if (tensors.size() < diagnosis.tensors.size()) {
        const auto confirmed = std::ranges::count(diagnosis.tensors, Outcome::confirmed, &TensorResult::outcome);
        text += fmt::format("{} more: {} confirmed, the others wrong only because of these (--verbose)\n",
                            diagnosis.tensors.size() - tensors.size(), confirmed);
    }
    return text;
}

}  // namespace gradproof::diagnosis
