// SPDX-License-Identifier: MIT
//
// A formula as the second reader understands it: an operation and its parts. Compared with the typed tree of the first.
#pragma once

#include <string>
#include <vector>

namespace gradproof::notes::second {

/// `head` is the whole meaning of the node besides its parts: "+", "2", "W_{1}", "call g'", "interval [)".
struct Reading {
    std::string head;
    std::vector<Reading> parts;
    friend bool operator==(const Reading&, const Reading&) = default;
};

/// In one line, every operation in parentheses: (+ a (* b c)). Heads are words without blanks but for their first one,
/// so different readings are spelled differently.
std::string spelled(const Reading& reading);

}  // namespace gradproof::notes::second
