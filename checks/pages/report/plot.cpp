// SPDX-License-Identifier: MIT
#include "pages/report/plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"

namespace gradproof::report {
namespace {

constexpr double width = 560;
constexpr double height = 348;
constexpr double left = 74;
constexpr double right = 14;
constexpr double top = 12;
constexpr double bottom = 54;

// What an axis shows: from lower to upper (of the logarithm, on a logarithmic axis), drawn between two pixels.
struct Scale {
    bool logarithmic = false;
    double lower = 0;
    double upper = 1;
    double pixel_of_lower = 0;
    double pixel_of_upper = 1;

    double operator()(double value) const {
        const double position = logarithmic ? std::log10(value) : value;
        return pixel_of_lower + (position - lower) / (upper - lower) * (pixel_of_upper - pixel_of_lower);
    }
};

// 1, 2 or 5 times a power of ten, so that about `wanted` steps fit.
double round_step(double span, double wanted) {
    const double rough = span / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough) return factor * power;
    return 10 * power;
}

struct Tick {
    double value;
    std::string label;
};

std::vector<Tick> ticks_of(const Scale& scale, double wanted) {
    std::vector<Tick> ticks;
    const double span = scale.upper - scale.lower;
    const double step = scale.logarithmic ? std::max(1.0, std::ceil(span / wanted)) : round_step(span, wanted);
    for (double k = std::ceil(scale.lower / step - 1e-9); k * step <= scale.upper + 1e-9 * span; k += 1) {
        const double at = k * step;
        if (scale.logarithmic)
            ticks.push_back(
                {std::pow(10.0, at), fmt::format("10<tspan dy=\"-5\" font-size=\".75em\">{:.0f}</tspan>", at)});
        else
            ticks.push_back({at, fmt::format("{:.4g}", k == 0 ? 0.0 : at)});
    }
    return ticks;
}

bool is_drawable(const Plot& plot, const PlotPoint& point) {
    return std::isfinite(point.x) && std::isfinite(point.y) && (!plot.x.logarithmic || point.x > 0);
}

double drawn_y(const Plot& plot, double y) {
    return plot.y.logarithmic ? std::max(y, plot.lowest_y) : y;
}

struct Frame {
    Scale x;
    Scale y;
};

Frame frame_of(const Plot& plot) {
    double x_low = std::numeric_limits<double>::infinity();
    double x_high = -x_low;
    double y_low = x_low;
    double y_high = -x_low;
    for (const Series& series : plot.series)
        for (const PlotPoint& point : series.points) {
            if (!is_drawable(plot, point)) continue;
            x_low = std::min(x_low, point.x);
            x_high = std::max(x_high, point.x);
            y_low = std::min(y_low, drawn_y(plot, point.y));
            y_high = std::max(y_high, drawn_y(plot, point.y));
        }
    if (!(x_low <= x_high)) x_low = 1, x_high = 2, y_low = 1, y_high = 2;
    const auto scale = [](const Axis& axis, double low, double high, double from, double to, double margin) {
        if (axis.logarithmic) {
            low = std::log10(low);
            high = std::log10(high);
        }
        const double room = high > low ? margin * (high - low) : 1;
        return Scale{axis.logarithmic, low - room, high + room, from, to};
    };
    return {scale(plot.x, x_low, x_high, left, width - right, 0.01),
            scale(plot.y, y_low, y_high, height - bottom, top, 0.05)};
}

std::string path_of(const Plot& plot, const Frame& frame, const Series& series) {
    std::string path;
    bool pen_down = false;
    for (const PlotPoint& point : series.points) {
        const bool drawable = is_drawable(plot, point);
        if (drawable)
            path +=
                fmt::format("{}{:.1f} {:.1f}", pen_down ? "L" : "M", frame.x(point.x), frame.y(drawn_y(plot, point.y)));
        pen_down = drawable;
    }
    return path;
}

std::string marks_of(const Plot& plot, const Frame& frame, const Series& series) {
    std::string marks;
    for (const PlotPoint& point : series.points)
        if (is_drawable(plot, point))
            marks += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3.2\"/>", frame.x(point.x),
                                 frame.y(drawn_y(plot, point.y)));
    return marks;
}

