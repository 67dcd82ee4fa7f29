# SPDX-License-Identifier: MIT
#
# zlib and libzip from their sources in GRADPROOF_ZLIB_SOURCE and GRADPROOF_LIBZIP_SOURCE.
enable_language(C)

# Of zlib what unpacks, and what libzip's writing calls.
add_library(zlib STATIC)
foreach(name IN ITEMS adler32 crc32 deflate inffast inflate inftrees trees zutil)
  target_sources(zlib PRIVATE "${GRADPROOF_ZLIB_SOURCE}/${name}.c")
endforeach()
target_include_directories(zlib SYSTEM PUBLIC "${GRADPROOF_ZLIB_SOURCE}")
target_compile_options(zlib PRIVATE -w)

# What libzip would ask of the compiler, sixty times and, of sizes, with a wrong answer.
foreach(there IN ITEMS FILENO FSEEKO FTELLO LOCALTIME_R SNPRINTF STRCASECMP STRDUP STRTOLL STRTOULL STDBOOL_H STRINGS_H UNISTD_H
                       INTTYPES_H_LIBZIP STDINT_H_LIBZIP SYS_TYPES_H_LIBZIP)
  set(HAVE_${there} 1 CACHE INTERNAL "")
endforeach()
foreach(missing IN ITEMS _CLOSE _DUP _FDOPEN _FILENO _SETMODE _SNPRINTF _STRDUP _STRICMP _STRTOI64 _STRTOUI64 _UNLINK ARC4RANDOM
                         CLONEFILE EXPLICIT_BZERO EXPLICIT_MEMSET FICLONERANGE FTS_H GETPROGNAME NULLABLE SETMODE STRICMP)
  set(HAVE_${missing} "" CACHE INTERNAL "")
endforeach()
foreach(size IN ITEMS __INT8_LIBZIP= __INT16_LIBZIP= __INT32_LIBZIP= __INT64_LIBZIP= INT8_T_LIBZIP=1 UINT8_T_LIBZIP=1
                      INT16_T_LIBZIP=2 UINT16_T_LIBZIP=2 INT32_T_LIBZIP=4 UINT32_T_LIBZIP=4 INT64_T_LIBZIP=8 UINT64_T_LIBZIP=8
                      SHORT_LIBZIP=2 INT_LIBZIP=4 LONG_LIBZIP=4 LONG_LONG_LIBZIP=8 SIZEOF_OFF_T=8 SIZEOF_SIZE_T=4)
  string(REGEX MATCH "^(.*)=(.*)$" matched "${size}")
  set(${CMAKE_MATCH_1} "${CMAKE_MATCH_2}" CACHE INTERNAL "")
  if(CMAKE_MATCH_2)
    set(HAVE_${CMAKE_MATCH_1} TRUE CACHE INTERNAL "")
  else()
    set(HAVE_${CMAKE_MATCH_1} FALSE CACHE INTERNAL "")
  endif()
endforeach()

set(CMAKE_POLICY_DEFAULT_CMP0063 NEW)
set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
foreach(part IN ITEMS COMMONCRYPTO GNUTLS MBEDTLS OPENSSL WINDOWS_CRYPTO BZIP2 LZMA ZSTD)
  set(ENABLE_${part} OFF)
endforeach()
foreach(part IN ITEMS TOOLS REGRESS EXAMPLES DOC OSSFUZZ SHARED_LIBS)
  set(BUILD_${part} OFF)
endforeach()
set(LIBZIP_DO_INSTALL OFF)
add_subdirectory("${GRADPROOF_LIBZIP_SOURCE}" libzip EXCLUDE_FROM_ALL)
# C, in which every file has its own names.
set_target_properties(zlib zip PROPERTIES UNITY_BUILD OFF)
