// SPDX-License-Identifier: MIT
//
// A small plot of a few curves as an SVG file of its own: it carries its colours, for light and for dark, and shows on
// GitHub as well as in the book. The same curves give the same bytes.
#pragma once

#include <string>
#include <vector>

namespace gradproof::cases {

struct Point {
    double x = 0;
    double y = 0;
};

/// Lines between points. Where a function jumps, one piece ends and another begins.
struct Curve {
    std::string name;
    int colour = 0;  ///< 0 to 2
    int dash = 0;    ///< 0 solid, 1 dashed, 2 dotted
    std::vector<std::vector<Point>> pieces;
};

/// A dot of a curve's colour, or a ring around a place.
struct Mark {
    Point at;
    int colour = 0;
    bool is_ring = false;
};

/// A line from `low` to `high` at x, as an error bar has it.
struct ErrorBar {
    double x = 0;
    double low = 0;
    double high = 0;
    int colour = 0;
};

struct CurvePlot {
    std::string title;    ///< what a person sees who does not see the plot
    std::string x_label;  ///< one letter beside the axis; more stand below it
    double x_low = -4;
    double x_high = 4;
    double y_lowest = -4;  ///< what lies farther down is cut off
    double y_highest = 4;  ///< and farther up
    std::vector<Curve> curves;
    std::vector<Mark> marks;
    std::string ring_name;  ///< what a ring is, for the legend; not in it if empty
    std::vector<ErrorBar> bars{};
    std::string bar_name{};      ///< what a bar with its dot is, for the legend
    bool powers_of_ten = false;  ///< whether x and y are exponents, and the axes show powers of ten
};

/// The plot as the text of a file. Points that are not finite break a line; of points nearly on a line only the ends
/// are kept.
std::string svg_file(const CurvePlot& plot);

}  // namespace gradproof::cases
