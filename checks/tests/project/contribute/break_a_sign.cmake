# SPDX-License-Identifier: MIT
#
# Copies NOTE to BROKEN with a sign of its last formula turned round, and expects the program to say in which line.
file(READ "${NOTE}" text)
string(REPLACE "(1 - a)} \\tag" "(1 + a)} \\tag" broken "${text}")
if(broken STREQUAL text)
  message(FATAL_ERROR "${NOTE} no longer holds the formula that is broken here")
endif()
file(WRITE "${BROKEN}" "${broken}")

execute_process(COMMAND "${PROGRAM}" notes "${BROKEN}" RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
message("${output}")
if(NOT status EQUAL 1)
  message(FATAL_ERROR "the exit status is ${status}, expected is 1")
endif()
if(NOT output MATCHES "logit.md:16:65: claim \"slope\" is refuted")
  message(FATAL_ERROR "the claim is not named")
endif()
