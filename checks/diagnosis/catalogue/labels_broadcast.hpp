// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/catalogue/swapped_labels.hpp"
#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake labels_broadcast() {
    return {.slug = "labels-broadcast",
            .explanation =
                "Y had a shape that NumPy stretched over other entries, (m,) against (m, 1) for example. "
                "Print A.shape and Y.shape: they must be equal.",
            .note = "derivations/notation.md",
            .variants = {{{Step::dA_output, Step::dZ_output},
                          "dZ2 = A2 - Y  # with Y.shape == (m, 1) and A2.shape == (1, m), then averaged",
                          [](Step step, const Situation& s) -> Attempts {
                              const Eigen::Index m = s.Y.cols();
                              return with_labels(
                                  step, s,
                                  {{s.Y.rowwise().mean().replicate(1, m), "the mean label for every example"},
                                   {s.Y.topRows(1).replicate(s.Y.rows(), 1), "the first row of Y for every unit"},
                                   {s.Y.leftCols(1).replicate(1, m), "the first example's label for every example"}});
                          }}}};
}

}  // namespace gradproof::diagnosis
