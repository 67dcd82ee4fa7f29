# SPDX-License-Identifier: MIT
#
# gradproof::checks, the checkers of networks and layers: the component `checks` of find_package(gradproof).

include("${CMAKE_CURRENT_LIST_DIR}/gradproof-functions-part.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/../gradproof-checks-targets.cmake")
set(gradproof_checks_FOUND TRUE)
