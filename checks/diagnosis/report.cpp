// SPDX-License-Identifier: MIT
#include "diagnosis/report.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "diagnosis/layout_line.hpp"

namespace gradproof::diagnosis {
namespace {

std::string numerical_text(const TensorResult& t) {
    const std::string lower = fmt::format("{:.6g}", t.lower);
    const std::string upper = fmt::format("{:.6g}", t.upper);
    return lower == upper ? fmt::format("{:.13g}", t.numerical) : lower + " .. " + upper;
}

std::string tensor_lines(const Diagnosis& diagnosis) {
    std::size_t width = 20;
    std::size_t name = std::string_view("tensor").size();
    for (const TensorResult& t : diagnosis.tensors) {
        width = std::max(width, numerical_text(t).size());
        name = std::max(name, t.name.size());
    }
    std::string text = fmt::format("{:<{}} {:<10} {:>6}  {:>9}  {:>20} {:>{}} {:>9}  {}\n", "tensor", name, "verdict",
                                   "digits", "worst at", "yours", "numerical", width, "error bar", "seen above");
    for (const TensorResult& t : diagnosis.tensors) {
        if (t.not_checked == t.entries && t.entries > 0) {
            text += fmt::format("{:<{}} {}\n", t.name, name, t.remark);
            continue;
        }
        const std::string digits = t.digits < 0 ? "-" : fmt::format("{:.1f}", t.digits);
        text += fmt::format("{:<{}} {:<10} {:>6}  {:>9}  {:>20.13g} {:>{}} {:>9.1e}  {:.1e}", t.name, name,
                            checks::name_of(t.outcome), digits, fmt::format("[{}, {}]", t.row, t.column), t.yours,
                            numerical_text(t), width, t.error_bar, t.visible);
        if (t.wrong > 0 && t.wrong < t.entries) text += fmt::format("  {} of {} entries", t.wrong, t.entries);
        if (!t.remark.empty()) text += "  " + t.remark;
        text += '\n';
    }
    return text;
}

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
    return diagnosis.cost ? fmt::format("the cost in the file {}\n", describe(*diagnosis.cost)) : "";
}

// Said before anything else: under another reading of the cost nothing is wrong.
std::string right_for_line(const Diagnosis& diagnosis) {
    if (!diagnosis.right_for) return "";
    std::string line = "every gradient is right for " + checks::describe(*diagnosis.right_for);
    const double ratio = diagnosis.right_for->factor / diagnosis.J.factor;
    if (ratio != 1) line += fmt::format("\n  {:.6g} times the declared loss", ratio);
    return line + (diagnosis.right_for_word.empty()
                       ? "; declare that cost if it is yours\n"
                       : fmt::format("; if that is yours: --loss {}\n", diagnosis.right_for_word));
}

std::string cache_lines(const Diagnosis& diagnosis) {
    if (diagnosis.cache_checked == 0) return "";
    if (diagnosis.cache.empty())
        return fmt::format("\nforward pass: the {} tensors you gave agree with X, the weights and the biases\n",
                           diagnosis.cache_checked);
    std::string text = "\nforward pass, before any gradient:\n";
    for (const CacheFault& fault : diagnosis.cache) text += fmt::format("  {} {}\n", fault.tensor, fault.text);
    return text;
}

void add_finding(std::string& text, const Finding& finding, const Diagnosis& diagnosis) {
    text += fmt::format("  {}\n", describe(finding, diagnosis));
    if (!finding.mistake) {
        text += "    no mistake of the catalogue gives these numbers\n";
        return;
    }
    if (const std::string line = numpy_line(finding, diagnosis); !line.empty())
        text += fmt::format("    looks like  {}\n", line);
    if (const std::string line = right_line(finding, diagnosis); !line.empty())
        text += fmt::format("    right is    {}\n", line);
    text += fmt::format("    {}\n    read {}\n", finding.mistake->explanation, finding.mistake->note);
    if (!finding.mistake->variants.empty())
        text +=
            fmt::format("    reproduces your numbers to {:.0e} of the largest\n", std::max(finding.residual, 1e-17));
}

std::vector<std::string> in_file(const Diagnosis& diagnosis, std::vector<std::string> tensors) {
    for (std::string& tensor : tensors) tensor = name_in_file(diagnosis.names, tensor);
    return tensors;
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

std::string diagnosis_lines(const Diagnosis& diagnosis) {
    if (diagnosis.explanations.empty()) return diagnosis_without_mistakes(diagnosis);
    const bool several = diagnosis.explanations.size() > 1;
    std::string text = several ? fmt::format("\ndiagnosis: {} explanations give the very same numbers\n",
                                             diagnosis.explanations.size())
                               : "\ndiagnosis\n";
    int number = 0;
    for (const Explanation& explanation : diagnosis.explanations) {
        if (several) text += fmt::format(" {}.\n", ++number);
        const auto is_wrong = [](const Finding& f) { return !f.mistake || !f.mistake->is_convention; };
        const Finding& first = *std::ranges::find_if(explanation.findings, is_wrong);
        text += fmt::format("  first wrong step: {}\n",
                            name_in_file(diagnosis.names, tensor_name(first.place.step, first.place.l)));
        // One mistake made in every layer is told once.
        std::vector<const Mistake*> told;
        for (const Finding& finding : explanation.findings) {
            if (finding.mistake && std::ranges::find(told, finding.mistake) != told.end()) {
                text += fmt::format("  {}\n", describe(finding, diagnosis));
                continue;
            }
            add_finding(text, finding, diagnosis);
            told.push_back(finding.mistake);
        }
        if (!explanation.consequences.empty())
            text += fmt::format("  wrong only because of that: {}\n",
                                fmt::join(in_file(diagnosis, explanation.consequences), ", "));
        if (!explanation.not_judged.empty())
            text += fmt::format("  not judged: {} (save dZ and dA too, then each step is judged on its own)\n",
                                fmt::join(in_file(diagnosis, explanation.not_judged), ", "));
    }
    return text;
}

}  // namespace

std::string numpy_line(const Finding& finding) {
    const std::string_view line = finding.numpy;
    const auto digit_after_letter = [&](std::size_t i) {
        return i > 0 && std::isdigit(static_cast<unsigned char>(line[i])) &&
               std::isupper(static_cast<unsigned char>(line[i - 1])) != 0;
    };
    // The first numbered name is the tensor that is computed (its letter may be small: db1).
    std::size_t written_for = 0;
    for (std::size_t i = 1; i < line.size() && written_for == 0; ++i)
        if (digit_after_letter(i) || (line[i - 1] == 'b' && std::isdigit(static_cast<unsigned char>(line[i]))))
            written_for = static_cast<std::size_t>(line[i] - '0');
    if (written_for == 0 || finding.place.l < written_for) return std::string(line);
    const std::size_t shift = finding.place.l - written_for;
    std::string out;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const bool is_bias = i > 0 && line[i - 1] == 'b' && std::isdigit(static_cast<unsigned char>(line[i]));
        if (digit_after_letter(i) || is_bias) {
            out += std::to_string(static_cast<std::size_t>(line[i] - '0') + shift);
        } else if (line[i] == 'X' && shift > 0) {
            out += fmt::format("A{}", shift);
        } else {
            out += line[i];
        }
    }
    return out;
}

