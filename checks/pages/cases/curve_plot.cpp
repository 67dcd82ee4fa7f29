// SPDX-License-Identifier: MIT
#include "pages/cases/curve_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "pages/cases/svg.hpp"
#include "pages/report/plot.hpp"

namespace gradproof::cases {
namespace {

constexpr double width = 500;
constexpr double left = 56;
constexpr double right = 18;
constexpr double bottom = 34;
constexpr double line_of_legend = 24;
constexpr double height_of_curves = 188;

// With one decimal. What lies half way between two must not depend on the last bit of a platform's exp, so half way
// starts a little below.
std::string tenth(double value) {
    return fmt::format("{:g}", std::floor(value * 10 + 0.5 + 1e-6) / 10 + 0.0);
}

// Where the curves are drawn: below the lines of the legend.
struct Frame {
    double x_low;
    double x_high;
    double y_low;
    double y_high;
    double top = 0;

    double floor() const { return top + height_of_curves; }
    Point operator()(const Point& point) const {
        return {left + (point.x - x_low) / (x_high - x_low) * (width - left - right),
                floor() - (point.y - y_low) / (y_high - y_low) * height_of_curves};
    }
};

Frame frame_of(const CurvePlot& plot) {
    double low = 0;
    double high = 0;
    for (const Curve& curve : plot.curves)
        for (const auto& piece : curve.pieces)
            for (const Point& point : piece)
                if (std::isfinite(point.y)) {
                    low = std::min(low, point.y);
                    high = std::max(high, point.y);
                }
    low = std::max(low, plot.y_lowest);
    high = std::min(high, plot.y_highest);
    const double room = 0.06 * (high - low);
    return {.x_low = plot.x_low, .x_high = plot.x_high, .y_low = low - room, .y_high = high + room};
}

double distance_from_line(const Point& p, const Point& a, const Point& b) {
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    if (length == 0) return std::hypot(p.x - a.x, p.y - a.y);
    return std::abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length;
}

// Douglas and Peucker: of the points between first and last those without which the line would be off by more than a
// fifth of a pixel. Of points that are equally far the first is kept, whatever the last bits say.
void keep_bends(const std::vector<Point>& points, std::size_t first, std::size_t last, std::vector<Point>& kept) {
    double farthest = 0;
    std::size_t at = first;
    for (std::size_t k = first + 1; k < last; ++k) {
        const double distance = distance_from_line(points[k], points[first], points[last]);
        if (distance > farthest + 1e-6) {
            farthest = distance;
            at = k;
        }
    }
    if (farthest > 0.2) {
        keep_bends(points, first, at, kept);
        keep_bends(points, at, last, kept);
    } else {
        kept.push_back(points[last]);
    }
}

std::string path_of(const std::vector<Point>& run) {
    if (run.size() < 2) return "";
    std::vector<Point> kept{run.front()};
    keep_bends(run, 0, run.size() - 1, kept);
    std::string path = "M";
    for (const Point& point : kept)
        path += fmt::format("{}{} {}", path.size() > 1 ? " " : "", tenth(point.x), tenth(point.y));
    return path;
}

// What is far outside is left out; the rest is cut by the browser at the frame.
std::string path_of(const Frame& frame, const Curve& curve) {
    std::string path;
    for (const auto& piece : curve.pieces) {
        std::vector<Point> run;
        for (const Point& point : piece) {
            const Point pixel = frame(point);
            if (std::isfinite(pixel.y) && std::abs(pixel.y) < 2 * height_of_curves) {
                run.push_back(pixel);
            } else {
                path += path_of(run);
                run.clear();
            }
        }
        path += path_of(run);
    }
    return path;
}

double tick_step(double span) {
    return span < 1.6 ? 0.25 : span < 6.5 ? 1 : 2;
}

std::string tick_label(const CurvePlot& plot, double value) {
    if (!plot.powers_of_ten) return fmt::format("{:g}", value + 0.0);
    return fmt::format("10<tspan dy=\"-5\" font-size=\".85em\">{:g}</tspan>", value + 0.0);
}

std::string axes(const CurvePlot& plot, const Frame& frame) {
    std::string lines;
    std::string labels;
    const double dx = tick_step(frame.x_high - frame.x_low);
    for (double k = std::ceil(frame.x_low / dx); k * dx <= frame.x_high; k += 1) {
        const double x = frame({k * dx, 0}).x;
        lines += fmt::format("M{} {}V{}", tenth(x), frame.top, frame.floor());
        labels += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" class=\"t\">{}</text>", tenth(x),
                              frame.floor() + 20, tick_label(plot, k * dx));
    }
    const double dy = tick_step(frame.y_high - frame.y_low);
    for (double k = std::ceil(frame.y_low / dy); k * dy <= frame.y_high; k += 1) {
        const double y = frame({0, k * dy}).y;
        lines += fmt::format("M{} {}H{}", left, tenth(y), width - right);
        labels += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\" class=\"t\">{}</text>", left - 6,
                              tenth(y + 5), tick_label(plot, k * dy));
    }
    const Point zero = frame({0, 0});
    std::string svg = fmt::format("<path class=\"g\" d=\"{}\"/>", lines);
    if (!plot.powers_of_ten) {
        svg += fmt::format("<path class=\"z\" d=\"M{} {}H{}", left, tenth(zero.y), width - right);
        if (plot.x_low <= 0 && plot.x_high >= 0)
            svg += fmt::format("M{} {}V{}", tenth(zero.x), frame.top, frame.floor());
        svg += "\"/>";
    }
    const bool is_short = plot.x_label.size() == 1;
    return svg + "\n" + labels +
           fmt::format("<text x=\"{}\" y=\"{}\" {}>{}</text>\n", width - right + (is_short ? 4 : 0),
                       frame.floor() + (is_short ? 4 : 42), is_short ? "font-style=\"italic\"" : "text-anchor=\"end\"",
                       report::escaped(plot.x_label));
}

