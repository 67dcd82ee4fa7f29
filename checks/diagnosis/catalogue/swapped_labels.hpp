// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// The gradients that other labels would give.
inline Attempts with_labels(Step step, const Situation& s, const std::vector<std::pair<Tensor, std::string>>& labels) {
    Attempts attempts;
    for (const auto& [Y, detail] : labels) {
        if (Y == s.Y) continue;
        Gradients<double> before = s.before;
        Situation other{s.network, s.cache, Y, before, s.l};
        if (step == Step::dZ_output) before.dA[s.l] = right_value(Step::dA_output, other);
        attempts.push_back({right_value(step, other), detail});
    }
    return attempts;
}

inline Mistake swapped_labels() {
    return {
        .slug = "swapped-labels",
        .explanation =
            "The gradient belongs to other labels than Y. Check that labels and examples are in the "
            "same order and that classes are counted from 0.",
        .note = "derivations/output_layer.md (dZ)",
        .variants = {
            {{Step::dA_output, Step::dZ_output}, "dZ2 = A2 - (1 - Y)", [](Step step, const Situation& s) -> Attempts {
                 const auto roll = [&](Eigen::Index rows, Eigen::Index columns) {
                     Tensor rolled(s.Y.rows(), s.Y.cols());
                     for (Eigen::Index i = 0; i < s.Y.cols(); ++i)
                         for (Eigen::Index k = 0; k < s.Y.rows(); ++k)
                             rolled((k + rows) % s.Y.rows(), (i + columns) % s.Y.cols()) = s.Y(k, i);
                     return rolled;
                 };
                 return with_labels(step, s,
                                    {{(1 - s.Y.array()).matrix(), "1 - Y"},
                                     {s.Y.rowwise().reverse(), "the examples in reverse order"},
                                     {roll(0, 1), "shifted by one example"},
                                     {roll(0, s.Y.cols() - 1), "shifted by one example, the other way"},
                                     {s.Y.colwise().reverse(), "the classes in reverse order"},
                                     {roll(1, 0), "classes counted one too high"},
                                     {roll(s.Y.rows() - 1, 0), "classes counted one too low"}});
             }}}};
}

}  // namespace gradproof::diagnosis
