// SPDX-License-Identifier: MIT
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diagnosis/layers/array_network_diagnosis.hpp"
#include "diagnosis/layers/layer_diagnosis.hpp"
#include "diagnosis/npz/archive.hpp"
#include "program/declaration.hpp"
#include "python/bindings.hpp"
#include "spelling/named_case.hpp"

namespace py = pybind11;

namespace gradproof::python {
namespace {

Report report_on(const diagnosis::LayerDiagnosis& diagnosis) {
    return {std::string(name_of(diagnosis.outcome())), diagnosis::report_text(diagnosis),
            diagnosis::report_text(diagnosis, {.verbose = true}), diagnosis::report_json(diagnosis)};
}

Report check_layer_bytes(const py::bytes& npz, const std::string& name, const std::string& layer) {
    const std::vector<npz::Array> arrays = npz::read_arrays(static_cast<std::string_view>(npz), name);
    return report_on(diagnosis::diagnose_layer(diagnosis::make_layer_submission(arrays, name, layer_named(layer))));
}

Report check_layer_file(const std::string& file, const std::string& layer) {
    return report_on(diagnosis::diagnose_layer(diagnosis::read_layer_submission(file, layer_named(layer))));
}

Report check_network_bytes(const py::bytes& npz, const std::string& name, const program::CheckOptions& options) {
    const std::vector<npz::Array> arrays = npz::read_arrays(static_cast<std::string_view>(npz), name);
    return report_on(diagnosis::diagnose_network(
        diagnosis::make_network_submission(arrays, name, program::network_declaration_of(options))));
}

Report check_network_file(const program::CheckOptions& options) {
    return report_on(diagnosis::diagnose_network(
        diagnosis::read_network_submission(options.file, program::network_declaration_of(options))));
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
    module.def("check_network_bytes", &check_network_bytes, py::arg("npz"), py::arg("name"), py::arg("options"));
    module.def("check_network_file", &check_network_file, py::arg("options"));
}

}  // namespace gradproof::python
