// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace gradproof::report {

/// A tagged formula of the notes as HTML: drawn by KaTeX, or the TeX if the program was built without it. `key` is the
/// note with the tag, "activations/sigmoid (derivative)".
std::optional<std::string> find_formula(const std::string& key);

/// The title of a note: "activations/leaky_relu" -> "Leaky ReLU"; a note without one is called by its name.
std::string title_of(const std::string& note);

/// Where a note is as a page of the book: "derivations/activations/sigmoid.md" -> book + "/activations/sigmoid.html".
/// A tag that follows in brackets is dropped.
std::string page_of_note(std::string_view note, std::string_view book);

}  // namespace gradproof::report
