// SPDX-License-Identifier: MIT
#include "spelling/network_steps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string>

#include "spelling/framework_names.hpp"
#include "spelling/named_case.hpp"
#include "spelling/trimmed.hpp"
#include "spelling/unknown_name.hpp"

namespace gradproof {
namespace {

bool is_layer(std::string_view name) {
    const std::string word = plain_word(name);
    const auto is_called = [&](const std::string& layer) { return plain_word(layer) == word; };
    return std::ranges::any_of(layer_names(), is_called) || framework_name_of_layer(word) != nullptr;
}

bool is_activation(std::string_view name) {
    const std::string word = plain_word(name);
    const auto is_called = [&](const std::string& activation) { return plain_word(activation) == word; };
    return std::ranges::any_of(activation_names(), is_called) || framework_name_of_activation(word) != nullptr;
}

NetworkStep step_named(std::string_view text) {
    const auto open = text.find('(');
    const std::string_view name = trimmed(text.substr(0, open));
    if (is_layer(name)) {
        const bool has_bare_number =
            open != std::string_view::npos && text.find('=') == std::string_view::npos && text.size() > open + 2;
        if (has_bare_number && plain_word(name).starts_with("conv"))
            throw std::invalid_argument(fmt::format(
                "'{}': the size of the window is that of W; say which parameter is meant, like stride=2", text));
        return layer_named(text);
    }
    if (is_activation(name)) return activation_named(text);
    std::vector<std::string> names = layer_names();
    for (const std::string& activation : activation_names()) names.push_back(activation);
    throw std::invalid_argument(unknown_name("layer or activation", name, names));
}

}  // namespace

std::vector<std::string_view> split_at_commas(std::string_view text) {
    std::vector<std::string_view> parts;
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t n = 0; n <= text.size(); ++n) {
        if (n < text.size()) depth += text[n] == '(' ? 1 : text[n] == ')' ? -1 : 0;
        if (n < text.size() && (text[n] != ',' || depth != 0)) continue;
        parts.push_back(trimmed(text.substr(begin, n - begin)));
        begin = n + 1;
    }
    return parts;
}

std::vector<NetworkStep> network_steps(std::string_view text) {
    std::vector<NetworkStep> steps;
    for (const std::string_view part : split_at_commas(text)) steps.push_back(step_named(part));
    return steps;
}

}  // namespace gradproof
