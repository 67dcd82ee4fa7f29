// SPDX-License-Identifier: MIT
//
// Self-attention with several heads on one sequence in rows: X, n x d, is projected to queries X Wq, keys X Wk and
// values X Wv; each head attends with its own neighbouring columns of them; what the heads give stands side by side and
// is projected by Wo. X has a derivative along three paths. derivations/layers/multi_head_attention.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/layers/attention.hpp"

namespace gradproof {

struct MultiHeadAttention {
    static constexpr std::string_view name = "multi_head_attention";
    static constexpr std::array<LayerInput, 5> inputs{{{"X"}, {"Wq"}, {"Wk"}, {"Wv"}, {"Wo"}}};
    static constexpr std::array<std::string_view, 1> outputs{"Y"};

    double heads = 2;
    double causal = 0;  ///< 1 for the mask
    static constexpr std::array<Parameter<MultiHeadAttention>, 2> parameters{
        {{"heads", &MultiHeadAttention::heads, Interval{.lower = 1, .closed_below = true}, true},
         {"causal", &MultiHeadAttention::causal, closed_unit_interval, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "X", shapes[0], 2, "n x d");
        require_rank(name, "Wq", shapes[1], 2, "d x width of the heads");
        const Eigen::Index d = shapes[0][1];
        const Eigen::Index width = shapes[1][1];
        if (width % static_cast<Eigen::Index>(heads) != 0)
            throw std::invalid_argument(std::string(name) + ": Wq has " + std::to_string(width) + " columns, which " +
                                        std::to_string(static_cast<Eigen::Index>(heads)) +
                                        " heads do not share equally");
        for (std::size_t n = 1; n < 4; ++n)
            require_shape(name, inputs[n].name, shapes[n], {d, width}, "d x width of the heads");
        require_rank(name, "Wo", shapes[4], 2, "width of the heads x d_out");
        require_shape(name, "Wo", shapes[4], {width, shapes[4][1]}, "width of the heads x d_out");
    }
    std::vector<Shape> example_shapes() const {
        const Eigen::Index width = 2 * static_cast<Eigen::Index>(heads);
        return {{3, 5}, {5, width}, {5, width}, {5, width}, {width, 7}};
    }

    /// derivations/layers/multi_head_attention.md (Y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Matrix<S> Y = product(side_by_side(projections(in)), as_matrix(in[4]));
        return {as_array(Y, {Y.rows(), Y.cols()})};
    }
    /// derivations/layers/multi_head_attention.md (dX)
    /// derivations/layers/multi_head_attention.md (dWq)
    /// derivations/layers/multi_head_attention.md (dWk)
    /// derivations/layers/multi_head_attention.md (dWv)
    /// derivations/layers/multi_head_attention.md (dWo)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const std::array<Matrix<S>, 3> of = projections(in);
        const Matrix<S> X = as_matrix(in[0]);
        const Matrix<S> dY = as_matrix(d_out[0]);
        const Matrix<S> d_heads = product(dY, as_matrix(in[4]).transpose());
        std::array<Matrix<S>, 3> d_of = of;
        for (Eigen::Index h = 0; h < static_cast<Eigen::Index>(heads); ++h) {
            const Arrays<S> d_head = Attention{causal}.pull_back(columns_of_head(of, h), {columns(d_heads, h)});
            for (std::size_t n = 0; n < d_of.size(); ++n) set_columns(d_of[n], h, d_head[n]);
        }
        Arrays<S> d_in(inputs.size());
        d_in[0] = Array<S>(in[0].shape());
        for (std::size_t n = 0; n < d_of.size(); ++n) {
            d_in[0].values() += as_array(product(d_of[n], as_matrix(in[n + 1]).transpose()), in[0].shape()).values();
            d_in[n + 1] = as_array(product(X.transpose(), d_of[n]), in[n + 1].shape());
        }
        d_in[4] = as_array(product(side_by_side(of).transpose(), dY), in[4].shape());
        return d_in;
    }

  private:
    // X Wq, X Wk, X Wv
    template <Scalar S>
    static std::array<Matrix<S>, 3> projections(const Arrays<S>& in) {
        const Matrix<S> X = as_matrix(in[0]);
        return {product(X, as_matrix(in[1])), product(X, as_matrix(in[2])), product(X, as_matrix(in[3]))};
    }
    // What the heads give.
    template <Scalar S>
    Matrix<S> side_by_side(const std::array<Matrix<S>, 3>& of) const {
        Matrix<S> all(of[2].rows(), of[2].cols());
        for (Eigen::Index h = 0; h < static_cast<Eigen::Index>(heads); ++h)
            set_columns(all, h, Attention{causal}.forward(columns_of_head(of, h))[0]);
        return all;
    }
    template <Scalar S>
    Arrays<S> columns_of_head(const std::array<Matrix<S>, 3>& of, Eigen::Index h) const {
        return {columns(of[0], h), columns(of[1], h), columns(of[2], h)};
    }
    template <Scalar S>
    Array<S> columns(const Matrix<S>& all, Eigen::Index h) const {
        const Eigen::Index width = all.cols() / static_cast<Eigen::Index>(heads);
        return as_array(Matrix<S>(all.middleCols(h * width, width)), {all.rows(), width});
    }
    template <Scalar S>
    void set_columns(Matrix<S>& all, Eigen::Index h, const Array<S>& head) const {
        all.middleCols(h * head.dim(1), head.dim(1)) = as_matrix(head);
    }
};

}  // namespace gradproof
