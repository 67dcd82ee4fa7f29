// SPDX-License-Identifier: MIT
#include "diagnosis/layers/window_code.hpp"

namespace gradproof::diagnosis {

Array<double> flipped(const Array<double>& W) {
    const Eigen::Index at_place = W.shape().back() * W.shape().rbegin()[1];
    const Eigen::Index places = W.size() / at_place;
    Array<double> turned(W.shape());
    for (Eigen::Index place = 0; place < places; ++place)
        turned.values().segment(place * at_place, at_place) =
            W.values().segment((places - 1 - place) * at_place, at_place);
    return turned;
}

Array<double> part_of(const Array<double>& from, const Shape& shape) {
    Array<double> part(shape);
    for (Eigen::Index n = 0; n < part.size(); ++n) {
        Eigen::Index place = 0;
        Eigen::Index stride = 1;
        Eigen::Index rest = n;
        bool is_in = true;
        for (std::size_t axis = shape.size(); axis-- > 0; rest /= shape[axis]) {
            const Eigen::Index index = rest % shape[axis];
            is_in = is_in && index < from.dim(axis);
            place += index * stride;
            stride *= from.dim(axis);
        }
        if (is_in) part.values()(n) = from.values()(place);
    }
    return part;
}

}  // namespace gradproof::diagnosis
