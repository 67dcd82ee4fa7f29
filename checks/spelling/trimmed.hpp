// SPDX-License-Identifier: MIT
//
// Text without the blanks around it.
#pragma once

#include <string_view>

namespace gradproof {

/// Without spaces, tabs and the carriage return of a line that Windows ended.
constexpr std::string_view trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace gradproof
