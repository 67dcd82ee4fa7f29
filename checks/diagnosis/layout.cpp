// SPDX-License-Identifier: MIT
#include "diagnosis/layout.hpp"

#include <fmt/format.h>

namespace gradproof::diagnosis {

std::string describe(const Layout& layout) {
    return fmt::format("examples in {}, W is {}", layout.examples_in_rows ? "rows" : "columns",
                       layout.weights_in_by_out ? "inputs by outputs" : "outputs by inputs");
}

bool is_transposed(Step step, const Layout& layout) {
    switch (step) {
        case Step::dW:
            return layout.weights_in_by_out;
        case Step::db:
            return false;
        case Step::dA_output:
        case Step::dZ_output:
        case Step::dA:
        case Step::dZ:
            return layout.examples_in_rows;
    }
    return false;
}

}  // namespace gradproof::diagnosis
