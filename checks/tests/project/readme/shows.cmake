# SPDX-License-Identifier: MIT
#
# Fails unless the first fence behind the README's link to FILE holds lines of that file, to the letter.

set(readme_file "${ROOT}/README.md")
file(READ "${readme_file}" readme)
file(READ "${ROOT}/${FILE}" text)

string(FIND "${readme}" "](${FILE})" link)
if(link EQUAL -1)
  message(FATAL_ERROR "README.md has no link to ${FILE}")
endif()
string(SUBSTRING "${readme}" ${link} -1 behind)
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
  message(FATAL_ERROR "README.md shows what does not stand in ${FILE}:${shown}")
endif()
