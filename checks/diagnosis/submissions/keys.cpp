// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/keys.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace gradproof::diagnosis {
namespace {

constexpr std::array<std::string_view, 8> letters{"dW", "db", "dZ", "dA", "W", "b", "Z", "A"};
constexpr std::string_view expected_keys =
    "X, Y, W1.., b1.. and gradients dW1.., db1.., besides these only Z1.., A1.., dZ1.., dA0.. and cost";
constexpr std::size_t most_layers = 1000;

std::optional<std::size_t> layer_of(std::string_view digits) {
    std::size_t l = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), l);
    if (error != std::errc() || end != digits.data() + digits.size() || digits.empty()) return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    if (l > most_layers) return std::nullopt;
    return l;
}

bool may_have_layer_0(std::string_view letter) {
    return letter == "dA" || letter == "A";
}

std::string lower(std::string_view text) {
    std::string out(text);
    std::ranges::transform(out, out.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

[[noreturn]] void refuse_key(const std::string& file, const std::string& key) {
    std::string hint;
    for (const std::string_view letter : letters)
        if (lower(key).starts_with(lower(letter)) && layer_of(std::string_view(key).substr(letter.size())))
            hint = fmt::format("; did you mean {}{}?", letter, key.substr(letter.size()));
    if (lower(key) == "x" || lower(key) == "y") hint = fmt::format("; did you mean {}?", key == "x" ? "X" : "Y");
    throw npz::Error(fmt::format("{}: key '{}' is not one of {}{}", file, npz::printable(key), expected_keys, hint));
}

}  // namespace

const npz::Array* Keys::find(const std::string& letter, std::size_t l) const {
    const auto of_letter = layers.find(letter);
    if (of_letter == layers.end()) return nullptr;
    const auto found = of_letter->second.find(l);
    return found == of_letter->second.end() ? nullptr : found->second;
}

const npz::Array& Keys::at(const std::string& letter, std::size_t l) const {
    const npz::Array* const array = find(letter, l);
    if (array) return *array;
    throw npz::Error(fmt::format("{}: key '{}{}' is missing; expected {}", file, letter,
                                 l == 0 ? "" : std::to_string(l), expected_keys));
}

bool Keys::any_gradient() const {
    return std::ranges::any_of(layers, [](const auto& entry) { return entry.first[0] == 'd'; });
}

Keys keys_of(const std::vector<npz::Array>& arrays, const std::string& file) {
    Keys keys{.file = file, .layers = {}};
    for (const npz::Array& array : arrays) {
        const std::string& key = array.name;
        if (key == "X" || key == "Y" || key == "cost") {
            keys.layers[key][0] = &array;
            continue;
        }
        const auto letter =
            std::ranges::find_if(letters, [&](std::string_view candidate) { return key.starts_with(candidate); });
        const auto l = letter == letters.end() ? std::nullopt : layer_of(std::string_view(key).substr(letter->size()));
        if (!l || (*l == 0 && !may_have_layer_0(*letter))) refuse_key(file, key);
        keys.layers[std::string(*letter)][*l] = &array;
        if (*letter == "W") keys.L = std::max(keys.L, *l);
    }
    keys.at("X");
    keys.at("Y");
    if (keys.L == 0) keys.at("W", 1);
    for (std::size_t l = 1; l <= keys.L; ++l) {
        keys.at("W", l);
        keys.at("b", l);
    }
    for (const auto& [letter, of_letter] : keys.layers)
        if (of_letter.rbegin()->first > keys.L)
            throw npz::Error(fmt::format("{}: key '{}{}' belongs to layer {}, but the last weights are W{}", file,
                                         letter, of_letter.rbegin()->first, of_letter.rbegin()->first, keys.L));
    if (!keys.any_gradient())
        throw npz::Error(fmt::format("{}: holds no gradient to check; {}", file, npz::how_to_save));
    return keys;
}

}  // namespace gradproof::diagnosis
