// SPDX-License-Identifier: MIT
//
// Group normalisation, channels last: x is N x ... x C, rows N x C or images N x height x width x C. The channels fall
// into groups of neighbours; each example's numbers of one group, at all places together, are normalised as by
// layer_norm, then scaled by gamma and moved by beta, channel by channel. As many groups as channels: instance
// normalisation.
// derivations/layers/group_norm.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"
#include "gradproof/layers/layer_norm.hpp"

namespace gradproof {

struct GroupNorm {
    static constexpr std::string_view name = "group_norm";
    static constexpr std::array<LayerInput, 3> inputs{{{"x"}, {"gamma"}, {"beta"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    double groups = 2;
    double eps = 1e-5;  ///< added to the variance
    static constexpr std::array<Parameter<GroupNorm>, 2> parameters{
        {{"groups", &GroupNorm::groups, Interval{.lower = 1, .closed_below = true}, true},
         {"eps", &GroupNorm::eps, Interval{.lower = 0, .closed_below = true}}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        if (shapes[0].size() < 2 || size_of(shapes[0]) == 0)
            throw std::invalid_argument(std::string(name) + ": x is " + text_of(shapes[0]) +
                                        ", expected is N x ... x C");
        const Eigen::Index C = shapes[0].back();
        if (C % static_cast<Eigen::Index>(groups) != 0)
            throw std::invalid_argument(std::string(name) + ": x has " + std::to_string(C) + " channels, which " +
                                        std::to_string(static_cast<Eigen::Index>(groups)) +
                                        " groups do not share equally");
        require_shape(name, "gamma", shapes[1], {C}, "C");
        require_shape(name, "beta", shapes[2], {C}, "C");
    }
    std::vector<Shape> example_shapes() const {
        const Eigen::Index C = 3 * static_cast<Eigen::Index>(groups);
        return {{2, 4, C}, {C}, {C}};
    }

    /// derivations/layers/group_norm.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Array<S>& x = in[0];
        const Array<S>& gamma = in[1];
        const Array<S>& beta = in[2];
        const Arrays<S> rows = groups_in_rows(x);
        const Array<S> x_hat = LayerNorm{eps}.forward(rows)[0];
        Array<S> y(x.shape());
        for_each_number(x.shape(), [&](Eigen::Index n, Eigen::Index c, Eigen::Index row, Eigen::Index column) {
            y.values()(n) = gamma(c) * x_hat(row, column) + beta(c);
        });
        return {y};
    }
    /// derivations/layers/group_norm.md (dx)
    /// derivations/layers/group_norm.md (dgamma)
    /// derivations/layers/group_norm.md (dbeta)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Array<S>& x = in[0];
        const Array<S>& gamma = in[1];
        const Array<S>& beta = in[2];
        const Vector<S>& dy = d_out[0].values();
        const Arrays<S> rows = groups_in_rows(x);
        const Array<S> x_hat = LayerNorm{eps}.forward(rows)[0];
        Array<S> dx_hat(x_hat.shape());
        Array<S> dgamma(gamma.shape());
        Array<S> dbeta(beta.shape());
        for_each_number(x.shape(), [&](Eigen::Index n, Eigen::Index c, Eigen::Index row, Eigen::Index column) {
            dgamma(c) = dgamma(c) + dy(n) * x_hat(row, column);
            dbeta(c) = dbeta(c) + dy(n);
            dx_hat(row, column) = dy(n) * gamma(c);
        });
        const Array<S> d_rows = LayerNorm{eps}.pull_back(rows, {dx_hat})[0];
        Array<S> dx(x.shape());
        for_each_number(x.shape(), [&](Eigen::Index n, Eigen::Index, Eigen::Index row, Eigen::Index column) {
            dx.values()(n) = d_rows(row, column);
        });
        return {dx, dgamma, dbeta};
    }

  private:
    // The groups of all examples, a row each, and the gamma and beta with which layer_norm does no more than normalise.
    template <Scalar S>
    Arrays<S> groups_in_rows(const Array<S>& x) const {
        const Eigen::Index count = x.dim(0) * static_cast<Eigen::Index>(groups);
        const Eigen::Index size = x.size() / count;
        Array<S> rows({count, size});
        for_each_number(x.shape(), [&](Eigen::Index n, Eigen::Index, Eigen::Index row, Eigen::Index column) {
            rows(row, column) = x.values()(n);
        });
        return {rows, Array<S>({size}, S(1)), Array<S>({size})};
    }
    // act(number of x, its channel, its row and column among the groups in rows)
    template <class Do>
    void for_each_number(const Shape& x, const Do& act) const {
        const Eigen::Index C = x.back();
        const Eigen::Index channels = C / static_cast<Eigen::Index>(groups);  // of one group
        const Eigen::Index of_example = size_of(x) / x[0];
        for (Eigen::Index n = 0; n < size_of(x); ++n) {
            const Eigen::Index c = n % C;
            const Eigen::Index place = n % of_example / C;
            act(n, c, n / of_example * static_cast<Eigen::Index>(groups) + c / channels,
                place * channels + c % channels);
        }
    }
};

}  // namespace gradproof
