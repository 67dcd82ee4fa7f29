// SPDX-License-Identifier: MIT
//
// Embedding: row index(n) of a table C, for each n. A row that is chosen several times gets the sum of its upstream
// derivatives, one that is not chosen gets 0.
// derivations/layers/embedding.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Embedding {
    static constexpr std::string_view name = "embedding";
    static constexpr std::array<LayerInput, 2> inputs{{{"C"}, {"index", InputKind::index}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_rank(name, "C", shapes[0], 2, "rows x D");
        if (shapes[1].empty())
            throw std::invalid_argument(std::string(name) + ": index is a number, expected is an axis or more of them");
    }
    std::vector<Shape> example_shapes() const { return {{4, 3}, {7}}; }

    /// derivations/layers/embedding.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Array<S>& C = in[0];
        const Array<S>& index = in[1];
        Shape shape = index.shape();
        shape.push_back(C.dim(1));
        Array<S> y(shape);
        for_each_choice(C, index, [&](Eigen::Index n, Eigen::Index row) {
            for (Eigen::Index d = 0; d < C.dim(1); ++d) y.values()(n * C.dim(1) + d) = C(row, d);
        });
        return {y};
    }
    /// derivations/layers/embedding.md (dC)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Array<S>& C = in[0];
        const Array<S>& index = in[1];
        Array<S> dC(C.shape());
        for_each_choice(C, index, [&](Eigen::Index n, Eigen::Index row) {
            for (Eigen::Index d = 0; d < C.dim(1); ++d) dC(row, d) = dC(row, d) + d_out[0].values()(n * C.dim(1) + d);
        });
        return {dC, Array<S>(index.shape())};
    }

  private:
    // An index is a whole number among numbers of S: the row that is equal to it.
    template <Scalar S, class Do>
    static void for_each_choice(const Array<S>& C, const Array<S>& index, const Do& act) {
        for (Eigen::Index n = 0; n < index.size(); ++n)
            for (Eigen::Index row = 0; row < C.dim(0); ++row)
                if (index.values()(n) == S(static_cast<double>(row))) act(n, row);
    }
};

}  // namespace gradproof
