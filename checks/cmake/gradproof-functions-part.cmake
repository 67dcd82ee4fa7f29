# SPDX-License-Identifier: MIT
#
# gradproof::functions, which checks the derivatives of any function: the component `functions` of find_package(gradproof).

# A static library brings what it is linked to.
find_dependency(fmt 9)
find_dependency(Threads)
include("${CMAKE_CURRENT_LIST_DIR}/../gradproof-functions-targets.cmake")
set(gradproof_functions_FOUND TRUE)
