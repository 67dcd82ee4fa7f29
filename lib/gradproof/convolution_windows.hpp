// SPDX-License-Identifier: MIT
//
// The products of a convolution of images, channels last. The convolved images are m x height x width x filters, W is a
// window's height x width x channels of one group x filters. With groups, neighbouring channels and neighbouring
// filters fall into as many groups, and a filter sees the channels of its own.
#pragma once

#include <vector>

#include "gradproof/convolution_axis.hpp"

namespace gradproof {

struct ConvolutionWindows {
    ConvolutionAxis axis;  ///< of height and width alike
    Eigen::Index groups = 1;

    /// Window (h, w) of image i has its numbers (p, q) at this row and column of the image.
    struct Pixel {
        Eigen::Index i, h, w, p, q, row, column;
    };
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
    /// Calls act(Pixel) for each pixel of each window that lies in the image.
    template <class Do>
    void for_each_pixel(const Shape& images, const Shape& W, const Do& act) const {
        for (Eigen::Index i = 0; i < images[0]; ++i)
            axis.for_each_product(images[1], W[0], [&](Eigen::Index h, Eigen::Index p, Eigen::Index row) {
                axis.for_each_product(images[2], W[1], [&](Eigen::Index w, Eigen::Index q, Eigen::Index column) {
                    act(Pixel{i, h, w, p, q, row, column});
                });
            });
    }
    template <class Do>
    void for_each_product(const Shape& images, const Shape& W, const Do& act) const {
        for_each_pixel(images, W, [&](const Pixel& at) {
            for (Eigen::Index c = 0; c < W[2]; ++c)
                for (Eigen::Index k = 0; k < W[3]; ++k)
                    act(Product{at.i, at.h, at.w, k, at.p, at.q, c, at.row, at.column, k / (W[3] / groups) * W[2] + c});
        });
    }

    /// The places in the convolved images that number `place` of the images has a part in.
    std::vector<Eigen::Index> reached_by_pixel(const Shape& images, const Shape& W, Eigen::Index place) const {
        const Shape Z = shape_of_convolved(images, W);
        const Eigen::Index group = place % images[3] / W[2];
        const Eigen::Index pixel = place / images[3];
        const Eigen::Index i = pixel / images[2] / images[1];
        std::vector<Eigen::Index> places;
        for (const Eigen::Index h : axis.windows_with(pixel / images[2] % images[1], images[1], W[0]))
            for (const Eigen::Index w : axis.windows_with(pixel % images[2], images[2], W[1]))
                for (Eigen::Index k = 0; k < Z[3] / groups; ++k)
                    places.push_back(((i * Z[1] + h) * Z[2] + w) * Z[3] + group * (Z[3] / groups) + k);
        return places;
    }
    /// The same of what filter k weighs with.
    std::vector<Eigen::Index> reached_by_filter(const Shape& images, const Shape& W, Eigen::Index k) const {
        std::vector<Eigen::Index> places;
        for (Eigen::Index place = k; place < size_of(shape_of_convolved(images, W)); place += W[3])
            places.push_back(place);
        return places;
    }
};

}  // namespace gradproof
