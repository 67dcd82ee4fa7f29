// SPDX-License-Identifier: MIT
//
// What the extension module consists of.
#pragma once

#include <pybind11/pybind11.h>

#include <string>
#include <tuple>

namespace gradproof::python {

/// The outcome, the report as text, in short and in full, and as JSON.
using Report = std::tuple<std::string, std::string, std::string, std::string>;

/// The check of any callable's Jacobian: judge_jacobian().
void bind_function_check(pybind11::module_& module);

/// The check of arrays that make a submission, as `gradproof check` does it.
void bind_submission_check(pybind11::module_& module);

/// The same of one layer's backward function, as with --layer.
void bind_layer_check(pybind11::module_& module);

}  // namespace gradproof::python
