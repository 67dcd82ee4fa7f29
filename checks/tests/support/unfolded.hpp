// SPDX-License-Identifier: MIT
//
// Text as if it had not been folded to a screen: every run of blanks and line breaks is one blank.
#pragma once

#include <cctype>
#include <string>
#include <string_view>

namespace gradproof::checks {

inline std::string unfolded(std::string_view text) {
    std::string line;
    for (const char c : text) {
        const bool is_blank = std::isspace(static_cast<unsigned char>(c)) != 0;
        if (!is_blank)
            line += c;
        else if (!line.empty() && line.back() != ' ')
            line += ' ';
    }
    return line;
}

}  // namespace gradproof::checks
