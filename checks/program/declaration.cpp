// SPDX-License-Identifier: MIT
#include "program/declaration.hpp"

#include <fmt/format.h>

#include <charconv>
#include <string_view>
#include <vector>

namespace gradproof::program {
namespace {

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> parts;
    while (!text.empty()) {
        const auto comma = text.find(',');
        parts.emplace_back(text.substr(0, comma));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return parts;
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

}  // namespace

diagnosis::Declaration declaration_of(const CheckOptions& options) {
    return {.hidden = split(options.hidden),
            .output = options.output,
            .loss = options.loss,
            .lambda = options.lambda,
            .convention = convention_named(options.convention),
            .layers = layer_sizes(options.layers)};
}

}  // namespace gradproof::program
