// SPDX-License-Identifier: MIT
#include "diagnosis/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

#include "diagnosis/tensor_table.hpp"
#include "diagnosis/wrong_line.hpp"
#include "differences/coloured.hpp"

namespace gradproof::diagnosis {
namespace {

std::string stop_line(const Diagnosis& diagnosis) {
    if (!diagnosis.stopped()) return "";
    std::size_t entries = 0;
    std::size_t not_checked = 0;
    for (const TensorResult& t : diagnosis.tensors) {
        entries += t.entries;
        not_checked += t.not_checked;
    }
    return fmt::format("\nstopped: {} of {} entries were checked; nothing is said of the other {}\n",
                       entries - not_checked, entries, not_checked);
}

std::string cost_line(const Diagnosis& diagnosis) {
    return diagnosis.cost ? "the cost in the file " + describe(*diagnosis.cost) : "";
}

// The network as it was read: "network: 30 - 20 relu - 1 sigmoid; examples in columns, W is outputs by inputs".
std::string network_line(const Diagnosis& diagnosis) {
    if (diagnosis.layers.empty()) return "";
    std::string text = fmt::format("network: {}", diagnosis.features);
    for (const LayerRead& layer : diagnosis.layers)
        text += layer.is_function_only ? ", " + gradproof::name_of(layer.activation) + " of that"
                                       : fmt::format(" - {} {}", layer.units, gradproof::name_of(layer.activation));
    return text + "; " + describe(diagnosis.layout);
}

// Said before anything else: under another reading of the cost nothing is wrong.
std::string right_for_line(const Diagnosis& diagnosis) {
    if (!diagnosis.right_for) return "";
    std::string line = "every gradient is right for " + checks::describe(*diagnosis.right_for);
    const double ratio = diagnosis.right_for->factor / diagnosis.J.factor;
    if (ratio != 1) line += fmt::format(", {:.6g} times the declared loss", ratio);
    return line + (diagnosis.right_for_word.empty()
                       ? "; declare that cost if it is yours"
                       : fmt::format("; if that is yours: --loss {}", diagnosis.right_for_word));
}

// What a finding takes up, each line with its indent.
class FindingLines {
  public:
    FindingLines(const Diagnosis& diagnosis, const Screen& screen) : diagnosis_(diagnosis), screen_(screen) {}

    std::string title(const Finding& finding) const { return prose("  ", describe(finding, diagnosis_)); }

    std::string all(const Finding& finding) const {
        std::string text = title(finding);
        const std::string wrong = numpy_line(finding, diagnosis_);
        const std::string right = right_line(finding, diagnosis_);
        if (!wrong.empty()) text += fmt::format("    looks like  {}\n", wrong);
        if (!right.empty() && (!wrong.empty() || !finding.mistake)) text += fmt::format("    right is    {}\n", right);
        if (!finding.mistake) return text + "    no mistake of the catalogue gives these numbers\n";
        text += prose("    ", fmt::format("{} Read {}.", finding.mistake->explanation, finding.mistake->note));
        if (screen_.verbose && !finding.mistake->variants.empty())
            text += fmt::format("    reproduces your numbers to {:.0e} of the largest\n",
                                std::max(finding.residual, 1e-17));
        return text;
    }

    std::string prose(std::string_view indent, std::string_view text) const {
        return folded(std::string(indent) + std::string(text), screen_.width, indent.size());
    }

    std::string names(const std::vector<std::string>& tensors) const {
        std::vector<std::string> in_file;
        for (const std::string& tensor : tensors) in_file.push_back(name_in_file(diagnosis_.names, tensor));
        return fmt::format("{}", fmt::join(in_file, ", "));
    }