namespace {

// A line of the course in the layout and with the names of the file; empty where it would say something that is not so
// there.
std::string as_in_file(std::string line, const Diagnosis& diagnosis) {
    if (diagnosis.mean_in_dZ) {
        // Whoever has the 1/m in dZ divides by it nowhere else; what the line says of the mean is not what they did.
        constexpr std::string_view mean = " / m";
        const bool is_parameter = line.starts_with("dW") || line.starts_with("db");
        if (is_parameter && (!line.ends_with(mean) || line.ends_with("lambd / m"))) return "";
        if (is_parameter) line.resize(line.size() - mean.size());
        if (line.find(mean) != std::string::npos) return "";
    }
    if (diagnosis.layout == Layout{} && diagnosis.names.empty()) return line;
    const auto name = [&diagnosis](const std::string& of) { return name_in_file(diagnosis.names, of); };
    return in_layout(line, diagnosis.layout, name).value_or("");
}

}  // namespace

std::string numpy_line(const Finding& finding, const Diagnosis& diagnosis) {
    return finding.numpy.empty() ? "" : as_in_file(numpy_line(finding), diagnosis);
}

std::string right_line(const Finding& finding, const Diagnosis& diagnosis) {
    const std::size_t l = finding.place.l;
    const std::string A_prev = l == 1 ? "X" : fmt::format("A{}", l - 1);
    switch (finding.place.step) {
        case Step::dW: {
            std::string line = as_in_file(fmt::format("dW{0} = dZ{0} @ {1}.T / m", l, A_prev), diagnosis);
            if (!line.empty() && diagnosis.J.l2) line += ", plus the L2 term";
            return line;
        }
        case Step::db:
            return as_in_file(fmt::format("db{0} = np.sum(dZ{0}, axis=1, keepdims=True) / m", l), diagnosis);
        case Step::dA:
            return as_in_file(fmt::format("dA{0} = W{1}.T @ dZ{1}", l, l + 1), diagnosis);
        case Step::dA_output:
        case Step::dZ_output:
        case Step::dZ:
            break;  // they depend on the activation and the loss
    }
    return "";
}

std::string summary_text(const Diagnosis& diagnosis) {
    std::string text = fmt::format("{}: {}\n", diagnosis.file, checks::name_of(diagnosis.outcome()));
    text += right_for_line(diagnosis);
    if (diagnosis.cost && !diagnosis.cost->is_J()) text += cost_line(diagnosis);
    for (const CacheFault& fault : diagnosis.cache) text += fmt::format("{} {}\n", fault.tensor, fault.text);
    for (std::size_t n = 0; n < diagnosis.explanations.size(); ++n) {
        if (n > 0) text += "or\n";
        for (const Finding& finding : diagnosis.explanations[n].findings)
            text += fmt::format("{}\n", describe(finding, diagnosis));
    }
    return text;
}

std::string report_text(const Diagnosis& diagnosis) {
    std::string text = fmt::format("{}: {}\n", diagnosis.file, checks::name_of(diagnosis.outcome()));
    text += checks::describe(diagnosis.J) + "\n" + right_for_line(diagnosis) + cost_line(diagnosis);
    for (const std::string& remark : diagnosis.remarks) text += fmt::format("note: {}\n", remark);
    text += "\n" + tensor_lines(diagnosis) + stop_line(diagnosis) + cache_lines(diagnosis) + diagnosis_lines(diagnosis);
    if (!diagnosis.warnings.empty()) text += "\nwhat this point cannot show (layers and units are counted from 1)\n";
    for (const std::string& warning : diagnosis.warnings) text += fmt::format("  {}\n", warning);
    return text;
}

}  // namespace gradproof::diagnosis
