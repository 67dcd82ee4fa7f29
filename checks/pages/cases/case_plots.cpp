// SPDX-License-Identifier: MIT
#include "pages/cases/case_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

#include "gradproof/checks/dual.hpp"

namespace gradproof::cases {
namespace {

constexpr int points_per_plot = 480;

using Function = std::function<double(double)>;

// f between `low` and `high`, in pieces that end just before each break and begin just behind it. The ends of the plot
// may be ends of the domain, and are not taken either.
std::vector<std::vector<Point>> pieces_of(const Function& f, double low, double high, std::vector<double> breaks) {
    const double beside = 1e-9 * (high - low);
    breaks.push_back(high);
    std::ranges::sort(breaks);
    std::vector<std::vector<Point>> pieces;
    double from = low;
    for (const double to : breaks) {
        if (!(to > from) || to > high) continue;
        const int count = std::max(2, static_cast<int>(std::ceil(points_per_plot * (to - from) / (high - low))));
        std::vector<Point> piece;
        for (int k = 0; k <= count; ++k) {
            const double x = std::clamp(from + (to - from) * k / count, from + beside, to - beside);
            piece.push_back({x, f(x)});
        }
        pieces.push_back(std::move(piece));
        from = to;
    }
    return pieces;
}

CurvePlot plot_of_columns(const AnyActivation& g, CurvePlot plot) {
    const auto formulas = g.on<double>();
    const auto column = [](double z) {
        Matrix<double> Z = Matrix<double>::Zero(3, 1);
        Z(0, 0) = z;
        return Z;
    };
    const Function value = [&](double z) { return formulas.activate(column(z))(0, 0); };
    const Function derivative = [&](double z) { return formulas.pull_back(column(z), column(1))(0, 0); };
    plot.curves = {{"a₁ for Z = (z, 0, 0)", 0, 0, pieces_of(value, plot.x_low, plot.x_high, {})},
                   {"∂a₁/∂z", 1, 1, pieces_of(derivative, plot.x_low, plot.x_high, {})}};
    return plot;
}

// The first prediction moves; the others are 1/2.
CurvePlot plot_of_columns(const AnyLoss& loss, CurvePlot plot) {
    const auto predictions = [](double a) { return Matrix<double>(Vector<double>{{a, 0.5, 0.5}}); };
    int n = 0;
    for (const double y : shown_labels(loss.facts())) {
        const Matrix<double> Y = Vector<double>{{y, 1 - y, 0}};
        const std::string labels = fmt::format("Y = ({:g}, {:g}, 0)", y, 1 - y);
        const Function value = [&](double a) { return example_losses(loss, predictions(a), Y)(0, 0); };
        const Function slope = [&](double a) { return loss_derivative(loss, predictions(a), Y)(0, 0); };
        plot.y_highest = std::max(plot.y_highest, 1.5 * value(y));
        plot.curves.push_back({"L, " + labels, n, 0, pieces_of(value, plot.x_low, plot.x_high, {})});
        plot.curves.push_back({"∂L/∂a₁, " + labels, n, 1, pieces_of(slope, plot.x_low, plot.x_high, {})});
        ++n;
    }
    return plot;
}

}  // namespace

CurvePlot plot_of(const AnyActivation& g, std::string_view title) {
    const ActivationFacts& facts = g.facts();
    CurvePlot plot{.title = std::string(title), .x_label = "z", .curves = {}, .marks = {}, .ring_name = "kink of g"};
    if (!facts.is_elementwise) return plot_of_columns(g, std::move(plot));
    std::vector<double> breaks = facts.seams;
    for (const Kink& kink : facts.kinks) {
        breaks.push_back(kink.at);
        plot.x_low = std::min(plot.x_low, kink.at - 2);
        plot.x_high = std::max(plot.x_high, kink.at + 2);
    }
    plot.y_highest = plot.x_high;
    plot.y_lowest = plot.x_low;
    const auto formulas = g.on<double>();
    const auto on_dual = g.on<checks::Dual<double>>();
    const auto curve = [&](std::string name, int n, const Function& f) {
        plot.curves.push_back({std::move(name), n, n, pieces_of(f, plot.x_low, plot.x_high, breaks)});
    };
    curve("g(z)", 0, [&](double z) { return formulas.value(z); });
    curve("g′(z)", 1, [&](double z) { return formulas.derivative(z); });
    curve("g″(z)", 2, [&](double z) { return on_dual.derivative({z, 1}).derivative; });
    for (const Kink& kink : facts.kinks) {
        plot.marks.push_back({{kink.at, formulas.value(kink.at)}, 0, true});
        plot.marks.push_back({{kink.at, kink.derivative_taken}, 1, false});
    }
    return plot;
}

std::vector<double> shown_labels(const LossFacts& facts) {
    if (!facts.is_elementwise) return {0, 1};
    const Interval& domain = facts.label_domain;
    if (facts.labels == Labels::distribution) return {(domain.lower + domain.upper) / 2, domain.upper};
    if (std::isfinite(domain.upper)) return {domain.lower, domain.upper};
    if (std::isfinite(domain.lower)) return {1, 3};
    return {0, 2};
}

CurvePlot plot_of(const AnyLoss& loss, std::string_view title) {
    const Interval& domain = loss.facts().prediction_domain;
    CurvePlot plot{.title = std::string(title), .x_label = "a", .curves = {}, .marks = {}, .ring_name = ""};
    if (std::isfinite(domain.lower)) {
        plot.x_low = domain.lower;
        plot.x_high = std::isfinite(domain.upper) ? domain.upper : 6;
    }
    if (!loss.facts().is_elementwise) return plot_of_columns(loss, std::move(plot));
    const auto formulas = loss.on<double>();
    int n = 0;
    for (const double y : shown_labels(loss.facts())) {
        std::vector<double> breaks = loss.seams(y);
        const auto kinks = loss.kinks(y);
        // A loss that is not 0 even for the right prediction needs more room above.
        plot.y_highest = std::max(plot.y_highest, 1.5 * formulas.value(y, y));
        for (const Kink& kink : kinks) breaks.push_back(kink.at);
        const auto curve = [&](std::string_view name, int dash, const Function& f) {
            plot.curves.push_back(
                {fmt::format("{}, y = {:g}", name, y), n, dash, pieces_of(f, plot.x_low, plot.x_high, breaks)});
        };
        curve("L", 0, [&](double a) { return formulas.value(a, y); });
        curve("dL/da", 1, [&](double a) { return formulas.derivative(a, y); });
        for (const Kink& kink : kinks) {
            plot.marks.push_back({{kink.at, formulas.value(kink.at, y)}, n, true});
            plot.marks.push_back({{kink.at, kink.derivative_taken}, n, false});
        }
        ++n;
    }
    return plot;
}

}  // namespace gradproof::cases
