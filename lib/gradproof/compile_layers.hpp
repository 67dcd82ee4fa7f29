// SPDX-License-Identifier: MIT
//
// The tables through which layers chosen at run time reach their formulas; see compile_cases.hpp.
#pragma once

#include "gradproof/any_layer.hpp"

namespace gradproof {

template <Scalar S, class F>
const LayerTable<S>* layer_table() {
    if constexpr (!ArrayLayer<F, S>) {
        return nullptr;
    } else {
        static constexpr LayerTable<S> table{
            .forward = [](const void* layer,
                          const Arrays<S>& inputs) { return static_cast<const F*>(layer)->forward(inputs); },
            .pull_back =
                [](const void* layer, const Arrays<S>& inputs, const Arrays<S>& d_outputs) {
                    return static_cast<const F*>(layer)->pull_back(inputs, d_outputs);
                }};
        return &table;
    }
}

/// A layer with its default parameters.
template <class F>
AnyLayer default_layer() {
    return F{};
}

}  // namespace gradproof
