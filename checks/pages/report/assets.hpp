// SPDX-License-Identifier: MIT
//
// Files that are part of the program, so that it needs none beside it: the page's template, style sheet and script, and
// the notes' formulas. The definitions are written by embed.cmake when the program is built.
#pragma once

#include <string_view>

namespace gradproof::report::assets {

extern const std::string_view page_template;
extern const std::string_view plot_template;  ///< a part of the page's
extern const std::string_view style;
extern const std::string_view script;
extern const std::string_view formula_style;  ///< KaTeX's style sheet with the fonts in it; empty without KaTeX
extern const std::string_view notes;          ///< JSON, as collect_formulas.cpp and render_formulas.js write it

}  // namespace gradproof::report::assets
