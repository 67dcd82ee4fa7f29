// SPDX-License-Identifier: MIT
//
// Maxout: the last axis of x holds the pieces of each unit, one unit after the other, and the unit's value is the
// largest of its pieces. Where several are equally large, the derivative goes to the first of them; any sharing among
// them is a subgradient. derivations/layers/maxout.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Maxout {
    static constexpr std::string_view name = "maxout";
    static constexpr std::array<LayerInput, 1> inputs{{{"x"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    double pieces = 2;  ///< of a unit
    static constexpr std::array<Parameter<Maxout>, 1> parameters{
        {{"pieces", &Maxout::pieces, Interval{.lower = 1, .closed_below = true}, true}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        if (shapes[0].empty() || shapes[0].back() % count() != 0)
            throw std::invalid_argument("maxout: x is " + text_of(shapes[0]) + ", expected " + std::to_string(count()) +
                                        " pieces for each unit along its last axis");
    }
    std::vector<Shape> example_shapes() const { return {{4, 6}}; }

    /// derivations/layers/maxout.md (y)
    template <Ordered S>
    Arrays<S> forward(const Arrays<S>& in) const {
        Shape shape = in[0].shape();
        shape.back() /= count();
        Array<S> y(shape);
        for (Eigen::Index n = 0; n < y.size(); ++n) y.values()(n) = in[0].values()(largest(in[0], n));
        return {y};
    }
    /// derivations/layers/maxout.md (dx)
    template <Ordered S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        Array<S> dx(in[0].shape());
        for (Eigen::Index n = 0; n < d_out[0].size(); ++n) dx.values()(largest(in[0], n)) = d_out[0].values()(n);
        return {dx};
    }

  private:
    Eigen::Index count() const { return static_cast<Eigen::Index>(pieces); }

    // The place of the largest piece of the n-th unit, counted over all rows.
    template <Ordered S>
    Eigen::Index largest(const Array<S>& x, Eigen::Index n) const {
        Eigen::Index place = n * count();
        for (Eigen::Index other = place + 1; other < (n + 1) * count(); ++other)
            if (x.values()(place) < x.values()(other)) place = other;
        return place;
    }
};

}  // namespace gradproof
