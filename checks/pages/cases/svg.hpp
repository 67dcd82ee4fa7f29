// SPDX-License-Identifier: MIT
//
// What every picture of the notes begins with: its size, its title, its paper and its colours, for light and for dark.
// On a narrow screen a picture is drawn smaller; its letters then grow against it, so that they stay as large as text.
#pragma once

#include <string>
#include <string_view>

namespace gradproof::cases {

/// Up to the paper; "</svg>" is to follow. Classes of the style: c0 to c2 and m0 to m2 draw and fill in the colours of
/// curves, d1 and d2 dash, t is a quiet text.
std::string beginning_of_svg(std::string_view title, double width, double height);

}  // namespace gradproof::cases
