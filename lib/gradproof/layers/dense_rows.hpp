// SPDX-License-Identifier: MIT
//
// A dense layer with its examples in rows, as PyTorch and CS231n have them: x is N x D, W is inputs x outputs, b has a
// number for each output. In columns it is dense.hpp.
// derivations/layers/dense_rows.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct DenseRows {
    static constexpr std::string_view name = "dense_rows";
    static constexpr std::array<LayerInput, 3> inputs{{{"x"}, {"W"}, {"b"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "x", shapes[0], 2, "N x D");
        require_rank(name, "W", shapes[1], 2, "D x M");
        require_shape(name, "W", shapes[1], {shapes[0][1], shapes[1][1]}, "D x M");
        require_shape(name, "b", shapes[2], {shapes[1][1]}, "M");
    }
    std::vector<Shape> example_shapes() const { return {{5, 3}, {3, 4}, {4}}; }

    /// derivations/layers/dense_rows.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Matrix<S> y = product(as_matrix(in[0]), as_matrix(in[1]));
        y.rowwise() += Vector<S>(in[2].values()).transpose();
        return {as_array(y, {y.rows(), y.cols()})};
    }
    /// derivations/layers/dense_rows.md (dx)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Matrix<S> dy = as_matrix(d_out[0]);
        const Array<S> dx = as_array(product(dy, as_matrix(in[1]).transpose()), in[0].shape());
        // derivations/layers/dense_rows.md (dW)
        const Array<S> dW = as_array(product(as_matrix(in[0]).transpose(), dy), in[1].shape());
        // derivations/layers/dense_rows.md (db)
        const Array<S> db(in[2].shape(), Vector<S>(dy.colwise().sum().transpose()));
        return {dx, dW, db};
    }
};

}  // namespace gradproof
