// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// Labels that somebody may have taken for Y: what they are, and how they are made of Y in NumPy.
struct OtherLabels {
    Tensor Y;
    std::string detail;
    std::string_view numpy;
};

/// The gradients that other labels would give.
inline Attempts with_labels(Step step, const Situation& s, const std::vector<OtherLabels>& labels) {
    Attempts attempts;
    for (const auto& [Y, detail, numpy] : labels) {
        if (Y == s.Y) continue;
        Gradients<double> before = s.before;
        Situation other{s.network, s.cache, Y, before, s.l};
        if (step == Step::dZ_output) before.dA[s.l] = right_value(Step::dA_output, other);
        const bool is_shortcut = step == Step::dZ_output && s.is_canonical();
        attempts.push_back({.value = right_value(step, other),
                            .detail = detail,
                            .filling = std::string(numpy),
                            .line = is_shortcut ? "dZ{l} = A{l} - {k}" : ""});
    }
    return attempts;
}

inline Mistake swapped_labels() {
    return {.slug = "swapped-labels",
            .explanation =
                "The gradient belongs to other labels than Y. Check that labels and examples are in the "
                "same order and that classes are counted from 0.",
            .note = "derivations/output_layer.md (dZ)",
            .variants = {
                {{Step::dA_output, Step::dZ_output}, "", [](Step step, const Situation& s) -> Attempts {
                     const auto roll = [&](Eigen::Index rows, Eigen::Index columns) {
                         Tensor rolled(s.Y.rows(), s.Y.cols());
                         for (Eigen::Index i = 0; i < s.Y.cols(); ++i)
                             for (Eigen::Index k = 0; k < s.Y.rows(); ++k)
                                 rolled((k + rows) % s.Y.rows(), (i + columns) % s.Y.cols()) = s.Y(k, i);
                         return rolled;
                     };
                     return with_labels(
                         step, s,
                         {{(1 - s.Y.array()).matrix(), "1 - Y", "(1 - Y)"},
                          {s.Y.rowwise().reverse(), "the examples in reverse order", "Y[:, ::-1]"},
                          {roll(0, 1), "shifted by one example", "np.roll(Y, 1, axis=1)"},
                          {roll(0, s.Y.cols() - 1), "shifted by one example, the other way", "np.roll(Y, -1, axis=1)"},
                          {s.Y.colwise().reverse(), "the classes in reverse order", "Y[::-1, :]"},
                          {roll(1, 0), "classes counted one too high", "np.roll(Y, 1, axis=0)"},
                          {roll(s.Y.rows() - 1, 0), "classes counted one too low", "np.roll(Y, -1, axis=0)"}});
                 }}}};
}

}  // namespace gradproof::diagnosis
