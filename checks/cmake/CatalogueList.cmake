# SPDX-License-Identifier: MIT
#
# gradproof_catalogue_list(<output> <catalogue> <type> <function> <folder>...)
#
# Writes a header with <function>(), which holds the <type> of every <folder>/diagnosis/<catalogue>/<name>.hpp: what its
# function <name>() returns.

function(gradproof_catalogue_list output catalogue type function)
  set(names "")
  foreach(folder IN LISTS ARGN)
    file(GLOB headers CONFIGURE_DEPENDS RELATIVE "${folder}/diagnosis/${catalogue}" "${folder}/diagnosis/${catalogue}/*.hpp")
    list(TRANSFORM headers REPLACE "\\.hpp$" "")
    list(APPEND names ${headers})
  endforeach()
  list(SORT names)
  list(REMOVE_DUPLICATES names)
  set(includes "")
  set(calls "")
  foreach(name IN LISTS names)
    string(APPEND includes "#include \"diagnosis/${catalogue}/${name}.hpp\"\n")
    string(APPEND calls "        ${name}(),\n")
  endforeach()
  file(
    CONFIGURE
    OUTPUT "${output}"
    CONTENT
      "// SPDX-License-Identifier: MIT
// Made from the files in checks/diagnosis/@catalogue@; add a file there to add a mistake.
#pragma once

#include <vector>

@includes@
namespace gradproof::diagnosis {

inline std::vector<@type@> @function@() {
    return {
@calls@    };
}

}  // namespace gradproof::diagnosis
"
    @ONLY)
endfunction()
