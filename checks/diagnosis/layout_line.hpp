// SPDX-License-Identifier: MIT
//
// A line of NumPy that is written for examples in columns, as somebody else would write it: their layout, their names.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "diagnosis/layout.hpp"

namespace gradproof::diagnosis {

/// `line` for arrays laid out as `layout` says: "dW1 = dZ1 @ X.T / m" becomes "dW1 = X.T @ dZ1 / m" where examples are
/// in rows and W is inputs by outputs. Every name is passed through `name_of`. Nothing for a line that is more than
/// assignments of formulas.
std::optional<std::string> in_layout(std::string_view line, const Layout& layout,
                                     const std::function<std::string(const std::string&)>& name_of);

}  // namespace gradproof::diagnosis
