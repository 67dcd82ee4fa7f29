// SPDX-License-Identifier: MIT
#include "notes/typed/typed_formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "gradproof/typed/formula_activation.hpp"
#include "gradproof/typed/formula_loss.hpp"
#include "notes/graph/differentiate.hpp"
#include "notes/graph/expand.hpp"
#include "notes/reader/document.hpp"
#include "notes/typed/flattened.hpp"
#include "notes/typed/plain_formula.hpp"
#include "notes/typed/typed_note.hpp"

namespace gradproof::notes {
namespace {

// A note with this formula and its derivative by its first letter.
std::string note_of(std::string_view formula, const std::vector<std::string_view>& letters, const Settings& settings) {
    return beginning_of_note(letters, settings) + definition_in_note("Q", formula) +
           definition_in_note("P", fmt::format("\\frac{{\\partial Q}}{{\\partial {}}}", letters.front()));
}

struct Typed {
    Formula value;
    Formula slope;
    std::vector<Formula> conditions;  // each changes where one of these is 0
};

Typed typed(std::string_view formula, const std::vector<std::string_view>& letters, const Settings& settings) {
    const auto refuse = [&](std::string_view why) -> std::invalid_argument {
        return std::invalid_argument(fmt::format("'{}': {} (read as {})", formula, why, latex_of(formula)));
    };
    Library library;
    const Document& document = library.read_text(note_of(formula, letters, settings), "formula");
    if (!document.errors.empty()) throw refuse(complaint_of(document));
    const auto id_of = [&](std::string_view name) { return document.names.find(name)->second; };
    std::vector<int> inputs;
    for (const std::string_view letter : letters) inputs.push_back(id_of(letter));
    Graph graph;
    Expander expander(library.symbols(), graph, {});
    Differentiator differentiator(graph);
    const auto node_of = [&](std::string_view name) {
        const Tree& body = library.symbols()[static_cast<std::size_t>(id_of(name))].body;
        return differentiator.without_derivatives(expander.entries(body).nodes.front());
    };
    try {
        const NodeId value = node_of("Q");
        const NodeId slope = node_of("P");
        return {.value = flattened(graph, value, inputs),
                .slope = flattened(graph, slope, inputs),
                .conditions = differences_of_conditions(graph, slope, inputs)};
    } catch (const NoteError& error) {
        throw refuse(error.message());
    } catch (const std::invalid_argument& error) {
        throw refuse(error.what());
    }
}

double at(const Formula& formula, double z) {
    return formula.at<double>(std::array<double, 1>{z});
}

// A zero of a function between two points where it has different signs.
double zero_between(const Formula& formula, double low, double high) {
    const bool rises = at(formula, low) < 0;
    for (;;) {
        const double middle = low + (high - low) / 2;
        if (!(low < middle && middle < high)) return high;
        const double value = at(formula, middle);
        if (value == 0) return middle;
        ((value < 0) == rises ? low : high) = middle;
    }
}

// Where the conditions change between -1e4 and 1e4 and the slope jumps.
std::vector<Kink> kinks_of_formula(const Typed& typed) {
    std::vector<double> grid;
    for (double z = -32; z <= 32; z += 0.0625) grid.push_back(z);
    for (double z = 32; z <= 1e4; z *= 1.125) grid.insert(grid.end(), {z, -z});
    std::ranges::sort(grid);
    std::vector<double> points;
    for (const Formula& condition : typed.conditions)
        for (std::size_t n = 0; n + 1 < grid.size(); ++n) {
            const double here = at(condition, grid[n]);
            const double next = at(condition, grid[n + 1]);
            if (here == 0) points.push_back(grid[n]);
            if ((here < 0 && next > 0) || (here > 0 && next < 0))
                points.push_back(zero_between(condition, grid[n], grid[n + 1]));
        }
    std::ranges::sort(points);
    points.erase(std::unique(points.begin(), points.end()), points.end());
    std::vector<Kink> kinks;
    for (const double z : points) {
        const double step = 1e-9 * std::max(1.0, std::abs(z));
        const double left = at(typed.slope, z - step);
        const double right = at(typed.slope, z + step);
        // A smooth slope changes by its own slope times the step.
        if (std::abs(right - left) > 1e-6 * (1 + std::abs(left) + std::abs(right)))
            kinks.push_back({.at = z, .derivative_taken = at(typed.slope, z)});
    }
    return kinks;
}

}  // namespace

AnyActivation activation_of(std::string_view formula, const Settings& settings) {
    Typed made = typed(formula, {"z"}, settings);
    FormulaActivation activation;
    activation.text = std::string(formula);
    activation.at_kinks = kinks_of_formula(made);
    activation.of_value = std::move(made.value);
    activation.of_slope = std::move(made.slope);
    return activation;
}

AnyLoss loss_of(std::string_view formula, const Settings& settings) {
    Typed made = typed(formula, {"a", "y"}, settings);
    FormulaLoss loss;
    loss.text = std::string(formula);
    loss.of_value = std::move(made.value);
    loss.of_slope = std::move(made.slope);
    return loss;
}

}  // namespace gradproof::notes
