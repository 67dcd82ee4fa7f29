# SPDX-License-Identifier: MIT
#
# header_package(<name> <folder> <target> <include>)
#
# A package of headers that are the same for every machine: <target> finds <include>/<folder>. The rest of <include>, where
# this machine's own headers may lie too, is not seen.
function(header_package name folder target include)
  set(seen "${CMAKE_BINARY_DIR}/headers/${name}")
  file(MAKE_DIRECTORY "${seen}")
  file(CREATE_LINK "${include}/${folder}" "${seen}/${folder}" SYMBOLIC)
  add_library(${name}_headers INTERFACE)
  add_library(${target} ALIAS ${name}_headers)
  target_include_directories(${name}_headers SYSTEM INTERFACE "${seen}")
  set(${name}_FOUND TRUE PARENT_SCOPE)
endfunction()
