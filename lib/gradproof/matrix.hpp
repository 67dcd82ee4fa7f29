// SPDX-License-Identifier: MIT
//
// Matrices of any scalar, and the two things that the formulas do with all of one. Eigen's own expressions do the same;
// but each activation, loss and scalar would make new types of them, and each scalar and each file a blocked product of
// its own, which is most of what compiling the formulas would cost.
#pragma once

#include <Eigen/Core>
#include <concepts>
#include <type_traits>

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

/// A B as plain sums of products, for small matrices and for scalars that no processor has. Memory is walked along the
/// columns, or the rows of a transposed A.
template <class Left, class Right>
Matrix<typename Left::Scalar> summed_product(const Eigen::MatrixBase<Left>& A, const Eigen::MatrixBase<Right>& B) {
    using S = typename Left::Scalar;
    Matrix<S> C = Matrix<S>::Constant(A.rows(), B.cols(), S(0));
    for (Eigen::Index j = 0; j < B.cols(); ++j) {
        if constexpr (Left::IsRowMajor) {
            for (Eigen::Index i = 0; i < A.rows(); ++i) {
                S sum = S(0);
                for (Eigen::Index k = 0; k < A.cols(); ++k)
                    sum = S(sum + A.derived().coeff(i, k) * B.derived().coeff(k, j));
                C(i, j) = sum;
            }
        } else {
            for (Eigen::Index k = 0; k < A.cols(); ++k) {
                const S factor = B.derived().coeff(k, j);
                for (Eigen::Index i = 0; i < A.rows(); ++i) C(i, j) = S(C(i, j) + A.derived().coeff(i, k) * factor);
            }
        }
    }
    return C;
}

/// The entries of doubles that a product reads where they are: down the columns, or along the rows of a transposed
/// matrix.
using ByColumns = Eigen::Ref<const Matrix<double>, 0, Eigen::OuterStride<>>;
using ByRows =
    Eigen::Ref<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>, 0, Eigen::OuterStride<>>;

/// Eigen's blocked product A B, compiled once, in the library. Precondition: A has as many columns as B has rows.
Matrix<double> blocked_product(const ByColumns& A, const ByColumns& B);
Matrix<double> blocked_product(const ByColumns& A, const ByRows& B);
Matrix<double> blocked_product(const ByRows& A, const ByColumns& B);
Matrix<double> blocked_product(const ByRows& A, const ByRows& B);

/// A B: Eigen's blocked product in double, sums of products in other scalars.
template <class Left, class Right>
Matrix<typename Left::Scalar> product(const Eigen::MatrixBase<Left>& A, const Eigen::MatrixBase<Right>& B) {
    if constexpr (std::same_as<typename Left::Scalar, double>) {
        return blocked_product(std::conditional_t<Left::IsRowMajor, ByRows, ByColumns>(A.derived()),
                               std::conditional_t<Right::IsRowMajor, ByRows, ByColumns>(B.derived()));
    } else {
        return summed_product(A, B);
    }
}

}  // namespace gradproof
