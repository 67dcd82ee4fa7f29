// SPDX-License-Identifier: MIT
#pragma once

#include "diagnosis/mistake.hpp"

namespace gradproof::diagnosis {

/// a * b as NumPy does it: rows or columns of length 1 are stretched; empty if the shapes do not go together.
inline Tensor numpy_product(const Tensor& a, const Tensor& b) {
    const auto fits = [](Eigen::Index x, Eigen::Index y) { return x == y || x == 1 || y == 1; };
    if (!fits(a.rows(), b.rows()) || !fits(a.cols(), b.cols())) return {};
    const Eigen::Index rows = std::max(a.rows(), b.rows());
    const Eigen::Index columns = std::max(a.cols(), b.cols());
    const auto stretch = [&](const Tensor& x) -> Tensor { return x.replicate(rows / x.rows(), columns / x.cols()); };
    return stretch(a).cwiseProduct(stretch(b));
}

inline Mistake elementwise_instead_of_matrix_product() {
    return {.slug = "elementwise-instead-of-matrix-product",
            .explanation =
                "* stands where @ belongs, and the shapes happened to fit. dW and dA_prev are matrix "
                "products; only g'(Z) is multiplied elementwise.",
            .note = "derivations/network.md (dW)",
            .variants = {
                {{Step::dW},
                 "dW{l} = dZ{l} * A{p}.T{/m}{+L2}",
                 [](Step, const Situation& s) -> Attempts {
                     Attempts attempts;
                     for (const bool is_transposed : {true, false}) {
                         const Tensor A = is_transposed ? Tensor(s.A_prev().transpose()) : s.A_prev();
                         const Tensor product = numpy_product(s.dZ(), A);
                         if (product.rows() == s.W().rows() && product.cols() == s.W().cols())
                             attempts.push_back({.value = product / s.m() + s.regularisation(),
                                                 .line = is_transposed ? "" : "dW{l} = dZ{l} * A{p}{/m}{+L2}"});
                     }
                     return attempts;
                 }},
                {{Step::dA},
                 "dA{l} = W{n}.T * dZ{n}",
                 [](Step, const Situation& s) -> Attempts {
                     const Tensor product = numpy_product(s.W_next().transpose(), s.dZ_next());
                     if (product.rows() != s.A().rows() || product.cols() != s.A().cols()) return {};
                     return {{product}};
                 }},
            }};
}

}  // namespace gradproof::diagnosis
