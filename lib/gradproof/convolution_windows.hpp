// SPDX-License-Identifier: MIT
//
// The products of a convolution of images, channels last. The convolved images are m x height x width x filters, W is a
// window's height x width x channels of one group x filters. With groups, neighbouring channels and neighbouring
// filters fall into as many groups, and a filter sees the channels of its own.
#pragma once

#include "gradproof/convolution_axis.hpp"

namespace gradproof {

struct ConvolutionWindows {
    ConvolutionAxis axis;  ///< of height and width alike
    Eigen::Index groups = 1;

    /// Window (h, w) of image i has its number (p, q, c) at this row, column and channel of the image; filter k weighs
    /// it.
    struct Product {
        Eigen::Index i, h, w, k, p, q, c, row, column, channel;

        /// The number of the convolved images to which this product belongs.
        template <class Convolved>
        auto& of(Convolved& Z) const {
            return Z(i, h, w, k);
        }
        template <class Images>
        auto& in(Images& A) const {
            return A(i, row, column, channel);
        }
        template <class Weights>
        auto& weight(Weights& W) const {
            return W(p, q, c, k);
        }
    };

    Shape shape_of_convolved(const Shape& images, const Shape& W) const {
        return {images[0], axis.windows(images[1], W[0]), axis.windows(images[2], W[1]), W[3]};
    }
    template <class Do>
    void for_each_product(const Shape& images, const Shape& W, const Do& act) const {
        for (Eigen::Index i = 0; i < images[0]; ++i)
            axis.for_each_product(images[1], W[0], [&](Eigen::Index h, Eigen::Index p, Eigen::Index row) {
                axis.for_each_product(images[2], W[1], [&](Eigen::Index w, Eigen::Index q, Eigen::Index column) {
                    for (Eigen::Index c = 0; c < W[2]; ++c)
                        for (Eigen::Index k = 0; k < W[3]; ++k)
                            act(Product{i, h, w, k, p, q, c, row, column, k / (W[3] / groups) * W[2] + c});
                });
            });
    }
};

}  // namespace gradproof
