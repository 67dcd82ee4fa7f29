// SPDX-License-Identifier: MIT
#include "diagnosis/npz/array.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace gradproof::npz {

std::string shape_text(const std::vector<std::size_t>& shape) {
    if (shape.size() == 1) return fmt::format("({},)", shape[0]);
    return fmt::format("({})", fmt::join(shape, ", "));
}

std::string printable(std::string_view text) {
    constexpr std::size_t longest = 60;
    std::string out;
    for (const char c : text.substr(0, longest)) {
        if (c >= ' ' && c <= '~') {
            out += c;
        } else {
            out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
        }
    }
    if (text.size() > longest) out += "...";
    return out;
}

}  // namespace gradproof::npz
