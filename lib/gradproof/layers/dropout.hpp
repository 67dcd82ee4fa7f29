// SPDX-License-Identifier: MIT
//
// Inverted dropout: entries where the mask is 0 are dropped, the others divided by the probability with which an entry
// is kept. The mask is an input: drawn once, used on the way up and on the way down.
// derivations/layers/dropout.md
#pragma once

#include <array>
#include <string_view>

#include "gradproof/array_layer.hpp"

namespace gradproof {

struct Dropout {
    static constexpr std::string_view name = "dropout";
    static constexpr std::array<LayerInput, 2> inputs{{{"x"}, {"mask", InputKind::mask}}};
    static constexpr std::array<std::string_view, 1> outputs{"y"};

    double keep = 0.8;  ///< the probability with which an entry is kept
    static constexpr std::array<Parameter<Dropout>, 1> parameters{
        {{"keep", &Dropout::keep, Interval{.lower = 0, .upper = 1, .closed_above = true}}}};

    void require_shapes(const std::vector<Shape>& shapes) const {
        require_shape(name, "mask", shapes[1], shapes[0], "like x");
    }
    std::vector<Shape> example_shapes() const { return {{4, 3}, {4, 3}}; }

    /// derivations/layers/dropout.md (y)
    template <Scalar S>
    Arrays<S> forward(const Arrays<S>& in) const {
        return {kept(in[0], in[1])};
    }
    /// derivations/layers/dropout.md (dx)
    template <Scalar S>
    Arrays<S> pull_back(const Arrays<S>& in, const Arrays<S>& d_out) const {
        return {kept(d_out[0], in[1]), Array<S>(in[1].shape())};
    }

  private:
    template <Scalar S>
    Array<S> kept(const Array<S>& x, const Array<S>& mask) const {
        Array<S> y(x.shape());
        for (Eigen::Index n = 0; n < x.size(); ++n)
            y.values()(n) = x.values()(n) * mask.values()(n) / as_written<S>(keep);
        return y;
    }
};

}  // namespace gradproof
