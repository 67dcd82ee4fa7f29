// SPDX-License-Identifier: MIT
//
// The windows of a pooling layer: squares of an image, one channel at a time.
#pragma once

#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct PoolingWindows {
    Eigen::Index size;
    Eigen::Index stride;

    /// Window (h, w) of one channel of image i.
    struct Window {
        Eigen::Index i, h, w, c, size, stride;

        /// The number of the pooled images that this window gives.
        template <class Images>
        auto& of(Images& A) const {
            return A(i, h, w, c);
        }
        /// Number `place` of the window, row by row.
        template <class Images>
        auto& in(Images& A_prev, Eigen::Index place) const {
            return A_prev(i, h * stride + place / size, w * stride + place % size, c);
        }
    };

    /// Throws std::invalid_argument unless the images are m x height x width x channels and hold a window.
    void require_shape_of_images(std::string_view layer, const Shape& images) const;
    Shape shape_of_output(const Shape& images) const {
        return {images[0], (images[1] - size) / stride + 1, (images[2] - size) / stride + 1, images[3]};
    }
    template <class Do>
    void for_each(const Shape& images, const Do& act) const {
        const Shape A = shape_of_output(images);
        for (Eigen::Index i = 0; i < A[0]; ++i)
            for (Eigen::Index h = 0; h < A[1]; ++h)
                for (Eigen::Index w = 0; w < A[2]; ++w)
                    for (Eigen::Index c = 0; c < A[3]; ++c) act(Window{i, h, w, c, size, stride});
    }
};

}  // namespace gradproof