std::string axes(const Plot& plot, const Frame& frame) {
    std::string svg = "<g class=\"grid\">";
    std::string labels;
    for (const auto& [value, label] : ticks_of(frame.x, 8)) {
        const double x = frame.x(value);
        svg += fmt::format("<path d=\"M{0:.1f} {1:.0f}V{2:.0f}\"/>", x, top, height - bottom);
        labels += fmt::format("<text x=\"{:.1f}\" y=\"{:.0f}\" text-anchor=\"middle\">{}</text>", x,
                              height - bottom + 20, label);
    }
    for (const auto& [value, label] : ticks_of(frame.y, 7)) {
        const double y = frame.y(value);
        svg += fmt::format("<path d=\"M{:.0f} {:.1f}H{:.0f}\"/>", left, y, width - right);
        labels += fmt::format("<text x=\"{:.0f}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", left - 7, y + 5, label);
    }
    svg += "</g>";
    if (!plot.y.logarithmic && frame.y.lower < 0 && frame.y.upper > 0)
        svg += fmt::format("<path class=\"zero\" d=\"M{:.0f} {:.1f}H{:.0f}\"/>", left, frame.y(0), width - right);
    svg += "<g class=\"ticks\">" + labels + "</g>";
    svg += fmt::format("<text class=\"axis\" x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"middle\">{}</text>",
                       (left + width - right) / 2, height - 8, escaped(plot.x.label));
    svg += fmt::format(
        "<text class=\"axis\" transform=\"translate(18 {:.0f}) rotate(-90)\" text-anchor=\"middle\">{}</text>",
        (top + height - bottom) / 2, escaped(plot.y.label));
    return svg;
}

}  // namespace

std::string escaped(std::string_view text) {
    std::string result;
    for (const char c : text) switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                result += c;
        }
    return result;
}

std::string svg_of(const Plot& plot) {
    const Frame frame = frame_of(plot);
    std::string svg = fmt::format(
        "<svg viewBox=\"0 0 {:.0f} {:.0f}\" role=\"img\" aria-labelledby=\"{}-title\"><title "
        "id=\"{}-title\">{}</title>",
        width, height, plot.id, plot.id, escaped(plot.title));
    svg += axes(plot, frame);
    for (const Series& series : plot.series)
        svg += series.drawn == Drawn::marks
                   ? fmt::format("<g class=\"marks c{}\">{}</g>", series.colour, marks_of(plot, frame, series))
                   : fmt::format("<path class=\"{} c{}\" d=\"{}\"/>", series.drawn == Drawn::line ? "curve" : "bar",
                                 series.colour, path_of(plot, frame, series));
    svg += fmt::format("<path class=\"cursor\" d=\"M0 {:.0f}V{:.0f}\" visibility=\"hidden\"/></svg>", top,
                       height - bottom);
    return svg;
}

nlohmann::json json_of(const Plot& plot) {
    const Frame frame = frame_of(plot);
    nlohmann::json series = nlohmann::json::array();
    for (const Series& one : plot.series) {
        nlohmann::json x = nlohmann::json::array();
        nlohmann::json y = nlohmann::json::array();
        for (const PlotPoint& point : one.points) {
            if (!std::isfinite(point.x)) continue;
            x.push_back(point.x);
            y.push_back(checks::number_or_null(point.y));
        }
        series.push_back({{"name", one.name}, {"x", std::move(x)}, {"y", std::move(y)}});
    }
    return {{"x", plot.x.label},
            {"y", plot.y.label},
            {"logarithmic", plot.x.logarithmic},
            {"from", {frame.x.lower, frame.x.pixel_of_lower}},
            {"to", {frame.x.upper, frame.x.pixel_of_upper}},
            {"series", std::move(series)}};
}

}  // namespace gradproof::report
