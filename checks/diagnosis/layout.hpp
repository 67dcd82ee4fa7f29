// SPDX-License-Identifier: MIT
//
// How a file lays out its arrays.
#pragma once

#include <string>

#include "diagnosis/search/step.hpp"

namespace gradproof::diagnosis {

struct Layout {
    bool examples_in_rows = false;   ///< X is m × n_0, Z and A are m × n_l
    bool weights_in_by_out = false;  ///< W is n_{l-1} × n_l

    friend bool operator==(const Layout&, const Layout&) = default;
};

/// "examples in rows, W is inputs by outputs"
std::string describe(const Layout& layout);

/// Whether the file's tensor of this step is the transpose of the course's; db has one form in all layouts.
bool is_transposed(Step step, const Layout& layout);

}  // namespace gradproof::diagnosis
