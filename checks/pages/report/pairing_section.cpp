// SPDX-License-Identifier: MIT
#include "pages/report/pairing_section.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <nlohmann/json.hpp>

#include "pages/report/formulas.hpp"
#include "pages/report/plot.hpp"

namespace gradproof::report {
namespace {

using namespace checks;
using kainjow::mustache::data;

constexpr std::size_t worst_shown = 3;
constexpr double smallest_error = 1e-18;  // below half an ulp of any derivative near 1

data plot_data(const Plot& plot, const std::string& caption, nlohmann::json& values) {
    values[plot.id] = json_of(plot);
    data entries(data::type::list);
    for (const Series& series : plot.series) {
        if (series.drawn == Drawn::faint_line) continue;
        data entry;
        entry.set("name", series.name);
        entry.set("colour", std::to_string(series.colour));
        entry.set("marks", series.drawn == Drawn::marks);
        entries.push_back(entry);
    }
    data result;
    result.set("id", plot.id);
    result.set("svg", svg_of(plot));
    result.set("caption", caption);
    result.set("legend", entries);
    return result;
}

// What the letters of the formulas are. The loss has a note of its own, which knows of no activation, so its a is said
// to be this activation's value.
std::string symbols_of(const Pairing& pairing) {
    return is_elementwise(pairing.activation)
               ? "z is the pre-activation, a = g(z) the prediction, y the label."
               : "z are the pre-activations of one example, p the probabilities that softmax makes of them, u the "
                 "derivatives that arrive there. For the loss p is the prediction a; y is the label, and a loss of "
                 "single numbers is summed over the classes.";
}

Plot formula_plot(const PairingEvidence& evidence, const FormulaCurve& curve, std::size_t number) {
    // Softmax has no slope for each entry, but a Jacobian.
    const bool elementwise = is_elementwise(evidence.pairing.activation);
    Series general{
        .name = elementwise ? "dA ⊙ g′(Z)" : "Jᵀ dA, J the Jacobian", .colour = 0, .drawn = Drawn::line, .points = {}};
    Series shortcut{.name = "A − Y", .colour = 1, .drawn = Drawn::line, .points = {}};
    Series differences{.name = "finite difference", .colour = 2, .drawn = Drawn::marks, .points = {}};
    for (const FormulaPoint& point : curve.formula) {
        general.points.push_back({point.z, point.general});
        shortcut.points.push_back({point.z, point.a_minus_y});
    }
    for (const DifferencePoint& point : curve.differences)
        differences.points.push_back({point.z, point.estimate.value});
    return {.id = fmt::format("{}-formula-{}", id_of(evidence.pairing), number),
            .title = fmt::format("dZ of {} over z, label {}", spoken(evidence.pairing), curve.label),
            .x = {.label = "z"},
            .y = {.label = "dZ"},
            .series = {std::move(general), std::move(shortcut), std::move(differences)}};
}

Plot step_plot(const PairingEvidence& evidence) {
    Plot plot{.id = id_of(evidence.pairing) + "-steps",
              .title = fmt::format("Error of numerical derivatives against the step, {}", spoken(evidence.pairing)),
              .x = {.label = "step h", .logarithmic = true},
              .y = {.label = "error", .logarithmic = true},
              .series = {},
              .lowest_y = smallest_error};
    int colour = 0;
    for (const StepCurve& curve : evidence.step_curves) {
        Series error{.name = curve.method, .colour = colour, .drawn = Drawn::line, .points = {}};
        Series bar{.name = curve.method + ", error bar", .colour = colour, .drawn = Drawn::faint_line, .points = {}};
        for (const StepPoint& point : curve.points) {
            error.points.push_back({point.step, point.error});
            bar.points.push_back({point.step, point.error_bar});
        }
        plot.series.push_back(std::move(error));
        if (curve.has_error_bar) plot.series.push_back(std::move(bar));
        ++colour;
    }
    return plot;
}

data claim_data(const CheckedClaim& checked, const std::string& book) {
    const auto& [claim, evidence, as_expected] = checked;
    const Outcome outcome = evidence.verdict.outcome();
    data result;
    result.set("statement", claim.statement);
    result.set("path", claim.path);
    result.set("outcome", std::string(name_of(outcome)) +
                              (claim.expectation == Expectation::refuted && as_expected ? ", as it must be" : ""));
    result.set("as_expected", as_expected);
    result.set("count", std::to_string(evidence.verdict.checked()));
    result.set("digits", fmt::format("{:.1f}", evidence.verdict.least_digits));
    if (!evidence.remark.empty()) result.set("remark", evidence.remark);
    result.set("note", claim.note);
    if (!book.empty()) result.set("link", page_of_note(claim.note, book));
    data worst(data::type::list);
    for (std::size_t n = 0; n < std::min(worst_shown, evidence.verdict.worst.size()); ++n) {
        const EntryVerdict& entry = evidence.verdict.worst[n];
        data one;
        one.set("text", fmt::format("{}: {}", place_of(evidence, entry), describe(entry.verdict)));
        worst.push_back(one);
    }
    result.set("worst", worst);
    return result;
}

}  // namespace

std::string id_of(const Pairing& pairing) {
    std::string id = fmt::format("{}-{}", name_of(pairing.activation), name_of(pairing.loss));
    std::replace(id.begin(), id.end(), '_', '-');
    return id;
}

std::string spoken(const AnyActivation& activation) {
    return title_of(fmt::format("activations/{}", name_of(activation)));
}

std::string spoken(const AnyLoss& loss) {
    return title_of(fmt::format("losses/{}", name_of(loss)));
}

// The loss stands inside the sentence, so its first letter is small, unless it is a name's.
std::string spoken(const Pairing& pairing) {
    std::string loss = spoken(pairing.loss);
    if (!loss.starts_with("Poisson")) loss[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(loss[0])));
    return fmt::format("{} with {}", spoken(pairing.activation), loss);
}

