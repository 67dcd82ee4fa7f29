// SPDX-License-Identifier: MIT
//
// An array of any shape, its numbers in the order of NumPy: the last index runs fastest.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "gradproof/matrix.hpp"
#include "gradproof/scalar.hpp"

namespace gradproof {

using Shape = std::vector<Eigen::Index>;

/// How many numbers an array of this shape has.
inline Eigen::Index size_of(const Shape& shape) {
    return std::accumulate(shape.begin(), shape.end(), Eigen::Index{1}, std::multiplies<>());
}

/// "2 x 5 x 5 x 3"; "a number" for none.
std::string text_of(const Shape& shape);

template <class S>
class Array {
  public:
    Array() = default;
    explicit Array(Shape shape, const S& value = S(0))
        : shape_(std::move(shape)), values_(Vector<S>::Constant(size_of(shape_), value)) {}
    Array(Shape shape, Vector<S> values) : shape_(std::move(shape)), values_(std::move(values)) {}

    const Shape& shape() const { return shape_; }
    Eigen::Index rank() const { return static_cast<Eigen::Index>(shape_.size()); }
    Eigen::Index dim(std::size_t axis) const { return shape_[axis]; }
    Eigen::Index size() const { return values_.size(); }
    const Vector<S>& values() const { return values_; }
    Vector<S>& values() { return values_; }

    /// The number at these indices, as many as there are axes.
    template <class... Indices>
    const S& operator()(Indices... indices) const {
        return values_(place({static_cast<Eigen::Index>(indices)...}));
    }
    template <class... Indices>
    S& operator()(Indices... indices) {
        return values_(place({static_cast<Eigen::Index>(indices)...}));
    }

  private:
    template <std::size_t rank>
    Eigen::Index place(const Eigen::Index (&indices)[rank]) const {
        eigen_assert(rank == shape_.size());
        Eigen::Index place = 0;
        for (std::size_t axis = 0; axis < rank; ++axis) {
            eigen_assert(indices[axis] >= 0 && indices[axis] < shape_[axis]);
            place = place * shape_[axis] + indices[axis];
        }
        return place;
    }

    Shape shape_;
    Vector<S> values_;
};

template <class S>
using Arrays = std::vector<Array<S>>;

/// The same numbers of another type.
template <class To, class From>
Array<To> cast(const Array<From>& array) {
    Vector<To> values(array.size());
    for (Eigen::Index n = 0; n < array.size(); ++n) values(n) = To(array.values()(n));
    return {array.shape(), std::move(values)};
}

/// An array of two axes as a matrix, or of one as a column.
template <class S>
Matrix<S> as_matrix(const Array<S>& array) {
    const Eigen::Index columns = array.rank() < 2 ? 1 : array.dim(1);
    Matrix<S> matrix(array.size() / std::max<Eigen::Index>(columns, 1), columns);
    for (Eigen::Index n = 0; n < array.size(); ++n) matrix(n / columns, n % columns) = array.values()(n);
    return matrix;
}

/// A matrix as an array of this shape, which has one or two axes.
template <class S>
Array<S> as_array(const Matrix<S>& matrix, const Shape& shape) {
    Array<S> array(shape);
    for (Eigen::Index n = 0; n < array.size(); ++n) array.values()(n) = matrix(n / matrix.cols(), n % matrix.cols());
    return array;
}

}  // namespace gradproof
