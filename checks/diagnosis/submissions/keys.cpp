// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/keys.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string_view>

#include "diagnosis/submissions/key_name.hpp"
#include "spelling/edit_distance.hpp"

namespace gradproof::diagnosis {
namespace {

constexpr std::string_view expected_keys =
    "X, Y, W1.., b1.. and gradients dW1.., db1.., besides these only Z1.., A1.., dZ1.., dA0.., cost and sample_weight";

struct Named {
    const npz::Array* array;
    KeyName name;
};

std::string letter_of(const KeyName& name) {
    constexpr std::array<std::string_view, 10> letters{"X", "Y", "cost", "W",    "b",
                                                       "Z", "A", "w",    "mask", "class_weight"};
    if (name.role == Role::X && name.is_gradient) return "dA";  // the derivative in X is dA0
    return (name.is_gradient ? "d" : "") + std::string(letters[static_cast<std::size_t>(name.role)]);
}

bool is_of_layer(const KeyName& name) {
    return name.role == Role::W || name.role == Role::b || name.role == Role::Z || name.role == Role::A;
}

// "'rate' of shape ()", with what it is like.
std::string unread(const npz::Array& array) {
    const std::string& key = array.name;
    std::vector<std::string> near;
    for (const std::string_view candidate : {"X", "Y", "cost", "W1", "b1", "dW1", "db1", "Z1", "A1", "dZ1", "dA1"})
        if (edit_distance(key, candidate) <= 1) near.emplace_back(candidate);
    const std::string name = fmt::format("'{}' of shape {}", npz::printable(key), npz::shape_text(array.shape));
    return near.empty() ? name : fmt::format("{}, like {}", name, fmt::join(near, " or "));
}

// Beside other weights of the first layer, an array called "weights" or "w" holds those of the examples.
void find_example_weights(std::vector<Named>& arrays) {
    const auto is_W = [](const Named& one) { return one.name.role == Role::W && !one.name.is_gradient; };
    for (Named& one : arrays) {
        const std::string& name = one.array->name;
        if (!is_W(one) || (name != "weights" && name != "weight" && name != "w")) continue;
        const bool is_second = std::ranges::any_of(arrays, [&](const Named& other) {
            return &other != &one && is_W(other) && other.name.number.value_or(1) <= 1;
        });
        if (is_second) one.name = {.role = Role::example_weights};
    }
}

std::vector<Named> named(const std::vector<npz::Array>& arrays, const std::string& file,
                         const std::vector<Rename>& renames) {
    for (const Rename& rename : renames)
        if (std::ranges::find(arrays, rename.from, &npz::Array::name) == arrays.end())
            throw npz::Error(
                fmt::format("{}: --rename {}={}: there is no key '{}'", file, rename.from, rename.to, rename.from));
    std::vector<Named> read;
    std::vector<std::string> failed;
    for (const npz::Array& array : arrays) {
        const auto renamed = std::ranges::find(renames, array.name, &Rename::from);
        const auto name = key_name(renamed == renames.end() ? array.name : renamed->to);
        if (name)
            read.push_back({&array, *name});
        else
            failed.push_back(unread(array));
    }
    find_example_weights(read);
    if (failed.empty()) return read;
    const bool is_one = failed.size() == 1;
    throw npz::Error(fmt::format("{}: {} {} {} not one of {}; say --rename OLD=NEW, or leave {} out", file,
                                 is_one ? "key" : "keys", fmt::join(failed, "; "), is_one ? "is" : "are", expected_keys,
                                 is_one ? "it" : "them"));
}

// Which layer a number stands for: layers may be counted from 0, and modules leave out those without parameters.
std::map<std::size_t, std::size_t> layers_by_number(const std::vector<Named>& arrays) {
    std::set<std::size_t> numbers;
    bool is_of_modules = false;
    for (const Named& one : arrays) {
        if (one.name.role != Role::W || one.name.is_gradient) continue;
        numbers.insert(one.name.number.value_or(1));
        is_of_modules = is_of_modules || one.name.is_of_module;
    }
    std::map<std::size_t, std::size_t> layers;
    const std::size_t shift = !numbers.empty() && *numbers.begin() == 0 ? 1 : 0;
    std::size_t l = 0;
    for (const std::size_t number : numbers) layers[number] = is_of_modules ? ++l : number + shift;
    return layers;
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

Keys keys_of(const std::vector<npz::Array>& arrays, const std::string& file, const std::vector<Rename>& renames) {
    Keys keys{.file = file, .layers = {}};
    for (const npz::Array& array : arrays)
        if (array.shape.size() > 2)
            throw npz::Error(fmt::format(
                "{}: {} has shape {}, {} axes; a dense network has at most 2: flatten images with X.reshape(m, -1)",
                file, npz::printable(array.name), npz::shape_text(array.shape), array.shape.size()));
    const std::vector<Named> read = named(arrays, file, renames);
    const std::map<std::size_t, std::size_t> layers = layers_by_number(read);
    const bool from_0 = layers.contains(0);
    keys.is_from_0 = from_0 && std::ranges::none_of(read, [](const Named& one) { return one.name.is_of_module; });
    // With layers counted from 0, A0 may be X or the first layer's output: X if there is one more of them than layers.
    std::size_t activations = 0;
    for (const Named& one : read) activations += one.name.role == Role::A && !one.name.is_gradient;
    const bool A0_is_X = !from_0 || activations > layers.size();
    const auto layer_of = [&](const KeyName& name) -> std::size_t {
        if (!is_of_layer(name)) return 0;
        const std::size_t number = name.number.value_or(layers.size() == 1 ? layers.begin()->first : 1);
        if (name.role == Role::A && A0_is_X) return number;
        const auto found = layers.find(number);
        return found != layers.end() ? found->second : number + (from_0 ? 1 : 0);
    };
    for (const Named& one : read) {
        const std::string letter = letter_of(one.name);
        const std::size_t l = layer_of(one.name);
        if (l == 0 && is_of_layer(one.name) && one.name.role != Role::A)
            throw npz::Error(fmt::format("{}: key '{}' belongs to layer 0, which has no weights", file,
                                         npz::printable(one.array->name)));
        const auto [before, is_new] = keys.layers[letter].emplace(l, one.array);
        if (!is_new)
            throw npz::Error(
                fmt::format("{}: the keys '{}' and '{}' are both {}{}; say --rename OLD=NEW for one of them", file,
                            npz::printable(before->second->name), npz::printable(one.array->name), letter,
                            l == 0 ? "" : std::to_string(l)));
        if (letter == "W") keys.L = std::max(keys.L, l);
    }
    keys.at("X");
    keys.at("Y");
    if (keys.L == 0) keys.at("W", 1);
    for (std::size_t l = 1; l <= keys.L; ++l) {
        keys.at("W", l);
        if (keys.has_biases()) keys.at("b", l);
    }
    for (const auto& [letter, of_letter] : keys.layers)
        if (of_letter.rbegin()->first > keys.L)
            throw npz::Error(fmt::format("{}: key '{}' belongs to layer {}, but the last weights are {}", file,
                                         npz::printable(of_letter.rbegin()->second->name), of_letter.rbegin()->first,
                                         npz::printable(keys.at("W", keys.L).name)));
    if (!keys.any_gradient())
        throw npz::Error(fmt::format("{}: holds no gradient to check; {}", file, npz::how_to_save));
    return keys;
}

}  // namespace gradproof::diagnosis
