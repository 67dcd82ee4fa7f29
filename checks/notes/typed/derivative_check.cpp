// SPDX-License-Identifier: MIT
#include "notes/typed/derivative_check.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <utility>

#include "notes/typed/typed_note.hpp"

namespace gradproof::notes {
namespace {

struct Decided {
    ClaimResult result;
    std::string text;
};

// The claim about F(z), the formula, and D(z), what is claimed to be its derivative.
Decided decided(const std::string& definitions, std::string_view claim, const std::vector<NamedEngine>& engines) {
    Library library;
    const Document& document = library.read_text(definitions + fmt::format("\n```math\n{}\n```\n", claim), "formula");
    if (!document.errors.empty()) throw std::invalid_argument(complaint_of(document));
    const NoteReport report = check(document, library.symbols(), engines);
    const ClaimResult& result = report.results.front();
    // Without the place in a note that nobody wrote, and the letters that stand for the formulas there.
    const std::string text = result.green() ? evidence_of(document, result) : failure_of(document, result);
    const std::string_view letters = result.green() ? "D(z): " : "D(z)\n";
    const auto at = text.find(letters);
    return {result, at == std::string::npos ? text : text.substr(at + letters.size())};
}

}  // namespace

DerivativeVerdict check_derivative(std::string_view formula, std::string_view derivative, const Settings& settings,
                                   const std::vector<NamedEngine>& engines) {
    std::string definitions = beginning_of_note({"z"}, settings);
    definitions += definition_in_note("F(z)", formula) + definition_in_note("D(z)", derivative);
    const auto [result, text] = decided(definitions, "F'(z) = D(z)", engines);
    DerivativeVerdict verdict{.status = result.verdict.status, .text = text};
    if (result.green()) return verdict;
    // What people write instead, each as a claim of its own.
    constexpr std::pair<std::string_view, std::string_view> others[] = {
        {"F'(z) = D(F(z))",
         "right as a function of the value: put a = g(z) in, not z (derivative-from-value-at-pre-activation)"},
        {"F'(z) = -D(z)", "the right one with the other sign (wrong-sign)"},
        {"F(z) = D(z)", "the formula itself (value-instead-of-derivative)"},
        {"F'(z) = 2 D(z)", "half of the right one (constant-factor)"},
        {"2 F'(z) = D(z)", "twice the right one (constant-factor)"},
        {"F'(z)^2 = D(z)", "the square of the right one (activation-derivative-applied-twice)"},
        {"F'(F(z)) = D(z)", "the derivative at the value g(z) (derivative-at-activation-instead-of-pre-activation)"},
    };
    for (const auto& [claim, what] : others) {
        const Decided other = decided(definitions, claim, engines);
        if (other.result.green()) verdict.is.emplace_back(what);
    }
    return verdict;
}

}  // namespace gradproof::notes