std::string shade_of(double digits) {
    return fmt::format("d{}", std::clamp(static_cast<int>(std::floor(digits / 2)), 0, 7));
}

data pairing_section(const PairingEvidence& evidence, const std::string& book, nlohmann::json& values) {
    const std::string activation(name_of(evidence.pairing.activation));
    const std::string loss(name_of(evidence.pairing.loss));
    data section;
    section.set("id", id_of(evidence.pairing));
    section.set("name", spoken(evidence.pairing));
    section.set("canonical", evidence.pairing.canonical);
    section.set("as_expected", evidence.as_expected);

    data formulas(data::type::list);
    const auto add_formula = [&](const std::string& key, const std::string& name) {
        const auto formula = find_formula(key);
        if (!formula) return;
        data one;
        one.set("name", name);
        one.set("html", *formula);
        formulas.push_back(one);
    };
    add_formula("activations/" + activation + " (value)", "activation");
    add_formula("activations/" + activation + " (derivative)", "its derivative");
    add_formula("activations/" + activation + " (pull back)", "its transposed Jacobian");
    add_formula("losses/" + loss + " (value)", "loss");
    add_formula("losses/" + loss + " (derivative)", "its derivative");
    add_formula("pairings/" + activation + "_" + loss + " (a minus y)", "together");
    section.set("formulas", formulas);
    section.set("symbols", symbols_of(evidence.pairing));

    data plots(data::type::list);
    for (std::size_t number = 0; number < evidence.formulas.size(); ++number)
        plots.push_back(plot_data(formula_plot(evidence, evidence.formulas[number], number),
                                  fmt::format("dZ over z for the label {}.", evidence.formulas[number].label), values));
    section.set("plots", plots);
    section.set(
        "steps",
        plot_data(step_plot(evidence),
                  fmt::format("Error against the step at z = {}, where dZ = {:.6g}. Faint lines are the computed error "
                              "bars: a curve should stay below its own.{}",
                              evidence.step_curves_at, evidence.derivative_there,
                              evidence.step_curves.size() < 4
                                  ? " There is no complex step: the formula with the kink compares numbers, and "
                                    "complex numbers have no order."
                                  : ""),
                  values));
    data claims(data::type::list);
    for (const CheckedClaim& claim : evidence.claims) claims.push_back(claim_data(claim, book));
    section.set("claims", claims);
    return section;
}

}  // namespace gradproof::report
