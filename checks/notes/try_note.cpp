// SPDX-License-Identifier: MIT
#include "notes/try_note.hpp"

#include "notes/graph/expand.hpp"

namespace gradproof::notes {

std::size_t try_note(std::string_view text) {
    constexpr std::size_t claims_tried = 8;
    std::size_t expanded = 0;
    Library library;
    try {
        const Document& document = library.read_text(text, "fuzz.md");
        const auto sizes = choices_of_sizes(document, library.symbols()).front();
        Graph graph;
        Expander expander(library.symbols(), graph, sizes);
        for (std::size_t i = 0; i < document.claims.size() && i < claims_tried; ++i) {
            try {
                static_cast<void>(expander.question(document.claims[i], "fuzz.md"));
                ++expanded;
            } catch (const NoteError&) {
                continue;
            }
        }
    } catch (const NoteError&) {
        return expanded;
    }
    return expanded;
}

}  // namespace gradproof::notes
