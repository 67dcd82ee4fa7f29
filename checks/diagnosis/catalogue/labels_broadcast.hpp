// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/catalogue/swapped_labels.hpp"
#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake labels_broadcast() {
    return {
        .slug = "labels-broadcast",
        .explanation =
            "Y had a shape that NumPy stretched over other entries, (m,) against (m, 1) for example. "
            "Print A.shape and Y.shape: they must be equal.",
        .note = "derivations/notation.md",
        .variants = {
            {{Step::dA_output, Step::dZ_output}, "", [](Step step, const Situation& s) -> Attempts {
                 const Eigen::Index m = s.Y.cols();
                 return with_labels(
                     step, s,
                     {{s.Y.rowwise().mean().replicate(1, m), "the mean label for every example",
                       "np.mean(Y, axis=1, keepdims=True)"},
                      {s.Y.topRows(1).replicate(s.Y.rows(), 1), "the first row of Y for every unit", "Y[:1, :]"},
                      {s.Y.leftCols(1).replicate(1, m), "the first example's label for every example", "Y[:, :1]"}});
             }}}};
}

}  // namespace gradproof::diagnosis
