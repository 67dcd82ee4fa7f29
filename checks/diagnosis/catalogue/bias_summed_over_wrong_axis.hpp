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
            .variants = {
                {{Step::db}, "db1 = np.sum(dZ1) / m", [](Step, const Situation& s) -> Attempts {
                     const Tensor& dZ = s.dZ();
                     const double sum = dZ.sum();
                     const double entries = static_cast<double>(dZ.size());
                     Attempts attempts{
                         {Tensor::Constant(dZ.rows(), 1, sum / s.m()), "one sum over everything for all units"},
                         {Tensor::Constant(dZ.rows(), 1, sum / entries), "one mean over everything for all units"}};
                     if (dZ.rows() == dZ.cols())
                         attempts.push_back({dZ.colwise().sum().transpose() / s.m(), "axis 0 instead of 1"});
                     return attempts;
                 }}}};
}

}  // namespace gradproof::diagnosis
