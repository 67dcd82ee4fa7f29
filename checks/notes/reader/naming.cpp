// SPDX-License-Identifier: MIT
#include "notes/reader/naming.hpp"

#include <fmt/format.h>

#include "notes/reader/latex.hpp"

namespace gradproof::notes {

std::string name_of(const Document& document) {
    const auto& path = document.note.path;
    const auto name = path.stem().string();
    const auto folder = path.parent_path().filename().string();
    return folder == "activations" || folder == "losses" || folder == "layers" || folder == "pairings"
               ? folder + "/" + name
               : name;
}

std::string text_of(const Claim& claim, const std::vector<Symbol>& symbols) {
    return fmt::format("{} {} {}", latex_of(claim.left, symbols), latex_of(claim.relation),
                       latex_of(claim.right, symbols));
}

}  // namespace gradproof::notes
