// SPDX-License-Identifier: MIT
#include "pages/cases/curve_plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <string_view>

#include "pages/report/plot.hpp"

namespace gradproof::cases {
namespace {

constexpr double width = 500;
constexpr double height = 250;
constexpr double left = 44;
constexpr double right = 14;
constexpr double top = 34;
constexpr double bottom = 28;

// The colours of the report and of the book. The plot brings its own paper, since a page may be dark while the system
// is light.
constexpr std::string_view style =
    "svg{--p:#fdfdfb;--i:#1d2126;--q:#5a626d;--r:#dcdfe4;--c0:#0b57a4;--c1:#b4500a;--c2:#7a1fa2}"
    "@media(prefers-color-scheme:dark){svg{--p:#14171b;--i:#e4e6e9;--q:#a3abb6;--r:#343a42;--c0:#86bdf5;--c1:#ffab6b;"
    "--c2:#d7a3f2}}"
    "rect{fill:var(--p)}path{fill:none;stroke-width:2.4;stroke-linecap:round;stroke-linejoin:round}"
    ".g{stroke:var(--r);stroke-width:1}.z{stroke:var(--q);stroke-width:1}.t{fill:var(--q)}text{fill:var(--i)}"
    ".c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.d1{stroke-dasharray:8 5}.d2{stroke-dasharray:.1 5}"
    ".m0{fill:var(--c0)}.m1{fill:var(--c1)}.m2{fill:var(--c2)}.ring{fill:none;stroke:var(--i);stroke-width:1.6}";

// With one decimal. What lies half way between two must not depend on the last bit of a platform's exp, so half way
// starts a little below.
std::string tenth(double value) {
    return fmt::format("{:g}", std::floor(value * 10 + 0.5 + 1e-6) / 10 + 0.0);
}

struct Frame {
    double x_low;
    double x_high;
    double y_low;
    double y_high;

    Point operator()(const Point& point) const {
        return {left + (point.x - x_low) / (x_high - x_low) * (width - left - right),
                height - bottom - (point.y - y_low) / (y_high - y_low) * (height - top - bottom)};
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
    return {plot.x_low, plot.x_high, low - room, high + room};
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
            if (std::isfinite(pixel.y) && std::abs(pixel.y) < 2 * height) {
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

std::string axes(const CurvePlot& plot, const Frame& frame) {
    std::string lines;
    std::string labels;
    const double dx = tick_step(frame.x_high - frame.x_low);
    for (double k = std::ceil(frame.x_low / dx); k * dx <= frame.x_high; k += 1) {
        const double x = frame({k * dx, 0}).x;
        lines += fmt::format("M{} {}V{}", tenth(x), top, height - bottom);
        labels += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" class=\"t\">{:g}</text>", tenth(x),
                              height - bottom + 16, k * dx + 0.0);
    }
    const double dy = tick_step(frame.y_high - frame.y_low);
    for (double k = std::ceil(frame.y_low / dy); k * dy <= frame.y_high; k += 1) {
        const double y = frame({0, k * dy}).y;
        lines += fmt::format("M{} {}H{}", left, tenth(y), width - right);
        labels += fmt::format("<text x=\"{}\" y=\"{}\" text-anchor=\"end\" class=\"t\">{:g}</text>", left - 6,
                              tenth(y + 4), k * dy + 0.0);
    }
    const Point zero = frame({0, 0});
    std::string svg = fmt::format("<path class=\"g\" d=\"{}\"/>", lines);
    svg += fmt::format("<path class=\"z\" d=\"M{} {}H{}", left, tenth(zero.y), width - right);
    if (plot.x_low <= 0 && plot.x_high >= 0) svg += fmt::format("M{} {}V{}", tenth(zero.x), top, height - bottom);
    return svg + "\"/>\n" + labels +
           fmt::format("<text x=\"{}\" y=\"{}\" font-style=\"italic\">{}</text>\n", width - right + 3,
                       height - bottom + 4, report::escaped(plot.x_label));
}

std::string ring(const Point& at) {
    return fmt::format("<circle class=\"ring\" cx=\"{}\" cy=\"{}\" r=\"6\"/>", tenth(at.x), tenth(at.y));
}

std::string legend(const CurvePlot& plot) {
    constexpr double line = 22;
    constexpr double letter = 6.6;  // about as wide as a letter of this size
    std::string svg;
    double x = left;
    const auto name = [&](const std::string& text, std::size_t letters) {
        svg += fmt::format("<text x=\"{}\" y=\"20\">{}</text>", tenth(x + line + 6), report::escaped(text));
        x += line + 6 + letter * static_cast<double>(letters) + 10;
    };
    for (const Curve& curve : plot.curves) {
        svg += fmt::format("<path class=\"c{} d{}\" d=\"M{} 16h{}\"/>", curve.colour, curve.dash, tenth(x), line);
        const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; };
        name(curve.name, curve.name.size() - static_cast<std::size_t>(std::ranges::count_if(curve.name, continues)));
    }
    if (!plot.ring_name.empty() && std::ranges::any_of(plot.marks, &Mark::is_ring)) {
        svg += ring({x + line - 8, 16});
        name(plot.ring_name, plot.ring_name.size());
    }
    return svg + "\n";
}

}  // namespace

std::string svg_file(const CurvePlot& plot) {
    const Frame frame = frame_of(plot);
    std::string svg = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0}\" height=\"{1}\" viewBox=\"0 0 {0} {1}\" role=\"img\" "
        "font-family=\"system-ui,Segoe UI,Helvetica,Arial,sans-serif\" font-size=\"12.5\">\n<title>{2}</title>\n"
        "<style>{3}</style>\n<clipPath id=\"f\"><rect x=\"{4}\" y=\"{5}\" width=\"{6}\" height=\"{7}\"/></clipPath>\n"
        "<rect width=\"{0}\" height=\"{1}\" rx=\"6\"/>\n",
        width, height, report::escaped(plot.title), style, left, top, width - left - right, height - top - bottom);
    svg += axes(plot, frame) + legend(plot);
    svg += "<g clip-path=\"url(#f)\">\n";
    for (const Curve& curve : plot.curves)
        svg += fmt::format("<path class=\"c{} d{}\" d=\"{}\"/>\n", curve.colour, curve.dash, path_of(frame, curve));
    svg += "</g>\n";
    for (const Mark& mark : plot.marks) {
        const Point at = frame(mark.at);
        svg += mark.is_ring ? ring(at)
                            : fmt::format("<circle class=\"m{}\" cx=\"{}\" cy=\"{}\" r=\"3.6\"/>", mark.colour,
                                          tenth(at.x), tenth(at.y));
        svg += "\n";
    }
    return svg + "</svg>\n";
}

}  // namespace gradproof::cases
