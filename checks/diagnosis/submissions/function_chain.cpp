// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/function_chain.hpp"

#include <algorithm>
#include <string>

namespace gradproof::diagnosis {
namespace {

bool is_activation(std::string_view text) {
    const std::string word = plain_word(text.substr(0, text.find('(')));
    return std::ranges::any_of(activation_names(), [&](const std::string& name) { return plain_word(name) == word; });
}

}  // namespace

std::vector<AnyActivation> functions_in(std::string_view text, const CaseReader& read) {
    const auto open = text.find('(');
    if (open != std::string_view::npos && text.ends_with(')') && is_activation(text)) {
        const std::string_view inner = text.substr(open + 1, text.size() - open - 2);
        if (is_activation(inner)) {
            std::vector<AnyActivation> functions = functions_in(inner, read);
            functions.push_back(read.activation(text.substr(0, open)));
            return functions;
        }
    }
    return {read.activation(text)};
}

}  // namespace gradproof::diagnosis
