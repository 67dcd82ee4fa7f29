// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diagnosis/layers/layer_diagnosis.hpp"
#include "differences/coloured.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr std::size_t warnings_at_first = 3;

std::string row(const LayerTensor& tensor, const Screen& screen) {
    if (tensor.verdict.worst.empty()) return {};
    const checks::Outcome outcome = tensor.verdict.outcome();
    const checks::Verdict& worst = tensor.verdict.worst.front().verdict;
    return fmt::format("{:<8} {} {:>6.1f} {:>12} {:>15.9g} {:>15.9g} {:>9.1e}\n", tensor.verdict.name,
                       checks::coloured(outcome, fmt::format("{:<9}", checks::name_of(outcome)), screen.colour),
                       worst.digits, fmt::format("[{}]", fmt::join(tensor.worst_at, ", ")), worst.analytic,
                       worst.estimate.value, worst.bar);
}

}  // namespace

std::string summary_text(const LayerDiagnosis& d) {
    std::string text = fmt::format("{}: {}\n", d.file, checks::name_of(d.outcome()));
    for (const LayerFinding& finding : d.findings)
        text += fmt::format("{} at {}\n", finding.slug, fmt::join(finding.tensors, ", "));
    return text;
}

std::string report_text(const LayerDiagnosis& d, const Screen& asked) {
    Screen screen = asked;
    if (screen.verbose) screen.width = std::string::npos;
    const auto outcome = checks::coloured(d.outcome(), std::string(checks::name_of(d.outcome())), screen.colour);
    std::string text = fmt::format("{}: {}\n", d.file, outcome);
    text += folded("derivatives of " + d.number, screen.width, 4) + folded("shapes: " + d.shapes, screen.width, 4);
    for (const std::string& remark : d.remarks) text += folded("note: " + remark, screen.width, 6);
    for (const std::string& output : d.wrong_outputs)
        text += folded(output + " in the file is not what the layer gives for these inputs: correct the forward " +
                           "function first",
                       screen.width, 4);
    for (const LayerFinding& finding : d.findings) {
        text += fmt::format("\n  {} at {}\n", finding.slug, fmt::join(finding.tensors, ", "));
        if (!finding.line.empty()) text += fmt::format("    looks like  {}\n", finding.line);
        text += folded(fmt::format("    {} Read {}.", finding.explanation, finding.note), screen.width, 4);
        if (!finding.same_numbers.empty())
            text += folded(fmt::format("    the very same numbers: {}", fmt::join(finding.same_numbers, ", ")),
                           screen.width, 4);
    }
    text += fmt::format("\n{:<8} {:<9} {:>6} {:>12} {:>15} {:>15} {:>9}\n", "tensor", "verdict", "digits", "worst at",
                        "yours", "numerical", "error bar");
    for (const LayerTensor& tensor : d.tensors) text += row(tensor, screen);
    const std::size_t shown = screen.verbose ? d.warnings.size() : std::min(d.warnings.size(), warnings_at_first);
    for (std::size_t n = 0; n < shown; ++n) text += folded("this point cannot show " + d.warnings[n], screen.width, 4);
    if (shown < d.warnings.size())
        text += fmt::format("and {} more mistakes that it cannot show: --verbose\n", d.warnings.size() - shown);
    return text;
}

}  // namespace gradproof::diagnosis
