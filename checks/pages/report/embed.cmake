# SPDX-License-Identifier: MIT
#
#   cmake -D output=FILE.cpp -D "assets=name=file|..." -P embed.cmake
#
# Writes the definitions that assets.hpp declares.

string(REPLACE "|" ";" assets "${assets}")
set(code "// SPDX-License-Identifier: MIT\n#include \"pages/report/assets.hpp\"\n\nnamespace gradproof::report::assets {\n\n")
foreach(asset IN LISTS assets)
  string(REGEX MATCH "^([^=]+)=(.*)$" matched "${asset}")
  set(name "${CMAKE_MATCH_1}")
  file(READ "${CMAKE_MATCH_2}" text)
  if(text MATCHES "\\)asset\"")
    message(FATAL_ERROR "${CMAKE_MATCH_2} holds the mark that ends a literal")
  endif()
  string(APPEND code "const std::string_view ${name} = R\"asset(${text})asset\";\n\n")
endforeach()
string(APPEND code "}  // namespace gradproof::report::assets\n")
file(WRITE "${output}" "${code}")
