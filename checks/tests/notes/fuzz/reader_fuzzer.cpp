// SPDX-License-Identifier: MIT
//
// libFuzzer target for the reader of the notes: clang only, -DGRADPROOF_FUZZ=ON.
//     build/checks/tests/notes/fuzz/reader_fuzzer -max_len=2000 -max_total_time=60 checks/tests/notes/fuzz/corpus
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "notes/try_note.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 20000) return 0;
    gradproof::notes::try_note({reinterpret_cast<const char*>(data), size});
    return 0;
}
