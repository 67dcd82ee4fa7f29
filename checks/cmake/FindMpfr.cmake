# SPDX-License-Identifier: MIT
#
# MPFR 4 on GMP, which ship no CMake files. Defines Mpfr_FOUND and the target Mpfr::Mpfr.

find_path(Mpfr_INCLUDE_DIR mpfr.h)
find_library(Mpfr_LIBRARY mpfr)
find_library(Mpfr_Gmp_LIBRARY gmp)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Mpfr REQUIRED_VARS Mpfr_LIBRARY Mpfr_INCLUDE_DIR Mpfr_Gmp_LIBRARY)
mark_as_advanced(Mpfr_INCLUDE_DIR Mpfr_LIBRARY Mpfr_Gmp_LIBRARY)

if(Mpfr_FOUND AND NOT TARGET Mpfr::Mpfr)
  add_library(Mpfr::Mpfr UNKNOWN IMPORTED)
  set_target_properties(
    Mpfr::Mpfr
    PROPERTIES IMPORTED_LOCATION "${Mpfr_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${Mpfr_INCLUDE_DIR}"
               INTERFACE_LINK_LIBRARIES "${Mpfr_Gmp_LIBRARY}")
endif()
