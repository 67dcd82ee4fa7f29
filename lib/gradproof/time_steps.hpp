// SPDX-License-Identifier: MIT
//
// Steps of a sequence, which lie along the last of three axes: n x m x T.
#pragma once

#include "gradproof/array.hpp"

namespace gradproof {

/// Step t, n x m.
template <class S>
Array<S> step_of(const Array<S>& sequence, Eigen::Index t) {
    Array<S> step({sequence.dim(0), sequence.dim(1)});
    for (Eigen::Index n = 0; n < step.size(); ++n) step.values()(n) = sequence.values()(n * sequence.dim(2) + t);
    return step;
}

template <class S>
void set_step(Array<S>& sequence, Eigen::Index t, const Array<S>& step) {
    for (Eigen::Index n = 0; n < step.size(); ++n) sequence.values()(n * sequence.dim(2) + t) = step.values()(n);
}

/// Arrays of the same shapes, filled with 0.
template <class S>
Arrays<S> zeros_like(const Arrays<S>& arrays) {
    Arrays<S> zeros;
    for (const Array<S>& array : arrays) zeros.emplace_back(array.shape());
    return zeros;
}

/// Precondition: the same shape.
template <class S>
Array<S> sum_of(Array<S> a, const Array<S>& b) {
    a.values() += b.values();
    return a;
}

}  // namespace gradproof
