# SPDX-License-Identifier: MIT
#
# The suite of all cases with a new activation and a new loss among them: expects the new cases, confirmed. Then, with a note
# taken away again, its case red.
#
#   cmake -D suites=PROGRAM -D notes=FOLDER -D new_notes=FOLDER -D work=FOLDER -P drop_in.cmake

file(REMOVE_RECURSE "${work}")
file(COPY "${notes}/" DESTINATION "${work}/derivations")
file(COPY "${new_notes}/" DESTINATION "${work}/derivations")

function(run_suite filter expected)
  execute_process(
    COMMAND "${suites}" "--run_test=${filter}" --report_level=short --color_output=no
    WORKING_DIRECTORY "${work}"
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

execute_process(COMMAND "${suites}" "--write-ctest=${work}/cases.cmake" WORKING_DIRECTORY "${work}" COMMAND_ERROR_IS_FATAL ANY)
file(READ "${work}/cases.cmake" cases)
foreach(
  case
  activations/swish/derivative_by_differences
  activations/swish/derivative_by_dual_numbers
  activations/swish/derivative_by_complex_step
  activations/swish/reference_values
  losses/exponential_negative_log_likelihood/derivative_by_differences
  losses/exponential_negative_log_likelihood/derivative_by_dual_numbers
  losses/exponential_negative_log_likelihood/derivative_by_complex_step
  losses/exponential_negative_log_likelihood/reference_values
  losses/exponential_negative_log_likelihood/formula_is_the_cost
  pairings/swish/[a-z0-9_]+/dZ_through_dA
  pairings/swish/[a-z0-9_]+/a_minus_y_is_refuted
  pairings/[a-z0-9_]+/exponential_negative_log_likelihood/dZ_through_dA
  pairings/[a-z0-9_]+/exponential_negative_log_likelihood/a_minus_y_is_refuted
  question/swish/[a-z0-9_]+/dZ_over_slope_is_dA
  networks/swish/sigmoid/binary_cross_entropy/dW
  networks/[a-z0-9_]+/[a-z0-9_]+/exponential_negative_log_likelihood/dA)
  # Which other half a pairing is swept with is for the sweep to choose.
  if(NOT cases MATCHES "=${case}]")
    message(FATAL_ERROR "there is no case ${case}")
  endif()
endforeach()

run_suite(*/swish pass)
run_suite(pairings/*/exponential_negative_log_likelihood pass)
run_suite(networks/*/*/exponential_negative_log_likelihood pass)
run_suite(losses/exponential_negative_log_likelihood pass)

file(REMOVE "${work}/derivations/losses/exponential_negative_log_likelihood.md")
run_suite(losses/exponential_negative_log_likelihood/reference_values fail)
if(NOT output MATCHES "exponential_negative_log_likelihood.md")
  message(FATAL_ERROR "a missing note should be named:\n${output}")
endif()
