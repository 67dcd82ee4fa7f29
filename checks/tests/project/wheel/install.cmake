# SPDX-License-Identifier: MIT
#
# Installs the Python package with pip into an environment made for it, and runs the notebook there.
#
#   cmake -D python=PYTHON -D source=PROJECT -D build=BUILD -D work=FOLDER -P install.cmake

cmake_minimum_required(VERSION 3.25)
set(environment "${work}/environment")
file(REMOVE_RECURSE "${environment}")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nleft with ${status}:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

unset(ENV{PYTHONPATH})
run("${python}" -m venv --system-site-packages "${environment}")
run("${environment}/bin/python3" -m pip install --no-index --disable-pip-version-check --config-settings "build-dir=${build}"
    "${source}/checks/python")
run("${environment}/bin/python3" -c "print(__import__('gradproof').__file__)")
if(NOT output MATCHES "environment")
  message(FATAL_ERROR "gradproof was imported from ${output}, not from the environment")
endif()
run("${environment}/bin/python3" "${source}/checks/examples/check_in_a_notebook.py")
if(NOT output MATCHES "confirmed: 21 entries" OR NOT output MATCHES "missing-mean")
  message(FATAL_ERROR "the notebook printed\n${output}")
endif()
