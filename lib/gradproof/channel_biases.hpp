// SPDX-License-Identifier: MIT
//
// One number for each channel of arrays whose last axis is that of the channels: the biases of a convolution.
#pragma once

#include "gradproof/array.hpp"

namespace gradproof {

/// b at every place of an array of this shape, where a convolution begins its sums.
template <class S>
Array<S> at_every_place(const Array<S>& b, const Shape& shape) {
    Array<S> Z(shape);
    for (Eigen::Index n = 0; n < Z.size(); ++n) Z.values()(n) = b(n % b.dim(0));
    return Z;
}

/// The pull-back of at_every_place(): db, of the shape of b, each channel's sum over its places.
template <class S>
Array<S> sum_over_places(const Array<S>& dZ, const Shape& shape_of_b) {
    Array<S> db(shape_of_b);
    for (Eigen::Index n = 0; n < dZ.size(); ++n) db(n % db.dim(0)) = db(n % db.dim(0)) + dZ.values()(n);
    return db;
}

}  // namespace gradproof
