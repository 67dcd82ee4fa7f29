// SPDX-License-Identifier: MIT
#include "gradproof/matrix.hpp"

namespace gradproof {

Matrix<double> blocked_product(const ByColumns& A, const ByColumns& B) {
    return A * B;
}
Matrix<double> blocked_product(const ByColumns& A, const ByRows& B) {
    return A * B;
}
Matrix<double> blocked_product(const ByRows& A, const ByColumns& B) {
    return A * B;
}
Matrix<double> blocked_product(const ByRows& A, const ByRows& B) {
    return A * B;
}

}  // namespace gradproof
