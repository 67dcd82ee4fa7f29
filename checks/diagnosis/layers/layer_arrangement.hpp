// SPDX-License-Identifier: MIT
//
// How the axes of a file's arrays may lie, beside lib's: images with the channels second, examples in rows, weights as
// (in, out), several axes of examples where lib has one.
#pragma once

#include <string>
#include <vector>

#include "gradproof/any_layer.hpp"

namespace gradproof::diagnosis {

/// Of the user's axes, which one lib's axes are: (0, 2, 3, 1) for images with the channels second. Empty: as lib has
/// them.
using AxisOrder = std::vector<std::size_t>;
inline const AxisOrder channels_second{0, 2, 3, 1};
inline const AxisOrder exchanged{1, 0};

struct Arrangement {
    std::vector<AxisOrder> inputs;
    AxisOrder outputs;
    std::string remark;  ///< what to tell its owner; empty for lib's own
};

/// Those that a layer may have, lib's own first.
std::vector<Arrangement> arrangements_of(const AnyLayer& layer);

/// The array with lib's axes; itself where it has another number of axes.
Array<double> with_axes(const Array<double>& array, const AxisOrder& axes);
/// The shape in the file of an array of lib's shape; itself where it has another number of axes.
Shape shape_in_file(const Shape& shape, const AxisOrder& axes);
/// Where number `place` of an array stands in the file, in which it has this shape.
std::vector<Eigen::Index> index_in_file(Eigen::Index place, const Shape& in_file, const AxisOrder& axes);

/// The inputs with as many axes as the layer wants, where axes of length 1, or those of the examples, make the
/// difference.
Arrays<double> with_expected_ranks(const AnyLayer& layer, Arrays<double> inputs);
/// The array in this shape, if only axes of length 1 or those of the examples make the difference; else itself.
Array<double> fitted(const Array<double>& array, const Shape& shape);

}  // namespace gradproof::diagnosis
