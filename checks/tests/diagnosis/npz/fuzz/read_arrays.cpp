// SPDX-License-Identifier: MIT
//
// Any bytes either give arrays or one Error of one line; nothing else, in bounded memory.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "diagnosis/npz/archive.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace gradproof::npz;
    try {
        const std::string_view bytes(reinterpret_cast<const char*>(data), size);
        const auto arrays = read_arrays(bytes, "input", Limits{.entries = 16, .bytes = 1 << 22});
        if (arrays.empty()) std::abort();
    } catch (const Error& error) {
        if (std::string_view(error.what()).find('\n') != std::string_view::npos) std::abort();
    }
    return 0;
}
