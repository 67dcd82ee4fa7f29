# SPDX-License-Identifier: MIT
#
# What `cmake --install` puts where: the headers, the checkers if they are built, what find_package and pkg-config read.
# Everything found by a path relative to itself, so that an installed tree may be moved.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# gradproof_install_library(<target> <headers folder> <package>): the headers keep their path, and the target is
# gradproof::<its EXPORT_NAME> for find_package and <package> for pkg-config.
function(gradproof_install_library target headers package)
  cmake_path(GET headers PARENT_PATH above)
  install(
    TARGETS ${target}
    EXPORT ${package}-targets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT gradproof_development
    INCLUDES
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(
    EXPORT ${package}-targets
    NAMESPACE gradproof::
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/gradproof"
    COMPONENT gradproof_development)
  install(
    DIRECTORY "${headers}"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/${above}"
    COMPONENT gradproof_development
    FILES_MATCHING
    PATTERN "*.hpp")

  file(RELATIVE_PATH prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" GRADPROOF_PREFIX_FROM_PC "${prefix}")
  configure_file("${PROJECT_SOURCE_DIR}/lib/cmake/${package}.pc.in" "${PROJECT_BINARY_DIR}/${package}.pc" @ONLY)
  install(
    FILES "${PROJECT_BINARY_DIR}/${package}.pc"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
    COMPONENT gradproof_development)
endfunction()

# The version says what fits: before 1.0 a new minor version may change interfaces.
function(gradproof_install_config)
  configure_package_config_file("${PROJECT_SOURCE_DIR}/lib/cmake/gradproof-config.cmake.in"
                                "${PROJECT_BINARY_DIR}/gradproof-config.cmake" INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/gradproof")
  write_basic_package_version_file("${PROJECT_BINARY_DIR}/gradproof-config-version.cmake" COMPATIBILITY SameMinorVersion)
  install(
    FILES "${PROJECT_BINARY_DIR}/gradproof-config.cmake" "${PROJECT_BINARY_DIR}/gradproof-config-version.cmake"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/gradproof"
    COMPONENT gradproof_development)
endfunction()
