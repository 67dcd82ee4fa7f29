// SPDX-License-Identifier: MIT
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnosis/layers/layer_diagnosis.hpp"
#include "diagnosis/npz/archive.hpp"
#include "python/bindings.hpp"
#include "spelling/named_case.hpp"

namespace py = pybind11;

namespace gradproof::python {
namespace {

Report report_on_layer(const diagnosis::LayerSubmission& submission) {
    const diagnosis::LayerDiagnosis diagnosis = diagnosis::diagnose_layer(submission);
    return {std::string(name_of(diagnosis.outcome())), diagnosis::report_text(diagnosis),
            diagnosis::report_text(diagnosis, {.verbose = true}), diagnosis::report_json(diagnosis)};
}

Report check_layer_bytes(const py::bytes& npz, const std::string& name, const std::string& layer) {
    const std::vector<npz::Array> arrays = npz::read_arrays(static_cast<std::string_view>(npz), name);
    return report_on_layer(diagnosis::make_layer_submission(arrays, name, layer_named(layer)));
}

Report check_layer_file(const std::string& file, const std::string& layer) {
    return report_on_layer(diagnosis::read_layer_submission(file, layer_named(layer)));
}

// The names of its inputs and of its outputs.
std::pair<std::vector<std::string>, std::vector<std::string>> layer_arrays(const std::string& layer) {
    const AnyLayer named = layer_named(layer);
    std::vector<std::string> inputs;
    for (const LayerInput& input : named.facts().inputs) inputs.emplace_back(input.name);
    return {inputs, {named.facts().outputs.begin(), named.facts().outputs.end()}};
}

}  // namespace

void bind_layer_check(py::module_& module) {
    module.def("layer_arrays", &layer_arrays, py::arg("layer"));
    module.def("check_layer_bytes", &check_layer_bytes, py::arg("npz"), py::arg("name"), py::arg("layer"));
    module.def("check_layer_file", &check_layer_file, py::arg("file"), py::arg("layer"));
}

}  // namespace gradproof::python
