// SPDX-License-Identifier: MIT
#include "program/declaration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

#include "gradproof/activations/identity.hpp"
#include "notes/typed/typed_formula.hpp"
#include "spelling/named_case.hpp"
#include "spelling/network_steps.hpp"

namespace gradproof::program {
namespace {

std::vector<std::string> split(std::string_view text) {
    if (text.empty()) return {};
    const std::vector<std::string_view> parts = split_at_commas(text);
    return {parts.begin(), parts.end()};
}

std::vector<Eigen::Index> layer_sizes(const std::string& text) {
    std::vector<Eigen::Index> sizes;
    for (const std::string& part : split(text)) {
        Eigen::Index size = 0;
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), size);
        if (error != std::errc() || end != part.data() + part.size() || size < 1)
            throw npz::Error(fmt::format("--layers '{}': expected whole numbers with commas, like 30,20,7,5,1",
                                         npz::printable(text)));
        sizes.push_back(size);
    }
    return sizes;
}

std::optional<diagnosis::Convention> convention_named(const std::string& text) {
    if (text.empty()) return std::nullopt;
    for (const auto& [convention, name] : diagnosis::conventions)
        if (name == text) return convention;
    throw npz::Error(fmt::format("--convention '{}': expected dls, cs231n or torch", npz::printable(text)));
}

std::optional<diagnosis::L2Scale> l2_named(const std::string& text) {
    if (text.empty()) return std::nullopt;
    std::string plain;
    for (const char c : text)
        if (c != ' ' && c != '(' && c != ')' && c != '*') plain.push_back(c);
    for (const auto& [scale, name] : diagnosis::l2_scales) {
        std::string same;
        for (const char c : name)
            if (c != '(' && c != ')') same.push_back(c);
        if (same == plain) return scale;
    }
    throw npz::Error(
        fmt::format("--l2 '{}': expected lambda/(2m), lambda/2, lambda/m or lambda", npz::printable(text)));
}

std::optional<bool> mean_in_dZ(const std::string& text) {
    if (text.empty()) return std::nullopt;
    if (text == "mean" || text == "sum") return text == "mean";
    throw npz::Error(fmt::format("--dz '{}': expected mean or sum", npz::printable(text)));
}

std::vector<diagnosis::Rename> renames_in(const std::vector<std::string>& texts) {
    std::vector<diagnosis::Rename> renames;
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        if (equals == std::string::npos || equals == 0 || equals + 1 == text.size())
            throw npz::Error(fmt::format("--rename '{}': expected OLD=NEW, like theta_1=W1", npz::printable(text)));
        renames.push_back({text.substr(0, equals), text.substr(equals + 1)});
    }
    return renames;
}

std::vector<diagnosis::DeclaredTie> ties_in(const std::vector<std::string>& texts) {
    std::vector<diagnosis::DeclaredTie> ties;
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        diagnosis::DeclaredTie tie{.name = text.substr(0, equals),
                                   .of = equals == std::string::npos ? "" : text.substr(equals + 1)};
        tie.is_transposed = tie.of.ends_with(".T");
        if (tie.is_transposed) tie.of.resize(tie.of.size() - 2);
        if (tie.name.empty() || tie.of.empty() || tie.name == tie.of)
            throw npz::Error(
                fmt::format("--tie '{}': expected two matrices of weights, like W2=W1.T", npz::printable(text)));
        ties.push_back(std::move(tie));
    }
    return ties;
}

// Whether a text is meant as a name: a word, perhaps with parameters in brackets, that is one or looks like one.
template <class Names>
bool is_name(std::string_view text, const Names& names) {
    const std::string_view word = text.substr(0, text.find('('));
    const bool is_word = word.find_first_of(" +-*/^|\\.") == std::string_view::npos && word.size() > 1;
    if (word.size() == text.size()) return is_word;
    const auto is_known = [&](const std::string& name) { return plain_word(name) == plain_word(word); };
    return is_word && std::ranges::any_of(names, is_known);
}

diagnosis::CaseReader reader_with(const notes::Settings& settings) {
    return {.activation =
                [settings](std::string_view text) {
                    // tanh is both: a name with a formula's brackets, tanh(2 z), is a formula.
                    const bool has_z = text.find_first_of('z') != std::string_view::npos;
                    return is_name(text, activation_names()) && !(has_z && text.find('(') != std::string_view::npos)
                               ? activation_named(text)
                               : notes::activation_of(text, settings);
                },
            .loss =
                [settings](std::string_view text) {
                    return is_name(text, loss_names()) ? loss_named(text) : notes::loss_of(text, settings);
                }};
}

}  // namespace

notes::Settings settings_in(const std::vector<std::string>& texts) {
    notes::Settings settings;
    for (const std::string& text : texts) {
        const auto equals = text.find('=');
        const std::string digits = equals == std::string::npos ? "" : text.substr(equals + 1);
        double value = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        if (equals == 0 || digits.empty() || error != std::errc() || end != digits.data() + digits.size())
            throw npz::Error(
                fmt::format("--set '{}': expected a letter and its number, like alpha=0.9", npz::printable(text)));
        settings[text.substr(0, equals)] = value;
    }
    return settings;
}

diagnosis::Declaration declaration_of(const CheckOptions& options) {
    return {.hidden = split(options.hidden),
            .output = options.output,
            .loss = options.loss,
            .lambda = options.lambda,
            .convention = convention_named(options.convention),
            .layers = layer_sizes(options.layers),
            .l2 = l2_named(options.l2),
            .mean_in_dZ = mean_in_dZ(options.dz),
            .renames = renames_in(options.renames),
            .ties = ties_in(options.ties),
            .read = reader_with(settings_in(options.settings))};
}

diagnosis::ArrayNetworkDeclaration network_declaration_of(const CheckOptions& options) {
    const std::vector<NetworkStep> steps = network_steps(options.layers);
    const auto* const last = std::get_if<AnyActivation>(&steps.back());
    return {.steps = steps,
            .words = split(options.layers),
            .cost = diagnosis::cost_named(options.loss, last ? *last : AnyActivation(Identity{}),
                                          reader_with(settings_in(options.settings)).loss),
            .lambda = options.lambda,
            .l2 = l2_named(options.l2)};
}

}  // namespace gradproof::program
