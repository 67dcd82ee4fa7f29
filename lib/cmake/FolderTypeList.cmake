# SPDX-License-Identifier: MIT
#
# gradproof_folder_type_list(<folder> <ACTIVATION|LOSS> <output>)
#
# Writes a header that includes every <folder>/<slug>.hpp and lists its type, the PascalCase of the slug
# (leaky_relu -> LeakyRelu), as std::tuple (for compile-time loops) and std::variant (for a choice at run time).

function(gradproof_slug_to_type slug output)
  string(REPLACE "_" ";" words "${slug}")
  set(type "")
  foreach(word IN LISTS words)
    string(SUBSTRING "${word}" 0 1 head)
    string(SUBSTRING "${word}" 1 -1 tail)
    string(TOUPPER "${head}" head)
    string(APPEND type "${head}${tail}")
  endforeach()
  set(${output} "${type}" PARENT_SCOPE)
endfunction()

function(gradproof_folder_type_list folder kind output)
  file(GLOB headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" "${folder}/*.hpp")
  if(NOT headers)
    message(FATAL_ERROR "${CMAKE_CURRENT_SOURCE_DIR}/${folder} holds no header")
  endif()
  list(SORT headers)
  set(includes "")
  set(types "")
  foreach(header IN LISTS headers)
    cmake_path(GET header STEM slug)
    gradproof_slug_to_type("${slug}" type)
    string(APPEND includes "#include \"${header}\"\n")
    list(APPEND types "${type}")
  endforeach()
  list(JOIN types ", " types)
  if(kind STREQUAL "ACTIVATION")
    set(plural "Activations")
    set(single "Activation")
  else()
    set(plural "Losses")
    set(single "Loss")
  endif()
  file(
    CONFIGURE
    OUTPUT "${output}"
    CONTENT
      "// SPDX-License-Identifier: MIT
// Made from the files in lib/@folder@; add a file there to add a case.
#pragma once

#include <tuple>
#include <variant>

@includes@
namespace gradproof {

using @plural@ = std::tuple<@types@>;
using Any@single@ = std::variant<@types@>;

}  // namespace gradproof
"
    @ONLY)
endfunction()
