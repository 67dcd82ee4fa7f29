// SPDX-License-Identifier: MIT
#include "tests/notes/in_memory.hpp"

#include "notes/check.hpp"
#include "notes/engines/engines.hpp"

namespace gradproof::notes {

std::string note_with(const std::vector<std::string_view>& fences) {
    std::string text = R"(# In memory

| symbol | meaning | values |
|---|---|---|
| $`z`$ | any number | real |
| $`y`$ | a label | $`[0,1]`$ |
| $`r`$ | a label that is 0 or 1 | $`\{0,1\}`$ |
| $`h`$ | a step | positive |
| $`m`$ | examples | $`5`$ |
| $`K`$ | classes | $`2, 3`$ |
| $`W`$ | weights | $`\mathbb{R}^{3 \times 4}`$ |
| $`D`$ | upstream | $`\mathbb{R}^{3 \times m}`$ |
| $`X`$ | input | $`\mathbb{R}^{4 \times m}`$ |
| $`u`$ | pre-activations | $`\mathbb{R}^{K}`$ |
| $`v`$ | label | one-hot in $`\mathbb{R}^{K}`$ |
| $`q`$ | distribution | simplex in $`\mathbb{R}^{K}`$ |
| $`g`$ | any | smooth function |
| $`f`$ | any | increasing function |

```math
\sigma(t) := \frac{1}{1 + e^{-t}}
```
)";
    for (const auto fence : fences) text += "\n```math\n" + std::string(fence) + "\n```\n";
    return text;
}

std::string verdict_with(const std::vector<std::string_view>& fences, const std::vector<NamedEngine>& engines) {
    Library library;
    const Document& document = library.read_text(note_with(fences), "n.md");
    std::string said;
    for (const auto& error : document.errors) said += std::string(error.what()) + "\n";
    const auto report = check(document, library.symbols(), engines);
    for (const auto& result : report.results)
        if (!result.green()) said += failure_of(document, result) + "\n";
    return said.empty() ? "green" : said;
}

std::string verdict_on(const std::vector<std::string_view>& fences) {
    return verdict_with(fences, {});
}

std::string verdict_with_engines(const std::vector<std::string_view>& fences) {
    return verdict_with(fences, proof::engines());
}

std::string evidence_with_engines(const std::vector<std::string_view>& fences) {
    Library library;
    const Document& document = library.read_text(note_with(fences), "n.md");
    std::string said;
    for (const auto& error : document.errors) said += std::string(error.what()) + "\n";
    const auto report = check(document, library.symbols(), proof::engines());
    for (const auto& result : report.results)
        said += (result.green() ? evidence_of(document, result) : failure_of(document, result)) + "\n";
    return said;
}

}  // namespace gradproof::notes
