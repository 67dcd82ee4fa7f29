// SPDX-License-Identifier: MIT
#include "diagnosis/screen.hpp"

namespace gradproof::diagnosis {

std::string folded(std::string_view text, std::size_t width, std::size_t indent) {
    std::string lines;
    std::size_t first = 0;  // where a break may stand in this line: not in what it is indented by
    while (first < text.size() && text[first] == ' ') ++first;
    while (text.size() > width) {
        std::size_t at = text.rfind(' ', width);
        if (at == std::string_view::npos || at < first) at = text.find(' ', first);
        if (at == std::string_view::npos) break;
        lines += std::string(text.substr(0, at)) + '\n' + std::string(indent, ' ');
        text.remove_prefix(at + 1);
        width = lines.find('\n') == lines.rfind('\n') ? width - indent : width;
        first = 0;
    }
    return lines + std::string(text) + '\n';
}

}  // namespace gradproof::diagnosis
