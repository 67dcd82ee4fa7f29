// SPDX-License-Identifier: MIT
#include "spelling/named_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <stdexcept>
#include <utility>

#include "spelling/framework_names.hpp"
#include "spelling/trimmed.hpp"
#include "spelling/unknown_name.hpp"

namespace gradproof {
namespace {

template <class Any>
std::vector<std::string> names_of(const std::vector<Any>& all) {
    std::vector<std::string> names;
    for (const Any& one : all) names.push_back(name_of(one));
    return names;
}

double number_in(std::string_view written, std::string_view text) {
    double value = 0;
    const auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (written.empty() || error != std::errc() || end != written.data() + written.size())
        throw std::invalid_argument(
            fmt::format("'{}': expected a number for each parameter, like leaky_relu(slope=0.3)", text));
    return value;
}

// `arguments` is what stands between the brackets of `text`.
template <class Any>
Any with_arguments(Any one, std::string_view arguments, std::string_view text) {
    const auto declared = one.facts().parameters;
    for (std::size_t n = 0; !arguments.empty(); ++n) {
        const auto comma = arguments.find(',');
        const std::string_view argument = arguments.substr(0, comma);
        arguments = comma == std::string_view::npos ? std::string_view() : arguments.substr(comma + 1);
        const auto equals = argument.find('=');
        const bool has_name = equals != std::string_view::npos;
        if (!has_name && n >= declared.size())
            throw std::invalid_argument(fmt::format("'{}': {} has {} parameter{}", text, one.facts().slug,
                                                    declared.size(), declared.size() == 1 ? "" : "s"));
        const std::string_view name = has_name ? trimmed(argument.substr(0, equals)) : declared[n].name;
        one = one.with(name, number_in(trimmed(has_name ? argument.substr(equals + 1) : argument), text));
    }
    return one;
}

std::string_view without_brackets(std::string_view text) {
    return trimmed(text.substr(0, text.find('(')));
}

// Nothing if there is none. `other` knows what frameworks call the cases. A case's own name comes first: a new one may
// be called what a framework calls an old one.
template <class Any>
std::optional<Any> found(const std::vector<Any>& all, std::string_view text,
                         const FrameworkName* (*other)(std::string_view)) {
    const auto open = text.find('(');
    if (open != std::string_view::npos && !text.ends_with(')'))
        throw std::invalid_argument(fmt::format("'{}': expected ) at the end", text));
    std::string word = plain_word(without_brackets(text));
    const auto is_called = [](const Any& one) { return plain_word(name_of(one)); };
    if (std::ranges::find(all, word, is_called) == all.end())
        if (const FrameworkName* known = other(word)) word = plain_word(known->slug);
    for (const Any& one : all) {
        if (is_called(one) != word) continue;
        if (open == std::string_view::npos) return one;
        return with_arguments(one, trimmed(text.substr(open + 1, text.size() - open - 2)), text);
    }
    return std::nullopt;
}

template <class Any>
Any named(const std::vector<Any>& all, std::string_view text, std::string_view kind,
          const FrameworkName* (*other)(std::string_view)) {
    if (const std::optional<Any> one = found(all, text, other)) return *one;
    throw std::invalid_argument(unknown_name(kind, without_brackets(text), names_of(all)));
}

}  // namespace

std::string plain_word(std::string_view text) {
    std::string word;
    for (const char c : text)
        if (c != '-' && c != '_' && c != ' ') word.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    return word;
}

AnyActivation activation_named(std::string_view text) {
    return named(all_activations(), text, "activation", framework_name_of_activation);
}
AnyLoss loss_named(std::string_view text) {
    if (const std::optional<AnyLoss> loss = found(all_losses(), text, framework_name_of_loss)) return *loss;
    const std::optional<AnyLayer> layer = found(all_layers(), text, framework_name_of_layer);
    if (layer && layer->facts().is_loss)
        throw std::invalid_argument(fmt::format(
            "'{0}' has several predictions for each label and ends no network here; its own derivatives are "
            "checked with --layer {0}",
            text));
    throw std::invalid_argument(unknown_name("loss", without_brackets(text), loss_names()));
}
AnyLayer layer_named(std::string_view text) {
    return named(all_layers(), text, "layer", framework_name_of_layer);
}

std::vector<std::string> activation_names() {
    return names_of(all_activations());
}
std::vector<std::string> loss_names() {
    return names_of(all_losses());
}
std::vector<std::string> layer_names() {
    return names_of(all_layers());
}

}  // namespace gradproof
