// SPDX-License-Identifier: MIT
//
// The parametric rectifier: ReLU with a slope on the left that is learned, one for each unit. The slope is a parameter
// of the layer like W and b, with a derivative of its own. At 0 the slope of z is taken as that of the left.
// derivations/layers/prelu.md
#pragma once

#include <string_view>

#include "gradproof/layer.hpp"

namespace gradproof {

template <Ordered S>
struct Prelu {
    static constexpr std::string_view name = "prelu";

    Vector<S> slope;  // n, the slope on the left of each unit

    /// A, n × m. Precondition: Z has a row for each slope. derivations/layers/prelu.md (value)
    Matrix<S> forward(const Matrix<S>& Z) const {
        return by_unit(Z, [](const S& z, const S& left) -> S { return S(0) < z ? z : left * z; });
    }
    /// dZ, and the derivative of each slope, summed over the examples.
    PulledBack<Prelu, S> pull_back(const Matrix<S>& Z, const Matrix<S>& dA) const {
        return {.d_input = dZ(Z, dA), .d_parameters = {.slope = d_slope(Z, dA)}};
    }

    /// n × m. derivations/layers/prelu.md (dZ)
    Matrix<S> dZ(const Matrix<S>& Z, const Matrix<S>& dA) const {
        return dA.cwiseProduct(by_unit(Z, [](const S& z, const S& left) -> S { return S(0) < z ? S(1) : left; }));
    }
    /// n. derivations/layers/prelu.md (d slope)
    static Vector<S> d_slope(const Matrix<S>& Z, const Matrix<S>& dA) {
        return entrywise([](const S& da, const S& z) -> S { return S(0) < z ? S(0) : da * z; }, dA, Z).rowwise().sum();
    }

    template <class Visit>
    void visit_parameters(const Visit& visit) const {
        visit(std::string_view("slope"), slope);
    }
    template <class Visit>
    void visit_parameters(const Visit& visit) {
        visit(std::string_view("slope"), slope);
    }

  private:
    template <class F>
    Matrix<S> by_unit(const Matrix<S>& Z, const F& f) const {
        Matrix<S> values(Z.rows(), Z.cols());
        for (Eigen::Index i = 0; i < Z.cols(); ++i)
            for (Eigen::Index j = 0; j < Z.rows(); ++j) values(j, i) = f(Z(j, i), slope(j));
        return values;
    }
};

}  // namespace gradproof