  private:
    const Diagnosis& diagnosis_;
    const Screen& screen_;
};

std::string cache_lines(const Diagnosis& diagnosis, const FindingLines& lines) {
    if (diagnosis.cache.empty()) return "";
    std::string text = "\nforward pass, before any gradient:\n";
    for (const CacheFault& fault : diagnosis.cache) text += lines.prose("  ", fault.tensor + " " + fault.text);
    return text;
}

// What there is to say where no step of the backward pass is wrong.
std::string diagnosis_without_mistakes(const Diagnosis& diagnosis) {
    if (diagnosis.outcome() != checks::Outcome::refuted) return "";
    if (diagnosis.gradients() == checks::Outcome::confirmed)
        return diagnosis.cache.empty()
                   ? "\ndiagnosis: every gradient is right for J, but the cost in the file is another one\n"
                   : "\ndiagnosis: every gradient is right, but not the forward pass in the file\n";
    if (!diagnosis.cache.empty()) return "\ndiagnosis: every step is right for your forward pass; correct that first\n";
    return "";
}

std::string explanation_lines(const Explanation& explanation, const Diagnosis& diagnosis, const FindingLines& lines) {
    const auto is_wrong = [](const Finding& f) { return !f.everywhere && (!f.mistake || !f.mistake->is_convention); };
    const auto first = std::ranges::find_if(explanation.findings, is_wrong);
    std::string text = first == explanation.findings.end()
                           ? "every gradient is wrong in the same way\n"
                           : fmt::format("first wrong step: {}\n",
                                         name_in_file(diagnosis.names, tensor_name(first->place.step, first->place.l)));
    // One mistake made in every layer is told once.
    std::vector<const Mistake*> told;
    for (const Finding& finding : explanation.findings) {
        const bool is_told = finding.mistake && std::ranges::find(told, finding.mistake) != told.end();
        text += is_told ? lines.title(finding) : lines.all(finding);
        told.push_back(finding.mistake);
    }
    if (!explanation.consequences.empty())
        text += lines.prose("  ", "wrong only because of that: " + lines.names(explanation.consequences));
    if (!explanation.not_judged.empty())
        text += lines.prose("  ", "not judged: " + lines.names(explanation.not_judged) +
                                      " (save dZ and dA too, then each step is judged on its own)");
    return text;
}

std::string diagnosis_lines(const Diagnosis& diagnosis, const Screen& screen) {
    if (diagnosis.explanations.empty()) return diagnosis_without_mistakes(diagnosis);
    const FindingLines lines(diagnosis, screen);
    std::string text = "\n" + explanation_lines(diagnosis.explanations.front(), diagnosis, lines);
    if (diagnosis.explanations.size() == 1) return text;
    text += diagnosis.explanations.size() == 2 ? "another explanation gives the very same numbers:\n"
                                               : "other explanations give the very same numbers:\n";
    for (std::size_t n = 1; n < diagnosis.explanations.size(); ++n) {
        const Explanation& other = diagnosis.explanations[n];
        if (screen.verbose) {
            text += fmt::format(" {}. ", n + 1) + explanation_lines(other, diagnosis, lines);
            continue;
        }
        std::vector<std::string> findings;
        for (const Finding& finding : other.findings) findings.push_back(describe(finding, diagnosis));
        text += lines.prose("  ", fmt::format("{}", fmt::join(findings, ", and ")));
    }
    return text;
}

std::string warning_lines(const Diagnosis& diagnosis, const Screen& screen) {
    if (diagnosis.warnings.empty()) return "";
    const std::size_t shown_at_first = diagnosis.explanations.empty() ? 2 : 1;
    const std::size_t shown =
        screen.verbose ? diagnosis.warnings.size() : std::min(diagnosis.warnings.size(), shown_at_first);
    std::string text = "\n";
    for (std::size_t n = 0; n < shown; ++n)
        text += folded("this point cannot show all: " + diagnosis.warnings[n], screen.width, 2);
    if (shown < diagnosis.warnings.size())
        text += fmt::format("and {} more of the kind (--verbose)\n", diagnosis.warnings.size() - shown);
    return text;
}

}  // namespace

std::string summary_text(const Diagnosis& diagnosis) {
    std::string text = fmt::format("{}: {}\n", diagnosis.file, checks::name_of(diagnosis.outcome()));
    if (diagnosis.right_for) text += right_for_line(diagnosis) + "\n";
    if (diagnosis.cost && !diagnosis.cost->is_J()) text += cost_line(diagnosis) + "\n";
    for (const CacheFault& fault : diagnosis.cache) text += fmt::format("{} {}\n", fault.tensor, fault.text);
    for (std::size_t n = 0; n < diagnosis.explanations.size(); ++n) {
        if (n > 0) text += "or\n";
        for (const Finding& finding : diagnosis.explanations[n].findings)
            text += fmt::format("{}\n", describe(finding, diagnosis));
    }
    return text;
}

std::string report_text(const Diagnosis& diagnosis, const Screen& asked) {
    Screen screen = asked;
    if (screen.verbose) screen.width = std::string::npos;
    const std::string_view verdict = checks::name_of(diagnosis.outcome());
    std::string text =
        fmt::format("{}: {}\n", diagnosis.file, checks::coloured(diagnosis.outcome(), verdict, screen.colour));
    for (const std::string& line :
         {checks::describe(diagnosis.J), right_for_line(diagnosis), cost_line(diagnosis), network_line(diagnosis)})
        if (!line.empty()) text += folded(line, screen.width, 4);
    for (const std::string& remark : diagnosis.remarks) text += folded("note: " + remark, screen.width, 6);
    text += cache_lines(diagnosis, {diagnosis, screen}) + diagnosis_lines(diagnosis, screen) + "\n" +
            tensor_table(diagnosis, screen) + stop_line(diagnosis);
    if (diagnosis.cache_checked > 0 && diagnosis.cache.empty())
        text += fmt::format("forward pass: the {} tensors you gave agree with X, the weights and the biases\n",
                            diagnosis.cache_checked);
    return text + warning_lines(diagnosis, screen);
}

}  // namespace gradproof::diagnosis
