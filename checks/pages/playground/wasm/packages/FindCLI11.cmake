# SPDX-License-Identifier: MIT
#
# The headers of CLI11, which the machine that builds has.
include("${CMAKE_CURRENT_LIST_DIR}/header_package.cmake")
header_package(CLI11 CLI CLI11::CLI11 "${GRADPROOF_CLI11_INCLUDE}")
