// SPDX-License-Identifier: MIT
#include "tests/diagnosis/layer_examples.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <stdexcept>

namespace gradproof::diagnosis {

LayerMistake layer_mistake(const AnyLayer& layer, std::string_view slug) {
    for (const LayerMistake& mistake : layer_mistakes(layer))
        if (mistake.slug == slug) return mistake;
    throw std::invalid_argument(fmt::format("{} has no mistake {}", layer.facts().slug, slug));
}

std::string text_of(const LayerDiagnosis& diagnosis) {
    std::vector<std::string> texts;
    for (const LayerFinding& finding : diagnosis.findings)
        texts.push_back(
            fmt::format("{} at {} ({})", finding.slug, fmt::join(finding.tensors, ", "), finding.explanation));
    return fmt::format("{}: {}", diagnosis.number, fmt::join(texts, "; "));
}

}  // namespace gradproof::diagnosis
