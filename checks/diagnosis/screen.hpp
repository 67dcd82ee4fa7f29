// SPDX-License-Identifier: MIT
//
// Where a report is printed, and how its sentences are folded to fit there.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gradproof::diagnosis {

struct Screen {
    std::size_t width = 80;
    bool colour = false;
    bool verbose = false;  ///< all there is to say, in lines as long as it takes
};

/// `text` in lines of at most `width` columns, broken at spaces; all but the first begin with `indent` spaces. A word
/// that is longer keeps a line of its own. Ends with a line break.
std::string folded(std::string_view text, std::size_t width, std::size_t indent);

}  // namespace gradproof::diagnosis
