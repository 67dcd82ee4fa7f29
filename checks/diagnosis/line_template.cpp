// SPDX-License-Identifier: MIT
#include "diagnosis/line_template.hpp"

namespace gradproof::diagnosis {

std::string tensor_template(Step step) {
    std::string name = tensor_name(step, 1);
    name.replace(name.size() - 1, 1, "{l}");
    return name;
}

void replace_word(std::string& text, std::string_view word, std::string_view meaning) {
    for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + meaning.size()))
        text.replace(at, word.size(), meaning);
}

}  // namespace gradproof::diagnosis
