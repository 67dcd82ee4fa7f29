// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

inline Mistake bias_summed_over_wrong_axis() {
    return {.slug = "bias-summed-over-wrong-axis",
            .explanation =
                "db sums dZ over the units, not over the examples alone. Every unit has its own bias, "
                "and so its own sum.",
            .note = "derivations/network.md (db)",
            .variants = {{{Step::db}, "db{l} = np.sum(dZ{l}){/m}", [](Step, const Situation& s) -> Attempts {
                              const Tensor& dZ = s.dZ();
                              const double sum = dZ.sum();
                              const double entries = static_cast<double>(dZ.size());
                              Attempts attempts{{Tensor::Constant(dZ.rows(), 1, sum / s.m()),
                                                 "one sum over everything for all units"},
                                                {.value = Tensor::Constant(dZ.rows(), 1, sum / entries),
                                                 .detail = "one mean over everything for all units",
                                                 .line = "db{l} = np.mean(dZ{l}){*m}"}};
                              if (dZ.rows() == dZ.cols())
                                  attempts.push_back({.value = dZ.colwise().sum().transpose() / s.m(),
                                                      .detail = "axis 0 instead of 1",
                                                      .line = "db{l} = np.sum(dZ{l}, axis=0, keepdims=True).T{/m}"});
                              return attempts;
                          }}}};
}

}  // namespace gradproof::diagnosis
