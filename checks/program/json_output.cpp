// SPDX-License-Identifier: MIT
#include "program/json_output.hpp"

#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"

namespace gradproof::program {

nlohmann::json json_of_tensor(const checks::TensorVerdict& tensor) {
    nlohmann::json json{{"name", tensor.name},
                        {"verdict", name_of(tensor.outcome())},
                        {"shape", {tensor.rows, tensor.columns}},
                        {"digits", checks::number_or_name(tensor.least_digits)},
                        {"confirmed", tensor.confirmed},
                        {"undecided", tensor.undecided},
                        {"refuted", tensor.refuted},
                        {"not_exercised", tensor.not_exercised},
                        {"at_kink", tensor.subgradients}};
    if (!tensor.worst.empty()) {
        const checks::EntryVerdict& worst = tensor.worst.front();
        json["worst"] = {{"index", {worst.row, worst.column}},
                         {"yours", checks::number_or_name(worst.verdict.analytic)},
                         {"numerical", checks::number_or_name(worst.verdict.estimate.value)},
                         {"error_bar", checks::number_or_name(worst.verdict.estimate.error_bar)}};
        const double lower = worst.verdict.estimate.lower();
        const double upper = worst.verdict.estimate.upper();
        if (lower != upper) json["worst"]["interval"] = {checks::number_or_name(lower), checks::number_or_name(upper)};
    }
    return json;
}

}  // namespace gradproof::program
