// SPDX-License-Identifier: MIT
//
// Matrices of any scalar, and the two things that the formulas do with all of one. Eigen's own expressions do the same;
// but each activation, loss and scalar would make new types of them, and each scalar a blocked product of its own,
// which is most of what compiling the formulas would cost.
#pragma once

#include <Eigen/Core>
#include <concepts>

namespace gradproof {

template <class S>
using Matrix = Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic>;
template <class S>
using Vector = Eigen::Matrix<S, Eigen::Dynamic, 1>;

/// f of each entry.
template <class S, int columns, class F>
Eigen::Matrix<S, Eigen::Dynamic, columns> entrywise(const F& f, const Eigen::Matrix<S, Eigen::Dynamic, columns>& Z) {
    Eigen::Matrix<S, Eigen::Dynamic, columns> values(Z.rows(), Z.cols());
    for (Eigen::Index n = 0; n < Z.size(); ++n) values.data()[n] = f(Z.data()[n]);
    return values;
}

/// f of each pair of entries. Precondition: A and B have the same shape.
template <class S, int columns, class F>
Eigen::Matrix<S, Eigen::Dynamic, columns> entrywise(const F& f, const Eigen::Matrix<S, Eigen::Dynamic, columns>& A,
                                                    const Eigen::Matrix<S, Eigen::Dynamic, columns>& B) {
    Eigen::Matrix<S, Eigen::Dynamic, columns> values(A.rows(), A.cols());
    for (Eigen::Index n = 0; n < A.size(); ++n) values.data()[n] = f(A.data()[n], B.data()[n]);
    return values;
}

/// A B: Eigen's blocked product in double, sums of products in other scalars.
template <class Left, class Right>
Matrix<typename Left::Scalar> product(const Eigen::MatrixBase<Left>& A, const Eigen::MatrixBase<Right>& B) {
    if constexpr (std::same_as<typename Left::Scalar, double>) {
        return A * B;
    } else {
        return A.lazyProduct(B);
    }
}

}  // namespace gradproof
