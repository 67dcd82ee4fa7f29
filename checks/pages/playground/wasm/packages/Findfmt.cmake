# SPDX-License-Identifier: MIT
#
# The headers of fmt, which the machine that builds has.
include("${CMAKE_CURRENT_LIST_DIR}/header_package.cmake")
header_package(fmt fmt fmt::fmt "${GRADPROOF_FMT_INCLUDE}")
target_compile_definitions(fmt_headers INTERFACE FMT_HEADER_ONLY=1)
