// SPDX-License-Identifier: MIT
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>

#include <string>
#include <string_view>
#include <vector>

#include "diagnosis/npz/archive.hpp"
#include "diagnosis/report.hpp"
#include "diagnosis/submissions/read_submission.hpp"
#include "program/declaration.hpp"
#include "python/bindings.hpp"

namespace py = pybind11;

namespace gradproof::python {
namespace {

Report report_on(const diagnosis::Submission& submission) {
    const diagnosis::Diagnosis diagnosis = diagnosis::diagnose(submission);
    return {std::string(name_of(diagnosis.outcome())), diagnosis::report_text(diagnosis),
            diagnosis::report_text(diagnosis, {.verbose = true}), diagnosis::report_json(diagnosis)};
}

Report check_bytes(const py::bytes& npz, const std::string& name, const program::CheckOptions& options) {
    const std::vector<npz::Array> arrays = npz::read_arrays(static_cast<std::string_view>(npz), name);
    return report_on(diagnosis::make_submission(arrays, name, program::declaration_of(options)));
}

Report check_file(const program::CheckOptions& options) {
    return report_on(diagnosis::read_submission(options.file, program::declaration_of(options)));
}

}  // namespace

void bind_submission_check(py::module_& module) {
    py::register_exception<npz::Error>(module, "UnreadableSubmission", PyExc_ValueError);
    py::class_<program::CheckOptions>(module, "CheckOptions")
        .def(py::init<>())
        .def_readwrite("file", &program::CheckOptions::file)
        .def_readwrite("hidden", &program::CheckOptions::hidden)
        .def_readwrite("output", &program::CheckOptions::output)
        .def_readwrite("loss", &program::CheckOptions::loss)
        .def_readwrite("lambd", &program::CheckOptions::lambda)
        .def_readwrite("convention", &program::CheckOptions::convention)
        .def_readwrite("l2", &program::CheckOptions::l2)
        .def_readwrite("dz", &program::CheckOptions::dz)
        .def_readwrite("rename", &program::CheckOptions::renames)
        .def_readwrite("tie", &program::CheckOptions::ties)
        .def_readwrite("set", &program::CheckOptions::settings)
        .def_readwrite("layers", &program::CheckOptions::layers);
    module.def("check_bytes", &check_bytes, py::arg("npz"), py::arg("name"), py::arg("options"), py::call_guard<>());
    module.def("check_file", &check_file, py::arg("options"));
}

}  // namespace gradproof::python
