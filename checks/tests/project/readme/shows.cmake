# SPDX-License-Identifier: MIT
#
# Fails unless the first fence behind the page's link to FILE holds lines of that file, to the letter.
cmake_minimum_required(VERSION 3.25)

file(READ "${PAGE}" page)
file(READ "${FILE}" text)

cmake_path(GET PAGE PARENT_PATH folder)
cmake_path(RELATIVE_PATH FILE BASE_DIRECTORY "${folder}" OUTPUT_VARIABLE target)
string(FIND "${page}" "](${target})" link)
if(link EQUAL -1)
  message(FATAL_ERROR "${PAGE} has no link to ${target}")
endif()
string(SUBSTRING "${page}" ${link} -1 behind)
string(FIND "${behind}" "\n```" begin)
math(EXPR begin "${begin} + 1")
string(SUBSTRING "${behind}" ${begin} -1 behind)

# A fence is as long as it takes to hold shorter ones.
string(REGEX MATCH "^`+" fence "${behind}")
string(FIND "${behind}" "\n" begin)
string(SUBSTRING "${behind}" ${begin} -1 behind)
string(FIND "${behind}" "\n${fence}\n" length)
math(EXPR length "${length} + 1")
string(SUBSTRING "${behind}" 0 ${length} shown)

string(LENGTH "${shown}" length)
string(FIND "\n${text}" "${shown}" place)
if(length LESS 100 OR place EQUAL -1)
  message(FATAL_ERROR "${PAGE} shows what does not stand in ${FILE}:${shown}")
endif()
