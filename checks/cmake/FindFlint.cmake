# SPDX-License-Identifier: MIT
#
# FLINT 2.9 with Arb 2.23, or FLINT 3, which holds Arb itself; neither ships CMake files. Defines Flint_FOUND and the
# targets Flint::Flint and Flint::Arb. Debian 12 calls Arb's library flint-arb, others arb.

find_path(Flint_INCLUDE_DIR flint/fmpz_mpoly.h)
find_library(Flint_LIBRARY flint)
find_path(Flint_Arb_INCLUDE_DIR NAMES acb_poly.h PATH_SUFFIXES arb flint)
find_library(Flint_Arb_LIBRARY NAMES flint-arb arb flint)
# FLINT's inline functions call GMP.
find_path(Flint_Gmp_INCLUDE_DIR gmp.h)
find_library(Flint_Gmp_LIBRARY gmp)

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(
  Flint REQUIRED_VARS Flint_LIBRARY Flint_INCLUDE_DIR Flint_Arb_LIBRARY Flint_Arb_INCLUDE_DIR Flint_Gmp_INCLUDE_DIR Flint_Gmp_LIBRARY)
mark_as_advanced(Flint_INCLUDE_DIR Flint_LIBRARY Flint_Arb_INCLUDE_DIR Flint_Arb_LIBRARY Flint_Gmp_INCLUDE_DIR Flint_Gmp_LIBRARY)

if(Flint_FOUND AND NOT TARGET Flint::Flint)
  add_library(Flint::Flint UNKNOWN IMPORTED)
  set_target_properties(
    Flint::Flint
    PROPERTIES IMPORTED_LOCATION "${Flint_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${Flint_INCLUDE_DIR};${Flint_Gmp_INCLUDE_DIR}"
               INTERFACE_LINK_LIBRARIES "${Flint_Gmp_LIBRARY}")
  add_library(Flint::Arb UNKNOWN IMPORTED)
  set_target_properties(
    Flint::Arb
    PROPERTIES IMPORTED_LOCATION "${Flint_Arb_LIBRARY}"
               INTERFACE_INCLUDE_DIRECTORIES "${Flint_Arb_INCLUDE_DIR}"
               INTERFACE_LINK_LIBRARIES Flint::Flint)
endif()
