# SPDX-License-Identifier: MIT
#
# For libzip: the zlib that is compiled beside it.
add_library(ZLIB::ZLIB INTERFACE IMPORTED)
target_link_libraries(ZLIB::ZLIB INTERFACE zlib)
set(ZLIB_FOUND TRUE)
