# SPDX-License-Identifier: MIT
#
# gradproof::diagnosis, which names mistakes: the component `diagnosis` of find_package(gradproof).

include("${CMAKE_CURRENT_LIST_DIR}/gradproof-checks-part.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/../gradproof-diagnosis-targets.cmake")
set(gradproof_diagnosis_FOUND TRUE)
