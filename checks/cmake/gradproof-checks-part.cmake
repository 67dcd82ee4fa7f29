# SPDX-License-Identifier: MIT
#
# gradproof::checks, the checkers: the component `checks` of find_package(gradproof).

# A static library brings what it is linked to.
find_dependency(fmt 9)
find_dependency(Threads)
include("${CMAKE_CURRENT_LIST_DIR}/../gradproof-checks-targets.cmake")
set(gradproof_checks_FOUND TRUE)
