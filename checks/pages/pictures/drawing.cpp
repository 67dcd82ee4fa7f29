// SPDX-License-Identifier: MIT
#include "pages/pictures/drawing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "pages/cases/svg.hpp"
#include "pages/report/plot.hpp"

namespace gradproof::pictures {
namespace {

using report::escaped;

constexpr double bracket = 6;
// A digit where letters are a little larger than usual, and room between columns that is enough where they are largest.
constexpr double digit = 8.6;
constexpr double between_columns = 11;

double width_of_column(const Matrix<double>& numbers, Eigen::Index column) {
    std::size_t most = 1;
    for (Eigen::Index row = 0; row < numbers.rows(); ++row) most = std::max(most, written(numbers(row, column)).size());
    return digit * static_cast<double>(most) + between_columns;
}

std::string class_of(std::string_view look) {
    return look.empty() ? "" : fmt::format(" class=\"{}\"", look);
}

}  // namespace

void add_text(Drawing& drawing, Place at, std::string_view words, Align align, std::string_view look) {
    constexpr std::string_view anchors[]{"", " text-anchor=\"middle\"", " text-anchor=\"end\""};
    drawing.body += fmt::format("<text x=\"{:g}\" y=\"{:g}\"{}{}>{}</text>\n", at.x, at.y,
                                anchors[static_cast<std::size_t>(align)], class_of(look), escaped(words));
}

void add_box(Drawing& drawing, Place corner, double width, double height, std::string_view words,
             std::string_view look) {
    drawing.body += fmt::format("<rect x=\"{:g}\" y=\"{:g}\" width=\"{:g}\" height=\"{:g}\" rx=\"5\" class=\"{}\"/>\n",
                                corner.x, corner.y, width, height, look.empty() ? "box" : look);
    if (!words.empty()) add_text(drawing, {corner.x + width / 2, corner.y + height / 2 + 5}, words, Align::middle);
}

void add_line(Drawing& drawing, Place from, Place to, std::string_view look) {
    drawing.body += fmt::format("<path d=\"M{:g} {:g}L{:g} {:g}\" class=\"{}\"/>\n", from.x, from.y, to.x, to.y, look);
}

void add_arrow(Drawing& drawing, Place from, Place to, std::string_view look, bool dashed) {
    constexpr double head = 6;
    const double length = std::hypot(to.x - from.x, to.y - from.y);
    const Place along{(to.x - from.x) / length * head, (to.y - from.y) / length * head};
    const auto decimal = [](double value) { return std::round(value * 10) / 10 + 0.0; };
    add_line(drawing, from, to, std::string(look) + (dashed ? " d1" : ""));
    drawing.body +=
        fmt::format("<path d=\"M{:g} {:g}L{:g} {:g} {:g} {:g}\" class=\"{}\"/>\n",
                    decimal(to.x - along.x + along.y * 0.7), decimal(to.y - along.y - along.x * 0.7), to.x, to.y,
                    decimal(to.x - along.x - along.y * 0.7), decimal(to.y - along.y + along.x * 0.7), look);
}

std::string written(double number) {
    if (number == std::round(number)) return fmt::format("{:g}", number + 0.0);
    return fmt::format("{:.4f}", number);
}

double width_of(const Matrix<double>& numbers) {
    double width = 2 * bracket;
    for (Eigen::Index column = 0; column < numbers.cols(); ++column) width += width_of_column(numbers, column);
    return width;
}

void add_matrix(Drawing& drawing, Place left_top, const Matrix<double>& numbers, std::string_view name,
                std::string_view look) {
    const double width = width_of(numbers);
    // A name that is wider than its numbers begins where they do.
    if (digit * static_cast<double>(name.size()) > width)
        add_text(drawing, {left_top.x + 2, left_top.y + 14}, name, Align::left, look);
    else
        add_text(drawing, {left_top.x + width / 2, left_top.y + 14}, name, Align::middle, look);
    const double top = left_top.y + line_height;
    const double bottom = top + line_height * static_cast<double>(numbers.rows());
    drawing.body += fmt::format("<path class=\"bar z\" d=\"M{0:g} {1:g}h-5V{2:g}h5M{3:g} {1:g}h5V{2:g}h-5\"/>\n",
                                left_top.x + bracket, top, bottom, left_top.x + width - bracket);
    double right = left_top.x + bracket;
    for (Eigen::Index column = 0; column < numbers.cols(); ++column) {
        right += width_of_column(numbers, column);
        for (Eigen::Index row = 0; row < numbers.rows(); ++row)
            add_text(drawing, {right - between_columns / 2, top + line_height * static_cast<double>(row) + 15},
                     written(numbers(row, column)), Align::right);
    }
}

std::string svg_file(const Drawing& drawing) {
    return cases::beginning_of_svg(drawing.title, drawing.width, drawing.height) + drawing.body + "</svg>\n";
}

}  // namespace gradproof::pictures
