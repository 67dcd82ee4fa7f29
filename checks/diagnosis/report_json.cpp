// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "diagnosis/json_number.hpp"
#include "diagnosis/report.hpp"
#include "diagnosis/wrong_line.hpp"

namespace gradproof::diagnosis {
namespace {

using checks::number_or_name;
using nlohmann::ordered_json;

ordered_json tensor(const TensorResult& t) {
    ordered_json json{{"name", t.name},
                      {"verdict", checks::name_of(t.outcome)},
                      {"digits", number_or_name(t.digits)},
                      {"worst",
                       {{"index", {t.row, t.column}},
                        {"yours", number_or_name(t.yours)},
                        {"numerical", number_or_name(t.numerical)},
                        {"error_bar", number_or_name(t.error_bar)}}},
                      {"entries", t.entries},
                      {"wrong", t.wrong},
                      {"at_kinks", t.at_kinks},
                      {"not_exercised", t.not_exercised},
                      {"not_checked", t.not_checked},
                      {"seen_above", number_or_name(t.visible)},
                      {"remark", t.remark}};
    if (t.lower != t.upper) json["worst"]["interval"] = {number_or_name(t.lower), number_or_name(t.upper)};
    return json;
}

ordered_json finding(const Finding& f, const Diagnosis& diagnosis) {
    ordered_json json{{"tensor", name_in_file(diagnosis.names, tensor_name(f.place.step, f.place.l))},
                      {"mistake", f.slug()},
                      {"layer", f.place.l},
                      {"explanation", f.mistake ? std::string(f.mistake->explanation) : f.pattern.text},
                      {"residual", number_or_name(f.residual)},
                      {"note", f.mistake ? f.mistake->note : ""}};
    if (!f.detail.empty()) json["detail"] = f.detail;
    if (f.everywhere) json["of_every_gradient"] = true;
    if (f.parameter) json["parameter"] = number_or_name(*f.parameter);
    if (const std::string line = numpy_line(f, diagnosis); !line.empty()) json["looks_like"] = line;
    return json;
}

ordered_json cost(const Diagnosis& diagnosis) {
    const checks::CostFormula& J = diagnosis.J;
    ordered_json json{{"factor", number_or_name(J.factor)},
                      {"term", J.term},
                      {"over_examples", "mean"},
                      {"over_outputs", J.is_of_column ? "whole" : "sum"},
                      {"m", J.m}};
    if (J.l2) json["l2"] = {{"scale", J.l2->scale}, {"of", "weights"}, {"lambda", number_or_name(J.l2->lambda)}};
    if (diagnosis.right_for) json["right_for"] = checks::describe(*diagnosis.right_for);
    if (diagnosis.cost) {
        json["given"] = number_or_name(diagnosis.cost->given);
        json["computed"] = number_or_name(diagnosis.cost->computed);
        json["given_is_J"] = diagnosis.cost->is_J();
    }
    return json;
}

ordered_json network(const Diagnosis& diagnosis) {
    ordered_json layers = ordered_json::array();
    for (const LayerRead& layer : diagnosis.layers)
        layers.push_back({{"units", layer.units}, {"activation", gradproof::name_of(layer.activation)}});
    return {{"features", diagnosis.features}, {"layers", layers}, {"layout", describe(diagnosis.layout)}};
}

std::vector<std::string> in_file(const std::vector<std::string>& tensors, const Diagnosis& diagnosis) {
    std::vector<std::string> names;
    for (const std::string& tensor : tensors) names.push_back(name_in_file(diagnosis.names, tensor));
    return names;
}

}  // namespace

std::string report_json(const Diagnosis& diagnosis) {
    ordered_json json{{"file", diagnosis.file},
                      {"verdict", checks::name_of(diagnosis.outcome())},
                      {"formula", checks::describe(diagnosis.J)},
                      {"cost", cost(diagnosis)},
                      {"network", network(diagnosis)},
                      {"tensors", ordered_json::array()},
                      {"cache", ordered_json::array()},
                      {"diagnosis", ordered_json::array()},
                      {"warnings", diagnosis.warnings},
                      {"remarks", diagnosis.remarks}};
    for (const TensorResult& t : diagnosis.tensors) json["tensors"].push_back(tensor(t));
    for (const CacheFault& fault : diagnosis.cache)
        json["cache"].push_back({{"tensor", fault.tensor}, {"explanation", fault.text}});
    if (diagnosis.cost && !diagnosis.cost->is_J())
        json["cache"].push_back({{"tensor", "cost"}, {"explanation", describe(*diagnosis.cost)}});
    int alternative = 0;
    for (const Explanation& explanation : diagnosis.explanations) {
        ++alternative;
        for (const Finding& f : explanation.findings) {
            ordered_json entry = finding(f, diagnosis);
            if (alternative > 1) entry["alternative"] = alternative;
            if (&f == &explanation.findings.front()) {
                entry["consequences"] = in_file(explanation.consequences, diagnosis);
                if (!explanation.not_judged.empty()) entry["not_judged"] = in_file(explanation.not_judged, diagnosis);
            }
            json["diagnosis"].push_back(std::move(entry));
        }
    }
    return checks::json_text(json);
}

}  // namespace gradproof::diagnosis
