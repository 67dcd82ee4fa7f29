// SPDX-License-Identifier: MIT
#include "diagnosis/search/pattern.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <vector>

namespace gradproof::diagnosis {
namespace {

struct Comparison {
    const Tensor& yours;
    const Tensor& right;
    const Tensor& rounding;

    bool agrees(Eigen::Index row, Eigen::Index column) const {
        return std::abs(yours(row, column) - right(row, column)) <= rounding(row, column);
    }
};

// The factor that makes `right` into `yours`, if there is one for all entries and it is seen in at least two.
std::optional<double> common_ratio(const Tensor& yours, const Tensor& right, const Tensor& rounding) {
    const double norm = right.squaredNorm();
    if (norm == 0 || (right.array() != 0).count() < 2) return std::nullopt;
    const double ratio = yours.cwiseProduct(right).sum() / norm;
    const double growth = std::max(1.0, std::abs(ratio));
    if (((yours - ratio * right).array().abs() <= 2 * growth * rounding.array()).all()) return ratio;
    return std::nullopt;
}

std::string listed(const std::vector<std::string>& items) {
    constexpr std::size_t most = 5;
    std::string text = fmt::format(
        "{}",
        fmt::join(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(items.size(), most)), ", "));
    if (items.size() > most) text += fmt::format(", ... ({} in all)", items.size());
    return text;
}

// The lines (rows or columns) in which anything is wrong.
std::vector<std::string> wrong_lines(Eigen::Index count, const std::function<bool(Eigen::Index)>& is_wrong) {
    std::vector<std::string> lines;
    for (Eigen::Index i = 0; i < count; ++i)
        if (is_wrong(i)) lines.push_back(std::to_string(i));
    return lines;
}

std::optional<std::string> ratios_of_lines(const Tensor& yours, const Tensor& right, const Tensor& rounding) {
    std::vector<std::string> ratios;
    for (Eigen::Index row = 0; row < right.rows(); ++row) {
        const auto ratio = common_ratio(yours.row(row), right.row(row), rounding.row(row));
        if (!ratio) return std::nullopt;
        ratios.push_back(fmt::format("{:.6g}", *ratio));
    }
    return ratios.size() < 2 ? std::nullopt : std::optional(listed(ratios));
}

}  // namespace

std::string_view Pattern::slug() const {
    return kind == Kind::single_entries ? "single-entries" : "unknown-mistake";
}

Pattern pattern_of(const Tensor& yours, const Tensor& right, const Tensor& rounding) {
    const Comparison comparison{yours, right, rounding};
    if (!yours.allFinite()) {
        for (Eigen::Index column = 0; column < yours.cols(); ++column)
            for (Eigen::Index row = 0; row < yours.rows(); ++row)
                if (!std::isfinite(yours(row, column)))
                    return {Kind::not_finite, fmt::format("[{}, {}] is {}: look for a division by 0 or log(0)", row,
                                                          column, yours(row, column))};
    }
    std::vector<std::string> wrong;
    for (Eigen::Index row = 0; row < right.rows(); ++row)
        for (Eigen::Index column = 0; column < right.cols(); ++column)
            if (!comparison.agrees(row, column)) wrong.push_back(fmt::format("[{}, {}]", row, column));
    if (wrong.empty()) return {Kind::none, ""};
    if ((yours.array() == 0).all()) return {Kind::all_zero, "every entry is 0: it was never computed"};
    if (const auto ratio = common_ratio(yours, right, rounding))
        return {Kind::constant_ratio, fmt::format("every entry is {:.9g} times the right one", *ratio)};
    if (right.rows() == right.cols() && right.rows() > 1 &&
        ((yours - right.transpose()).array().abs() <= 2 * rounding.array().max(rounding.transpose().array())).all())
        return {Kind::transposed, "the numbers are right, but at transposed places"};

    if (10 * wrong.size() <= static_cast<std::size_t>(right.size()))
        return {Kind::single_entries, fmt::format("{} of {} entries are wrong, the others right: {}", wrong.size(),
                                                  right.size(), listed(wrong))};
    const auto rows = wrong_lines(right.rows(), [&](Eigen::Index row) {
        for (Eigen::Index column = 0; column < right.cols(); ++column)
            if (!comparison.agrees(row, column)) return true;
        return false;
    });
    const auto columns = wrong_lines(right.cols(), [&](Eigen::Index column) {
        for (Eigen::Index row = 0; row < right.rows(); ++row)
            if (!comparison.agrees(row, column)) return true;
        return false;
    });
    if (right.cols() > 1)
        if (const auto ratios = ratios_of_lines(yours, right, rounding))
            return {Kind::ratio_per_row, "each row is the right one times its own factor: " + *ratios};
    if (right.rows() > 1)
        if (const auto ratios = ratios_of_lines(yours.transpose(), right.transpose(), rounding.transpose()))
            return {Kind::ratio_per_column, "each column is the right one times its own factor: " + *ratios};
    const Tensor offset = yours - right;
    if (right.size() > 1 &&
        ((offset.array() - offset.mean()).abs() <= 2 * rounding.array() + 0x1p-50 * std::abs(offset.mean())).all())
        return {Kind::constant_offset, fmt::format("the same number {:.9g} is added to every entry", offset.mean())};
    if (static_cast<Eigen::Index>(rows.size()) < right.rows())
        return {Kind::rows, "only these rows are wrong: " + listed(rows)};
    if (static_cast<Eigen::Index>(columns.size()) < right.cols())
        return {Kind::columns, "only these columns are wrong: " + listed(columns)};
    return {Kind::no_pattern, fmt::format("{} of {} entries are wrong, without a pattern", wrong.size(), right.size())};
}

}  // namespace gradproof::diagnosis
