// SPDX-License-Identifier: MIT
//
// What the extension module consists of.
#pragma once

#include <pybind11/pybind11.h>

namespace gradproof::python {

/// The check of any callable's Jacobian: judge_jacobian().
void bind_function_check(pybind11::module_& module);

/// The check of arrays that make a submission, as `gradproof check` does it.
void bind_submission_check(pybind11::module_& module);

}  // namespace gradproof::python
