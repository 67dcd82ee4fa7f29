// SPDX-License-Identifier: MIT
//
// The gated linear unit: the last axis of x holds two halves, a and b, and y = a σ(b), half as wide. The second half
// says how much of the first goes through. derivations/layers/glu.md
#pragma once

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "gradproof/activations/sigmoid.hpp"
#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Glu {
    static constexpr std::string_view name = "glu";
    static constexpr std::array<LayerInput, 1> inputs{{{"x"}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    void require_shapes(const std::vector<Shape>& shapes) const {
        if (shapes[0].empty() || shapes[0].back() % 2 != 0)
            throw std::invalid_argument("glu: x is " + text_of(shapes[0]) + ", expected an even last axis: two halves");
    }
    std::vector<Shape> example_shapes() const { return {{3, 4}}; }

    /// derivations/layers/glu.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        const Halves at(in[0].shape());
        Array<S> y(at.shape);
        for (Eigen::Index n = 0; n < y.size(); ++n)
            y.values()(n) = in[0].values()(at.a(n)) * Sigmoid{}.value(in[0].values()(at.b(n)));
        return {y};
    }
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        const Halves at(in[0].shape());
        Array<S> dx(in[0].shape());
        for (Eigen::Index n = 0; n < d_out[0].size(); ++n) {
            const S& a = in[0].values()(at.a(n));
            const S& b = in[0].values()(at.b(n));
            const S& u = d_out[0].values()(n);
            // derivations/layers/glu.md (da)
            dx.values()(at.a(n)) = u * Sigmoid{}.value(b);
            // derivations/layers/glu.md (db)
            dx.values()(at.b(n)) = u * a * Sigmoid{}.derivative(b);
        }
        return {dx};
    }

  private:
    // Where the two numbers lie of which the n-th of y is made.
    struct Halves {
        explicit Halves(Shape x) : width(x.back() / 2), shape(std::move(x)) { shape.back() = width; }
        Eigen::Index a(Eigen::Index n) const { return n / width * 2 * width + n % width; }
        Eigen::Index b(Eigen::Index n) const { return a(n) + width; }

        Eigen::Index width;
        Shape shape;  // of y
    };
};

}  // namespace gradproof
