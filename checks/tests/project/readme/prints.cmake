# SPDX-License-Identifier: MIT
#
# Runs every `$ build/gradproof COMMAND ...` of the README's console blocks and fails unless it prints what stands below it.
# The last digits depend on the compiler's options: of the lines from the third on, numbers and spaces are not compared.
cmake_minimum_required(VERSION 3.25)

file(READ "${ROOT}/README.md" readme)

function(without_numbers text result)
  string(REGEX MATCH "^[^\n]*\n[^\n]*\n" head "${text}")
  string(LENGTH "${head}" length)
  string(SUBSTRING "${text}" ${length} -1 tail)
  string(REGEX REPLACE "-?[0-9]+(\\.[0-9]+)?(e[-+]?[0-9]+)?" "#" tail "${tail}")
  string(REGEX REPLACE " +" " " tail "${tail}")
  set(${result} "${head}${tail}" PARENT_SCOPE)
endfunction()

set(runs 0)
set(rest "${readme}")
while(TRUE)
  string(FIND "${rest}" "\n$ build/gradproof ${COMMAND} " at)
  if(at EQUAL -1)
    break()
  endif()
  math(EXPR at "${at} + 1")
  string(SUBSTRING "${rest}" ${at} -1 rest)
  string(REGEX MATCH "^[^\n]*" line "${rest}")
  string(LENGTH "${line}" length)
  math(EXPR length "${length} + 1")
  string(SUBSTRING "${rest}" ${length} -1 rest)

  # Up to the next command, with the empty line before it, or to the end of the block.
  string(FIND "${rest}" "\n\n$ " next)
  string(FIND "${rest}" "\n```" end)
  if(next EQUAL -1 OR next GREATER end)
    set(next ${end})
  endif()
  string(SUBSTRING "${rest}" 0 ${next} shown)

  string(REGEX REPLACE "^\\$ build/gradproof " "" arguments "${line}")
  separate_arguments(arguments UNIX_COMMAND "${arguments}")
  execute_process(COMMAND "${PROGRAM}" ${arguments} WORKING_DIRECTORY "${ROOT}" OUTPUT_VARIABLE printed ERROR_VARIABLE printed)
  without_numbers("${shown}\n" shown)
  without_numbers("${printed}" printed)
  if(NOT shown STREQUAL printed)
    message(FATAL_ERROR "README.md shows for ${line}\n${shown}\nbut it prints\n${printed}")
  endif()
  math(EXPR runs "${runs} + 1")
endwhile()
if(runs EQUAL 0)
  message(FATAL_ERROR "README.md shows nothing that gradproof ${COMMAND} prints")
endif()
