// SPDX-License-Identifier: MIT
//
// The windows of a convolution along one axis of its images: which number of the image a number of a window meets.
#pragma once

#include <vector>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct ConvolutionAxis {
    Eigen::Index stride;    ///< from one window to the next
    Eigen::Index padding;   ///< how many zeros lie before the image, and after it
    Eigen::Index dilation;  ///< from one number of a window to the next

    /// How many windows of `size` numbers fit. What is left over at the end is not used.
    Eigen::Index windows(Eigen::Index length, Eigen::Index size) const {
        const Eigen::Index room = length + 2 * padding - dilation * (size - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }
    /// The windows that number `place` of the image lies in.
    std::vector<Eigen::Index> windows_with(Eigen::Index place, Eigen::Index length, Eigen::Index size) const {
        std::vector<Eigen::Index> with;
        for (Eigen::Index inside = 0; inside < size; ++inside) {
            const Eigen::Index first = place + padding - inside * dilation;
            if (first >= 0 && first % stride == 0 && first / stride < windows(length, size))
                with.push_back(first / stride);
        }
        return with;
    }
    /// act(window, number of the window, number of the image), window after window. What lies in the padding is 0 and
    /// left out.
    template <class Do>
    void for_each_product(Eigen::Index length, Eigen::Index size, const Do& act) const {
        for (Eigen::Index window = 0; window < windows(length, size); ++window)
            for (Eigen::Index inside = 0; inside < size; ++inside) {
                const Eigen::Index place = window * stride + inside * dilation - padding;
                if (place >= 0 && place < length) act(window, inside, place);
            }
    }
};

}  // namespace gradproof
