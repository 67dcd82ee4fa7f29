// SPDX-License-Identifier: MIT
//
// The dense (fully connected, linear) layer Z = W A_prev + b on examples in columns: A_prev is n_prev × m, Z is n × m.
// derivations/network.md
#pragma once

#include <string_view>

#include "gradproof/layer.hpp"

namespace gradproof {

template <Scalar S>
struct Dense {
    static constexpr std::string_view name = "dense";

    Matrix<S> W;  // n × n_prev
    Vector<S> b;  // n

    /// Z. Precondition: A_prev has as many rows as W has columns. derivations/network.md (Z)
    Matrix<S> forward(const Matrix<S>& A_prev) const {
        Matrix<S> Z = product(W, A_prev);
        Z.colwise() += b;
        return Z;
    }
    /// dA_prev, dW and db, the last two summed over the examples.
    PulledBack<Dense, S> pull_back(const Matrix<S>& A_prev, const Matrix<S>& dZ) const {
        return {.d_input = dA_prev(W, dZ), .d_parameters = {.W = dW(dZ, A_prev), .b = db(dZ)}};
    }

    /// Wᵀ dZ, n_prev × m. derivations/network.md (dA)
    static Matrix<S> dA_prev(const Matrix<S>& W, const Matrix<S>& dZ) { return product(W.transpose(), dZ); }
    /// dZ A_prevᵀ, n × n_prev. derivations/network.md (dW)
    static Matrix<S> dW(const Matrix<S>& dZ, const Matrix<S>& A_prev) { return product(dZ, A_prev.transpose()); }
    /// The row sums of dZ. derivations/network.md (db)
    static Vector<S> db(const Matrix<S>& dZ) { return dZ.rowwise().sum(); }

    template <class Visit>
    void visit_parameters(const Visit& visit) const {
        visit(std::string_view("W"), W);
        visit(std::string_view("b"), b);
    }
    template <class Visit>
    void visit_parameters(const Visit& visit) {
        visit(std::string_view("W"), W);
        visit(std::string_view("b"), b);
    }
};

// Compiled once, in the library: products of matrices take long to compile.
extern template struct Dense<double>;
extern template struct Dense<long double>;

}  // namespace gradproof
