# SPDX-License-Identifier: MIT
#
# What `cmake --install` puts where: headers, libraries, what find_package and pkg-config read. Everything is found by a path
# relative to itself, so that an installed tree may be moved.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# gradproof_install_library(<package> <templates> <target>...): the targets, as gradproof::<their EXPORT_NAME>, for
# find_package and as <package> for pkg-config. The folder <templates> holds <package>.pc.in and, if find_package is to
# find it only where it is installed, <package>-part.cmake.
function(gradproof_install_library package templates)
  install(
    TARGETS ${ARGN}
    EXPORT ${package}-targets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT gradproof_development
    INCLUDES
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}")
  install(
    EXPORT ${package}-targets
    NAMESPACE gradproof::
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/gradproof"
    COMPONENT gradproof_development)
  if(EXISTS "${templates}/${package}-part.cmake")
    install(
      FILES "${templates}/${package}-part.cmake"
      DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/gradproof/parts"
      COMPONENT gradproof_development)
  endif()

  file(RELATIVE_PATH prefix "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
  string(REGEX REPLACE "/$" "" GRADPROOF_PREFIX_FROM_PC "${prefix}")
  configure_file("${templates}/${package}.pc.in" "${PROJECT_BINARY_DIR}/${package}.pc" @ONLY)
  install(
    FILES "${PROJECT_BINARY_DIR}/${package}.pc"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig"
    COMPONENT gradproof_development)
endfunction()

# gradproof_install_headers(<folder>): the folder gradproof/ with all headers in it.
function(gradproof_install_headers folder)
  install(
    DIRECTORY "${folder}"
    DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    COMPONENT gradproof_development
    FILES_MATCHING
    PATTERN "*.hpp")
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
