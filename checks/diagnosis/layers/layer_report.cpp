// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"
#include "diagnosis/layers/layer_diagnosis.hpp"
#include "diagnosis/screen.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::number_or_name;
using nlohmann::ordered_json;

constexpr std::size_t width = 80;

// Where the entry stands in an array of this shape: "[0, 2, 1, 3]".
std::string index_text(Eigen::Index place, const Shape& shape) {
    std::vector<Eigen::Index> index(shape.size());
    for (std::size_t axis = shape.size(); axis-- > 0; place /= shape[axis]) index[axis] = place % shape[axis];
    return fmt::format("[{}]", fmt::join(index, ", "));
}

}  // namespace

std::string report_text(const LayerDiagnosis& d) {
    std::string text = fmt::format("{}: {}\n", d.file, checks::name_of(d.outcome()));
    text += folded("derivatives of " + d.number, width, 4) + folded(d.shapes, width, 4);
    for (const std::string& remark : d.remarks) text += folded("note: " + remark, width, 6);
    for (const std::string& output : d.wrong_outputs)
        text += folded(fmt::format("{} in the file is not what the layer gives for these inputs: correct the forward "
                                   "function first",
                                   output),
                       width, 4);
    if (!d.findings.empty()) text += "\n";
    for (const LayerFinding& finding : d.findings) {
        text += fmt::format("{} at {}\n", finding.slug, fmt::join(finding.tensors, ", "));
        if (!finding.line.empty()) text += fmt::format("    looks like  {}\n", finding.line);
        text += folded(fmt::format("    {} Read {}.", finding.explanation, finding.note), width, 4);
    }
    text += fmt::format("\n{:<10} {:<9} {:>6}  {:>14} {:>18} {:>18} {:>9}\n", "tensor", "verdict", "digits", "worst at",
                        "yours", "numerical", "error bar");
    for (std::size_t n = 0; n < d.tensors.size(); ++n) {
        const checks::TensorVerdict& tensor = d.tensors[n];
        if (tensor.worst.empty()) continue;
        const checks::EntryVerdict& worst = tensor.worst.front();
        text += fmt::format("{:<10} {:<9} {:>6.1f}  {:>14} {:>18.9g} {:>18.9g} {:>9.1e}\n", tensor.name,
                            checks::name_of(tensor.outcome()), worst.verdict.digits,
                            index_text(worst.column, d.tensor_shapes[n]), worst.verdict.analytic,
                            worst.verdict.estimate.value, worst.verdict.bar);
    }
    for (const std::string& warning : d.warnings) text += folded("this point cannot show " + warning, width, 4);
    return text;
}

std::string report_json(const LayerDiagnosis& d) {
    ordered_json json{{"file", d.file},
                      {"verdict", checks::name_of(d.outcome())},
                      {"number", d.number},
                      {"tensors", ordered_json::array()},
                      {"wrong_outputs", d.wrong_outputs},
                      {"diagnosis", ordered_json::array()},
                      {"warnings", d.warnings},
                      {"remarks", d.remarks}};
    for (std::size_t n = 0; n < d.tensors.size(); ++n) {
        const checks::TensorVerdict& tensor = d.tensors[n];
        ordered_json one{{"name", tensor.name},
                         {"verdict", checks::name_of(tensor.outcome())},
                         {"shape", d.tensor_shapes[n]},
                         {"entries", tensor.checked()},
                         {"wrong", tensor.refuted}};
        if (!tensor.worst.empty()) {
            const checks::Verdict& worst = tensor.worst.front().verdict;
            one["worst"] = {{"index", index_text(tensor.worst.front().column, d.tensor_shapes[n])},
                            {"yours", number_or_name(worst.analytic)},
                            {"numerical", number_or_name(worst.estimate.value)},
                            {"error_bar", number_or_name(worst.bar)}};
        }
        json["tensors"].push_back(std::move(one));
    }
    for (const LayerFinding& finding : d.findings)
        json["diagnosis"].push_back({{"tensors", finding.tensors},
                                     {"mistake", finding.slug},
                                     {"explanation", finding.explanation},
                                     {"looks_like", finding.line},
                                     {"note", finding.note}});
    return checks::json_text(json);
}

}  // namespace gradproof::diagnosis
