# SPDX-License-Identifier: MIT
#
# The headers of nlohmann_json, which the machine that builds has.
include("${CMAKE_CURRENT_LIST_DIR}/header_package.cmake")
header_package(nlohmann_json nlohmann nlohmann_json::nlohmann_json "${GRADPROOF_JSON_INCLUDE}")
