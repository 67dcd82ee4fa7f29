# SPDX-License-Identifier: MIT
#
# gradproof_discover_tests(<target>)
#
# Hands every Boost.Test case of <target> to ctest under its path in the test tree. CMake 3.25 has no module for
# this, so the test program writes its own ctest file (checks/tests/support/tree.cpp, --write-ctest=<file>). It is asked
# each time ctest starts, because a case may come from a note that was edited since the build. A program that is not
# built yet, or cannot list its cases, shows as one failing test that says so.

function(gradproof_discover_tests target)
  set(ctest_file "${CMAKE_CURRENT_BINARY_DIR}/${target}_tests.cmake")
  set(include_file "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake")
  file(
    CONFIGURE
    OUTPUT "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake.in"
    CONTENT
      "if(NOT EXISTS \"$<TARGET_FILE:@target@>\")
  add_test(@target@_is_not_built_yet cmake -E false)
else()
  execute_process(COMMAND \"$<TARGET_FILE:@target@>\" \"--write-ctest=@ctest_file@\" RESULT_VARIABLE result)
  if(result EQUAL 0)
    include(\"@ctest_file@\")
  else()
    add_test(@target@_cannot_list_its_cases cmake -E false)
  endif()
endif()
"
    @ONLY)
  file(GENERATE OUTPUT "${include_file}" INPUT "${CMAKE_CURRENT_BINARY_DIR}/${target}_include.cmake.in")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${include_file}")
endfunction()
