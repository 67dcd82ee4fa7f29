# SPDX-License-Identifier: MIT
#
# In a copy of the tree with the worked examples in it, which stands in SOURCE and is half built in BUILD: builds the cases
# that follow from the folders, and expects the new ones among them, confirmed. Then, with a note taken away again, its
# case red.

function(run_suite filter expected)
  execute_process(
    COMMAND "${suites}" "--run_test=${filter}" --report_level=short --color_output=no
    WORKING_DIRECTORY "${SOURCE}"
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

execute_process(COMMAND "${CMAKE_COMMAND}" -DGRADPROOF_BUILD_PROGRAM=ON -DGRADPROOF_BUILD_TESTS=ON "${BUILD}"
                OUTPUT_QUIET COMMAND_ERROR_IS_FATAL ANY)
file(READ "${BUILD}/gradproof/checks/diagnosis/catalogue_list.hpp" mistakes)
if(NOT mistakes MATCHES "error_without_sign\\(\\)")
  message(FATAL_ERROR "the new mistake is not in the catalogue:\n${mistakes}")
endif()

execute_process(COMMAND "${CMAKE_COMMAND}" --build "${BUILD}" --target claims_cases COMMAND_ERROR_IS_FATAL ANY)

set(suites "${BUILD}/gradproof/checks/tests/claims_cases")
execute_process(COMMAND "${suites}" "--write-ctest=${BUILD}/cases.cmake" WORKING_DIRECTORY "${SOURCE}" COMMAND_ERROR_IS_FATAL ANY)
file(READ "${BUILD}/cases.cmake" cases)
foreach(
  case
  activations/swish/derivative_by_differences
  activations/swish/derivative_by_dual_numbers
  activations/swish/derivative_by_complex_step
  activations/swish/reference_values
  losses/gamma_negative_log_likelihood/derivative_by_differences
  losses/gamma_negative_log_likelihood/derivative_by_dual_numbers
  losses/gamma_negative_log_likelihood/derivative_by_complex_step
  losses/gamma_negative_log_likelihood/reference_values
  losses/gamma_negative_log_likelihood/formula_is_the_cost
  pairings/swish/squared_error/dZ_through_dA
  pairings/swish/squared_error/a_minus_y_is_refuted
  pairings/exponential/gamma_negative_log_likelihood/dZ_through_dA
  pairings/softplus/gamma_negative_log_likelihood/a_minus_y_is_refuted
  question/swish/squared_error/dZ_over_slope_is_dA
  networks/swish/sigmoid/binary_cross_entropy/dW
  networks/swish/softplus/gamma_negative_log_likelihood/dA)
  if(NOT cases MATCHES "=${case}]")
    message(FATAL_ERROR "there is no case ${case}")
  endif()
endforeach()

run_suite(*/swish pass)
run_suite(pairings/*/gamma_negative_log_likelihood pass)
run_suite(networks/*/*/gamma_negative_log_likelihood pass)
run_suite(losses/gamma_negative_log_likelihood pass)

file(REMOVE "${SOURCE}/derivations/losses/gamma_negative_log_likelihood.md")
run_suite(losses/gamma_negative_log_likelihood/reference_values fail)
if(NOT output MATCHES "gamma_negative_log_likelihood.md")
  message(FATAL_ERROR "a missing note should be named:\n${output}")
endif()
