// SPDX-License-Identifier: MIT
#include "notes/second_reader/reading.hpp"

namespace gradproof::notes::second {
namespace {

void append(const Reading& reading, std::string& text) {
    if (!reading.parts.empty()) text += '(';
    text += reading.head;
    for (const auto& part : reading.parts) {
        text += ' ';
        append(part, text);
    }
    if (!reading.parts.empty()) text += ')';
}

}  // namespace

std::string spelled(const Reading& reading) {
    std::string text;
    append(reading, text);
    return text;
}

}  // namespace gradproof::notes::second
