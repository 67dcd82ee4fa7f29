// SPDX-License-Identifier: MIT
//
// A drawing of boxes, arrows, tables of numbers and words, as an SVG file of its own in the look of the plots.
#pragma once

#include <string>
#include <string_view>

#include "gradproof/matrix.hpp"

namespace gradproof::pictures {

struct Drawing {
    std::string title;  ///< what a person sees who does not see the drawing
    double width = 0;
    double height = 0;
    std::string body{};  ///< its elements, as SVG
};

struct Place {
    double x = 0;
    double y = 0;
};

enum class Align { left, middle, right };

/// Words at the line y. `look` is a class of svg.hpp, or nothing.
void add_text(Drawing& drawing, Place at, std::string_view words, Align align = Align::left,
              std::string_view look = "");
/// A box with words in its middle.
void add_box(Drawing& drawing, Place corner, double width, double height, std::string_view words,
             std::string_view look = "");
void add_arrow(Drawing& drawing, Place from, Place to, std::string_view look, bool dashed = false);
void add_line(Drawing& drawing, Place from, Place to, std::string_view look);

/// "3", "-0.2500", "0": whole numbers as such, others with four decimals.
std::string written(double number);

/// How wide add_matrix() draws it, with its brackets.
double width_of(const Matrix<double>& numbers);
/// Numbers in brackets, a name in their middle above them; `top` is where the name begins.
void add_matrix(Drawing& drawing, Place left_top, const Matrix<double>& numbers, std::string_view name,
                std::string_view look);
constexpr double line_height = 20;

std::string svg_file(const Drawing& drawing);

}  // namespace gradproof::pictures
