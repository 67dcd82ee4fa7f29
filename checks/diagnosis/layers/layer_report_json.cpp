// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"
#include "diagnosis/layers/layer_diagnosis.hpp"

namespace gradproof::diagnosis {

std::string report_json(const LayerDiagnosis& d) {
    using checks::number_or_name;
    using nlohmann::ordered_json;
    ordered_json json{{"file", d.file},
                      {"verdict", checks::name_of(d.outcome())},
                      {"number", d.number},
                      {"tensors", ordered_json::array()},
                      {"wrong_outputs", d.wrong_outputs},
                      {"diagnosis", ordered_json::array()},
                      {"warnings", d.warnings},
                      {"remarks", d.remarks}};
    for (const LayerTensor& tensor : d.tensors) {
        ordered_json one{{"name", tensor.verdict.name},
                         {"verdict", checks::name_of(tensor.verdict.outcome())},
                         {"entries", tensor.verdict.checked()},
                         {"wrong", tensor.verdict.refuted}};
        if (!tensor.verdict.worst.empty()) one["digits"] = number_or_name(tensor.verdict.worst.front().verdict.digits);
        if (!tensor.verdict.worst.empty()) {
            const checks::Verdict& worst = tensor.verdict.worst.front().verdict;
            one["worst"] = {{"index", tensor.worst_at},
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
                                     {"same_numbers", finding.same_numbers},
                                     {"note", finding.note}});
    return checks::json_text(json);
}

}  // namespace gradproof::diagnosis
