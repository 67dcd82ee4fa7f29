// SPDX-License-Identifier: MIT
//
// Plots of differences: with their error bars, against the step, and at a kink.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "gradproof/activations/relu.hpp"
#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/activations/tanh.hpp"
#include "gradproof/checks/differences.hpp"
#include "pages/cases/curve_plot.hpp"
#include "pages/pictures/pictures.hpp"

namespace gradproof::pictures {
namespace {

using cases::CurvePlot;
using cases::Point;

std::vector<Point> curve_of(const checks::RealFunction& f, double low, double high) {
    constexpr int points = 480;
    std::vector<Point> curve;
    for (int k = 0; k <= points; ++k) {
        const double x = low + (high - low) * k / points;
        curve.push_back({x, f(x)});
    }
    return curve;
}

// The sigmoid rounded from a longer mantissa, so that the last digit does not depend on who wrote exp.
double rounded_sigmoid(double z) {
    return static_cast<double>(Sigmoid{}.value(static_cast<long double>(z)));
}

}  // namespace

std::string differences_of_tanh() {
    constexpr double step = 0.5;
    constexpr double spacing = 1e-6;  // over which tanh is straight to rounding
    const Tanh g;
    const checks::RealFunction value = [&](double z) { return g.value(z); };
    const checks::RealFunction slope = [&](double z) { return g.derivative(z); };
    CurvePlot plot{
        .title =
            "tanh and its derivative; central differences with the step 1/2, whose error bars reach the derivative",
        .x_label = "z",
        .x_low = -3,
        .x_high = 3,
        .curves = {},
        .marks = {},
        .ring_name = "",
        .bar_name = "central difference, step 1/2"};
    plot.curves = {{"g = tanh", 0, 0, {curve_of(value, plot.x_low, plot.x_high)}},
                   {"g′", 1, 1, {curve_of(slope, plot.x_low, plot.x_high)}}};
    for (double z = -2.75; z < plot.x_high; z += step) {
        const checks::Estimate at = checks::central_difference(value, z, step, checks::noise_of(value, z, spacing));
        plot.marks.push_back({{z, at.value}, 2, false});
        plot.bars.push_back({z, at.value - at.error_bar, at.value + at.error_bar, 2});
    }
    return svg_file(plot);
}

std::string error_against_step() {
    constexpr double at = 1;
    const long double exact = Sigmoid{}.derivative(static_cast<long double>(at));
    // An error of nothing would lie infinitely far down.
    constexpr double least = 1e-16;
    const auto error_of = [&](double slope) {
        return std::max(std::abs(static_cast<double>(static_cast<long double>(slope) - exact)), least);
    };
    const auto difference = [](double h) {
        return (rounded_sigmoid(at + h) - rounded_sigmoid(at - h)) / ((at + h) - (at - h));
    };
    CurvePlot plot{
        .title =
            "Error of a central difference of the sigmoid at 1 against its step: long steps bend, short ones "
            "round. Rings: the steps that gradproof takes; dot with bar: what it makes of them",
        .x_label = "step h",
        .x_low = -13,
        .x_high = 0,
        .y_lowest = -16,
        .y_highest = -1,
        .curves = {},
        .marks = {},
        .ring_name = "gradproof's steps",
        .bar_name = "its result with bar",
        .powers_of_ten = true};
    // The third derivative of the sigmoid, g(1-g)(1 - 6g(1-g)), and half a unit in the last place of its value.
    const double slope = static_cast<double>(exact);
    const double third = std::abs(slope * (1 - 6 * slope));
    const double rounding = 0x1p-54;
    std::vector<Point> found;
    std::vector<Point> truncation;
    std::vector<Point> rounded;
    // Four steps between a power of two and the next, so that no library's pow has a part in them.
    for (int k = 4 * 43; k >= 0; --k) {
        const double h = std::ldexp(1 + (3 - k % 4) / 4.0, -1 - k / 4);
        const double exponent = std::log10(h);
        found.push_back({exponent, std::log10(error_of(difference(h)))});
        truncation.push_back({exponent, std::log10(third / 6) + 2 * exponent});
        rounded.push_back({exponent, std::log10(rounding) - exponent});
    }
    plot.curves = {{"error", 0, 0, {found}}, {"h² |g‴|/6", 1, 1, {truncation}}, {"ρ/h", 2, 1, {rounded}}};
    std::set<double> steps;
    const checks::Estimate result = checks::derivative_with_error_bar(
        [&](double z) {
            if (z != at) steps.insert(std::abs(z - at));
            return rounded_sigmoid(z);
        },
        at);
    for (const double h : steps)
        if (std::log10(h) > plot.x_low)
            plot.marks.push_back({{std::log10(h), std::log10(error_of(difference(h)))}, 0, true});
    const double longest = std::log10(*std::ranges::max_element(steps));
    const double lowest = std::log10(error_of(result.value));
    plot.marks.push_back({{longest, lowest}, 1, false});
    plot.bars.push_back({longest, lowest, std::log10(result.error_bar), 1});
    return svg_file(plot);
}

std::string subgradients_of_relu() {
    const Relu g;
    const checks::RealFunction value = [&](double z) { return g.value(z); };
    const checks::Estimate at_kink = checks::derivative_with_error_bar(value, 0);
    CurvePlot plot{
        .title =
            "ReLU and lines through its kink with slopes between the one-sided differences, 0 and 1: none lies "
            "above the function",
        .x_label = "z",
        .x_low = -3,
        .x_high = 3,
        .y_lowest = -1,
        .y_highest = 3,
        .curves = {},
        .marks = {{{0, 0}, 0, true}},
        .ring_name = "kink"};
    constexpr int lines = 4;
    for (int k = 0; k <= lines; ++k) {
        const double slope = at_kink.lower() + (at_kink.upper() - at_kink.lower()) * k / lines;
        const bool is_end = k == 0 || k == lines;
        plot.curves.push_back({k == 0   ? "one-sided slopes"
                               : k == 1 ? "slopes between"
                                        : "",
                               is_end ? 1 : 2,
                               is_end ? 1 : 2,
                               {{{plot.x_low, slope * plot.x_low}, {plot.x_high, slope * plot.x_high}}}});
    }
    // Last, so that no line hides it.
    plot.curves.push_back(
        {"ReLU", 0, 0, {{{plot.x_low, value(plot.x_low)}, {0, value(0)}, {plot.x_high, value(plot.x_high)}}}});
    return svg_file(plot);
}

}  // namespace gradproof::pictures