std::string ring(const Point& at) {
    return fmt::format("<circle class=\"ring\" cx=\"{}\" cy=\"{}\" r=\"6\"/>", tenth(at.x), tenth(at.y));
}

std::string dot(const Point& at, int colour) {
    return fmt::format("<circle class=\"m{}\" cx=\"{}\" cy=\"{}\" r=\"3.6\"/>", colour, tenth(at.x), tenth(at.y));
}

std::string bar(double x, double from, double to, int colour) {
    return fmt::format("<path class=\"c{0} bar\" d=\"M{1} {2}V{3}M{4} {2}h8M{4} {3}h8\"/>", colour, tenth(x),
                       tenth(from), tenth(to), tenth(x - 4));
}

std::size_t letters_of(std::string_view text) {
    const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, continues));
}

struct Legend {
    std::string svg;
    double lines = 1;
};

// A name is given the room that it takes where letters are largest against the plot, on a phone.
Legend legend_of(const CurvePlot& plot) {
    constexpr double line = 22;
    constexpr double letter = 10;
    Legend legend;
    double x = left;
    const auto name = [&](const std::string& text, const auto& drawn) {
        const double room = line + 6 + letter * static_cast<double>(letters_of(text)) + 8;
        if (x > left && x + room > width) {
            x = left;
            ++legend.lines;
        }
        const double y = line_of_legend * legend.lines - 8;
        legend.svg += drawn(x, y) + fmt::format("<text x=\"{}\" y=\"{}\">{}</text>", tenth(x + line + 6), y + 4,
                                                report::escaped(text));
        x += room;
    };
    for (const Curve& curve : plot.curves)
        if (!curve.name.empty())
            name(curve.name, [&](double at, double y) {
                return fmt::format("<path class=\"c{} d{}\" d=\"M{} {}h{}\"/>", curve.colour, curve.dash, tenth(at), y,
                                   line);
            });
    if (!plot.bar_name.empty() && !plot.bars.empty())
        name(plot.bar_name, [&](double at, double y) {
            return bar(at + line - 8, y - 7, y + 7, plot.bars[0].colour) + dot({at + line - 8, y}, plot.bars[0].colour);
        });
    if (!plot.ring_name.empty() && std::ranges::any_of(plot.marks, &Mark::is_ring))
        name(plot.ring_name, [&](double at, double y) { return ring({at + line - 8, y}); });
    legend.svg += "\n";
    return legend;
}

}  // namespace

std::string svg_file(const CurvePlot& plot) {
    Frame frame = frame_of(plot);
    const Legend legend = legend_of(plot);
    frame.top = line_of_legend * legend.lines + 10;
    const double height = frame.floor() + bottom + (plot.x_label.size() > 1 ? 18 : 0);
    std::string svg = beginning_of_svg(plot.title, width, height);
    svg += fmt::format("<clipPath id=\"f\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/></clipPath>\n", left,
                       frame.top, width - left - right, height_of_curves);
    svg += axes(plot, frame) + legend.svg;
    svg += "<g clip-path=\"url(#f)\">\n";
    for (const Curve& curve : plot.curves)
        svg += fmt::format("<path class=\"c{} d{}\" d=\"{}\"/>\n", curve.colour, curve.dash, path_of(frame, curve));
    svg += "</g>\n";
    for (const ErrorBar& one : plot.bars)
        svg += bar(frame({one.x, 0}).x, frame({0, one.low}).y, frame({0, one.high}).y, one.colour) + "\n";
    for (const Mark& mark : plot.marks) {
        const Point at = frame(mark.at);
        svg += (mark.is_ring ? ring(at) : dot(at, mark.colour)) + "\n";
    }
    return svg + "</svg>\n";
}

}  // namespace gradproof::cases
