# SPDX-License-Identifier: MIT
#
# Copies the tree to COPY, drops the header and the note of one more activation into it, builds the suite and expects its
# cases there, confirmed; and, with the note taken away again, its case red.

function(run_suite filter expected)
  execute_process(
    COMMAND "${COPY}/build/checks/cases/dossier_cases" "--run_test=${filter}" --report_level=short --color_output=no
    WORKING_DIRECTORY "${COPY}"
    RESULT_VARIABLE result
    OUTPUT_VARIABLE output
    ERROR_VARIABLE output)
  if(expected STREQUAL "pass" AND NOT result EQUAL 0)
    message(FATAL_ERROR "${filter} should pass:\n${output}")
  elseif(expected STREQUAL "fail" AND NOT result EQUAL 201)
    message(FATAL_ERROR "${filter} should fail:\n${output}")
  endif()
  set(output "${output}" PARENT_SCOPE)
endfunction()

file(MAKE_DIRECTORY "${COPY}")
foreach(part CMakeLists.txt lib checks derivations)
  file(COPY "${SOURCE}/${part}" DESTINATION "${COPY}")
endforeach()
file(COPY "${SOURCE}/checks/folder_is_the_list/swish.hpp" DESTINATION "${COPY}/lib/gradproof/activations")
file(COPY "${SOURCE}/checks/folder_is_the_list/swish.md" DESTINATION "${COPY}/derivations/activations")

execute_process(
  COMMAND "${CMAKE_COMMAND}" -S "${COPY}" -B "${COPY}/build" -G "${GENERATOR}" "-DCMAKE_CXX_COMPILER=${COMPILER}"
          "-DCMAKE_CXX_COMPILER_LAUNCHER=${LAUNCHER}" -DCMAKE_BUILD_TYPE=Debug "-DCMAKE_CXX_FLAGS_DEBUG=-O0"
  OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${CMAKE_COMMAND}" --build "${COPY}/build" --target dossier_cases
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)

execute_process(COMMAND "${COPY}/build/checks/cases/dossier_cases" "--write-ctest=${COPY}/cases.cmake"
                WORKING_DIRECTORY "${COPY}" COMMAND_ERROR_IS_FATAL ANY)
file(READ "${COPY}/cases.cmake" cases)
foreach(
  case
  activations/swish/derivative_by_differences
  activations/swish/derivative_by_dual_numbers
  activations/swish/derivative_by_complex_step
  activations/swish/reference_values
  pairings/swish/squared_error/dZ_through_dA
  pairings/swish/squared_error/a_minus_y_is_refuted
  question/swish/squared_error/dZ_over_slope_is_dA
  networks/swish/sigmoid/binary_cross_entropy/dW
  networks/tanh/swish/squared_error/dA)
  if(NOT cases MATCHES "=${case}]")
    message(FATAL_ERROR "the new activation has no case ${case}")
  endif()
endforeach()

run_suite(activations/swish pass)
run_suite(pairings/swish pass)
run_suite(networks/swish pass)

file(REMOVE "${COPY}/derivations/activations/swish.md")
run_suite(activations/swish/reference_values fail)
if(NOT output MATCHES "swish.md")
  message(FATAL_ERROR "a missing note should be named:\n${output}")
endif()
