// SPDX-License-Identifier: MIT
//
// The extension module behind the Python package: C++ functions handed on, nothing of its own.
#include <pybind11/pybind11.h>

#include "python/bindings.hpp"

PYBIND11_MODULE(_core, module) {
    module.doc() = "What the package gradproof calls in C++.";
    gradproof::python::bind_function_check(module);
    gradproof::python::bind_submission_check(module);
    gradproof::python::bind_layer_check(module);
}
