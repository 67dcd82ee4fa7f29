# SPDX-License-Identifier: MIT
#
# A project of someone else's, built on gradproof: its right gradient is confirmed, and with one sign broken refuted.
#
#   cmake -D how=installed|subdirectory|pkg_config -D settings=FILE -P consume.cmake
#
# The settings (compiler, flags, folders) are written by CMakeLists.txt beside this file.

cmake_minimum_required(VERSION 3.25)
include("${settings}")
set(copy "${work}/${how}")
set(project "${copy}/project")
file(REMOVE_RECURSE "${project}")
file(COPY "${source}/checks/examples/consumer/" DESTINATION "${project}")
file(COPY "${source}/checks/examples/own_backward.cpp" DESTINATION "${project}")
# Older than what was built from its broken form the last time.
file(TOUCH "${project}/my_gradient.cpp")

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nleft with ${status}:\n${output}")
  endif()
endfunction()

function(change file from to)
  file(READ "${file}" before)
  string(REPLACE "${from}" "${to}" after "${before}")
  if(after STREQUAL before)
    message(FATAL_ERROR "${file} does not hold \"${from}\"")
  endif()
  file(WRITE "${file}" "${after}")
endfunction()

function(expect program status_expected text)
  execute_process(COMMAND "${copy}/build/${program}" RESULT_VARIABLE status OUTPUT_VARIABLE output ERROR_VARIABLE output)
  message("${output}")
  if(NOT status EQUAL status_expected)
    message(FATAL_ERROR "the exit status is ${status}, expected is ${status_expected}")
  endif()
  if(NOT output MATCHES "${text}")
    message(FATAL_ERROR "the output does not say \"${text}\"")
  endif()
endfunction()

if(how STREQUAL "pkg_config")
  set(ENV{PKG_CONFIG_PATH} "${prefix}/${library_folder}/pkgconfig:$ENV{PKG_CONFIG_PATH}")
  execute_process(
    COMMAND "${pkg_config}" --cflags --libs gradproof-functions
    OUTPUT_VARIABLE package_flags
    OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(package_flags UNIX_COMMAND "${package_flags}")
  separate_arguments(flags UNIX_COMMAND "${flags}")
  file(MAKE_DIRECTORY "${copy}/build")
  # Eigen's own warnings are not ours, and pkg-config cannot say that its folder is the system's: hence -w.
  set(build "${compiler}" -std=c++20 ${flags} -w "${project}/my_gradient.cpp" ${package_flags} -o "${copy}/build/my_gradient")
else()
  set(options "")
  if(how STREQUAL "subdirectory")
    change("${project}/CMakeLists.txt" "find_package(gradproof REQUIRED)" "add_subdirectory(\"${source}\" gradproof)")
    set(options -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=16)
  endif()
  run("${CMAKE_COMMAND}" -S "${project}" -B "${copy}/build" -G "${generator}" "-DCMAKE_PREFIX_PATH=${prefix}"
      "-DCMAKE_CXX_COMPILER=${compiler}" "-DCMAKE_CXX_FLAGS=${flags}" "-DCMAKE_CXX_COMPILER_LAUNCHER=${launcher}"
      -DCMAKE_BUILD_TYPE=None ${options})
  set(build "${CMAKE_COMMAND}" --build "${copy}/build" --target my_gradient)
endif()

run(${build})
expect(my_gradient 0 "confirmed")
change("${project}/my_gradient.cpp" "= -2 * x" "= 2 * x")
run(${build})
expect(my_gradient 1 "refuted")

# The files of the cases are made where the consumer builds.
if(how STREQUAL "subdirectory")
  run("${CMAKE_COMMAND}" --build "${copy}/build" --target gradproof)
endif()

# The diagnosis is a large library: where it is installed it is built already.
if(how STREQUAL "installed")
  run("${CMAKE_COMMAND}" --build "${copy}/build" --target my_backward)
  expect(my_backward 1 "missing-activation-derivative at dZ1")
endif()
