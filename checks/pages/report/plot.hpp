// SPDX-License-Identifier: MIT
//
// Line plots as SVG, without a library: axes with round ticks, linear or logarithmic, and curves told apart by dashes
// and marks as well as by colour. Colours are left to the page's style sheet, so that they follow light and dark.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace gradproof::report {

struct Axis {
    std::string label;
    bool logarithmic = false;
};

struct PlotPoint {
    double x = 0;
    double y = 0;
};

enum class Drawn { line, faint_line, marks };

struct Series {
    std::string name;
    int colour = 0;  ///< index of the style sheet's colours, and of the dashes
    Drawn drawn = Drawn::line;
    std::vector<PlotPoint> points;
};

struct Plot {
    std::string id;     ///< unique in the page; letters, digits and hyphens
    std::string title;  ///< what a person sees who does not see the plot
    Axis x;
    Axis y;
    std::vector<Series> series;
    double lowest_y = 0;  ///< on a logarithmic axis smaller values are drawn here
};

/// The plot as an <svg> element. Points that are not finite break the line; on a logarithmic axis so do x ≤ 0.
std::string svg_of(const Plot& plot);

/// The plot's numbers and where they were drawn, for the script that shows values under the pointer.
nlohmann::json json_of(const Plot& plot);

/// Text with the characters that HTML gives a meaning replaced.
std::string escaped(std::string_view text);

}  // namespace gradproof::report
