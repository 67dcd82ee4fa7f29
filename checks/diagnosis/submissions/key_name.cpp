// SPDX-License-Identifier: MIT
#include "diagnosis/submissions/key_name.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <vector>

namespace gradproof::diagnosis {
namespace {

constexpr std::size_t most_layers = 1000;

struct Word {
    std::string_view word;
    Role role;
};

// In small letters. A name has one of them, perhaps with d in front (dtheta).
constexpr std::array role_words{
    Word{"x", Role::X},           Word{"input", Role::X},   Word{"inputs", Role::X},    Word{"data", Role::X},
    Word{"features", Role::X},    Word{"xtrain", Role::X},  Word{"y", Role::Y},         Word{"label", Role::Y},
    Word{"labels", Role::Y},      Word{"target", Role::Y},  Word{"targets", Role::Y},   Word{"ytrain", Role::Y},
    Word{"cost", Role::cost},     Word{"loss", Role::cost}, Word{"j", Role::cost},      Word{"w", Role::W},
    Word{"weight", Role::W},      Word{"weights", Role::W}, Word{"theta", Role::W},     Word{"kernel", Role::W},
    Word{"coef", Role::W},        Word{"coefs", Role::W},   Word{"syn", Role::W},       Word{"b", Role::b},
    Word{"bias", Role::b},        Word{"biases", Role::b},  Word{"intercept", Role::b}, Word{"intercepts", Role::b},
    Word{"z", Role::Z},           Word{"logits", Role::Z},  Word{"a", Role::A},         Word{"activation", Role::A},
    Word{"activations", Role::A}, Word{"h", Role::A},
};
// Of two words, the letters of a whole name.
constexpr std::array whole_names{
    Word{"sampleweight", Role::example_weights},
    Word{"sampleweights", Role::example_weights},
    Word{"exampleweight", Role::example_weights},
    Word{"exampleweights", Role::example_weights},
    Word{"instanceweight", Role::example_weights},
    Word{"instanceweights", Role::example_weights},
    Word{"mask", Role::mask},
    Word{"samplemask", Role::mask},
    Word{"lossmask", Role::mask},
    Word{"classweight", Role::class_weights},
    Word{"classweights", Role::class_weights},
};
constexpr std::array<std::string_view, 11> gradient_words{"d",  "grad",  "grads", "gradient", "gradients", "dl",
                                                          "dj", "dloss", "dcost", "g",        "nabla"};
constexpr std::array<std::string_view, 13> filler_words{"fc",  "layer",  "layers", "linear", "dense", "lin",   "model",
                                                        "net", "module", "seq",    "params", "train", "onehot"};

template <class Words>
bool is_among(std::string_view word, const Words& words) {
    return std::ranges::find(words, word) != words.end();
}

std::optional<Role> role_of(std::string_view word) {
    const auto found = std::ranges::find(role_words, word, &Word::word);
    return found == role_words.end() ? std::nullopt : std::optional(found->role);
}

// The runs of letters, small, and of digits: "Theta1_grad" -> theta, 1, grad; "dL_dW1" -> dl, dw, 1.
std::vector<std::string> parts_of(std::string_view key) {
    const auto kind = [](char c) {
        if (c >= '0' && c <= '9') return 1;
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 2 : 0;
    };
    std::vector<std::string> parts;
    int before = 0;
    for (const char c : key) {
        const int now = kind(c);
        if (now != 0 && now != before) parts.emplace_back();
        if (now != 0) parts.back().push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
        before = now;
    }
    return parts;
}

std::optional<std::size_t> number_in(std::string_view digits) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc() || end != digits.data() + digits.size() || number > most_layers) return std::nullopt;
    if (digits.size() > 1 && digits.front() == '0') return std::nullopt;
    return number;
}

}  // namespace

std::optional<KeyName> key_name(std::string_view key) {
    std::optional<Role> role;
    KeyName name{.role = Role::X};
    const std::vector<std::string> parts = parts_of(key);
    std::string whole;
    for (const std::string& part : parts) whole += part;
    if (const auto found = std::ranges::find(whole_names, whole, &Word::word); found != whole_names.end())
        return KeyName{.role = found->role};
    for (const std::string& part : parts) {
        if (part.front() >= '0' && part.front() <= '9') {
            if (name.number) return std::nullopt;
            name.number = number_in(part);
            if (!name.number) return std::nullopt;
            continue;
        }
        std::optional<Role> found = role_of(part);
        // "dldw" and "dw": a d in front of what has a role.
        std::string_view rest = part;
        if (!found && rest.starts_with("grad")) {
            rest.remove_prefix(4);
            found = role_of(rest);
            name.is_gradient = true;
        }
        while (!found && rest.size() > 1 &&
               (rest.front() == 'd' || rest.front() == 'g' || rest.starts_with("ld") || rest.starts_with("jd"))) {
            rest.remove_prefix(1);
            found = role_of(rest);
            if (found) name.is_gradient = true;
        }
        if (found && (part == "weight" || part == "weights" || part == "bias"))
            name.is_of_module = key.find('.') != std::string_view::npos;
        if (found) {
            if (role) return std::nullopt;
            role = found;
        } else if (is_among(part, gradient_words)) {
            name.is_gradient = true;
        } else if (!is_among(part, filler_words)) {
            return std::nullopt;
        }
    }
    if (!role) return std::nullopt;
    name.role = *role;
    const bool is_whole = name.role == Role::Y || name.role == Role::cost;
    if (is_whole && (name.is_gradient || name.number)) return std::nullopt;
    if (name.role == Role::X && name.number) return std::nullopt;
    return name;
}

}  // namespace gradproof::diagnosis
